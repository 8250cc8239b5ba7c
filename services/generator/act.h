// One kind of work in the made-up province: who does it, how often, and how.
//
// An aggregate has one file with its acts, and one row in kParts (parts.cc).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "services/generator/scribe.h"

namespace nhanrong::generator {

// At whose desk a thing is done.
enum class Desk { kOfficer, kLeader, kSystem, kSpecialist, kOffice, kAuthority, kAdministrator };
inline constexpr int kDesks = 7;

// What somebody sees when he begins: the province, his commune, the day.
struct Moment {
  World& world;
  Scribe& scribe;
  Random& random;
  Commune& commune;
  const Person& who;
  absl::CivilDay today;
};

struct Act {
  std::string_view name;
  Desk desk;
  // Thousandths for each commune and month.
  int rate;
  // False: there was nothing to do it to, and nothing was written.
  bool (*perform)(const Moment&);
  // How often in each commune when the history begins: what is known from documents then.
  int at_first = 0;
};

// The acts of one aggregate.
struct Part {
  std::string_view name;
  std::span<const Act> acts;
};

std::span<const Part> Parts();

}  // namespace nhanrong::generator
