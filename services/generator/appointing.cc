#include "services/generator/appointing.h"

#include <utility>

#include "services/generator/envelopes.h"

namespace nhanrong::generator {

void Appointing::Send(v1::Submission submission) const {
  std::ignore = scribe_.Send(world_.administrator, std::move(submission));  // nothing names it
}

std::string Appointing::Establish(const std::string& name, const std::string& unit_id,
                                  const std::string& electronic_id) const {
  v1::Submission submission = Begin();
  v1::EstablishAgency& agency = *submission.mutable_command()->mutable_establish_agency();
  agency.set_agency_id(scribe_.NewId("agency"));
  agency.set_name(name);
  agency.set_unit_id(unit_id);
  agency.set_electronic_id(electronic_id);
  std::string id = agency.agency_id();
  Send(std::move(submission));
  return id;
}

Person Appointing::Appoint(Person person) const {
  person.actor_id = scribe_.NewId("actor");
  v1::Submission registered = Begin();
  v1::RegisterActor& actor = *registered.mutable_command()->mutable_register_actor();
  const bool system = person.role == v1::ROLE_AGENCY_SYSTEM;
  actor.set_actor_id(person.actor_id);
  actor.set_agency_id(person.agency_id);
  actor.set_kind(system ? v1::ACTOR_KIND_SYSTEM : v1::ACTOR_KIND_PERSON);
  actor.set_title(person.title);
  if (!system) actor.mutable_subject()->set_subject_id(scribe_.NewId("subject"));
  Send(std::move(registered));
  if (person.role != v1::ROLE_UNSPECIFIED) {
    person.grant_id = scribe_.NewId("grant");
    v1::Submission granted = Begin();
    v1::GrantRole& grant = *granted.mutable_command()->mutable_grant_role();
    grant.set_actor_id(person.actor_id);
    grant.set_grant_id(person.grant_id);
    grant.set_role(person.role);
    grant.set_scope_unit_id(person.scope_unit_id);
    grant.set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
    Send(std::move(granted));
  }
  IssueCredential(person);
  return person;
}

void Appointing::IssueCredential(Person& person) const {
  person.credential_id = scribe_.NewId("credential");
  v1::Submission issued = Begin();
  v1::IssueCredential& credential = *issued.mutable_command()->mutable_issue_credential();
  credential.set_actor_id(person.actor_id);
  credential.set_credential_id(person.credential_id);
  credential.set_token_sha256(scribe_.NewToken(person.token));
  Send(std::move(issued));
}

void Appointing::Delegate(Person& delegate, const Delegating& terms) const {
  delegate.delegation_id = scribe_.NewId("delegation");
  v1::Submission submission = Begin();
  v1::DelegateAuthority& told = *submission.mutable_command()->mutable_delegate_authority();
  told.set_actor_id(delegate.actor_id);
  told.set_delegation_id(delegate.delegation_id);
  told.set_form(terms.form);
  if (terms.principal != nullptr) told.set_principal_actor_id(terms.principal->actor_id);
  told.set_principal_agency_id(terms.principal_agency_id);
  if (!terms.command.empty()) told.add_commands(terms.command);
  told.set_valid_to(terms.valid_to);
  *told.mutable_document() = Document("Quyết định", "02/QĐ-GĐ", scribe_.today(), "Cơ quan giả định",
                                      "Phân công ký văn bản (giả định)");
  Send(std::move(submission));
}

}  // namespace nhanrong::generator
