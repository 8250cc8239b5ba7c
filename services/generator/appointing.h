// The administrator's commands on agencies and actors, as the founding and the work of a month need
// them.
#pragma once

#include <string>

#include "services/generator/scribe.h"

namespace nhanrong::generator {

struct Delegating {
  v1::DelegationForm form = v1::DELEGATION_FORM_KT;
  const Person* principal = nullptr;
  std::string principal_agency_id = {};
  std::string command = {};  // empty: not limited
  std::string valid_to = {};
};

class Appointing {
 public:
  // Both outlive it.
  Appointing(const World& world, Scribe& scribe) : world_(world), scribe_(scribe) {}

  // Id of the agency.
  std::string Establish(const std::string& name, const std::string& unit_id,
                        const std::string& electronic_id) const;
  // Registers somebody with his credential and, where he has a role, his grant.
  Person Appoint(Person person) const;
  void Delegate(Person& delegate, const Delegating& terms) const;
  // A credential under the name of `person.token`.
  void IssueCredential(Person& person) const;

  v1::Submission Begin() const { return scribe_.Begin(); }
  void Send(v1::Submission submission) const;

 private:
  const World& world_;
  Scribe& scribe_;
};

}  // namespace nhanrong::generator
