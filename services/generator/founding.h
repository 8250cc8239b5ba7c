// What is there before the first working day: the map, and the people with their rights.
#pragma once

#include "absl/time/civil_time.h"
#include "services/generator/scribe.h"

namespace nhanrong::generator {

// What is to be made.
struct Plan {
  // 1 to kCommunesMax.
  int communes = 1;
  // 1 to kMonthsMax.
  int months = 12;
  std::uint64_t seed = 1;
  std::string ledger = "tinh-gia-dinh";
  absl::CivilDay first_day = absl::CivilDay(2024, 1, 1);

  absl::CivilDay end() const { return absl::CivilDay(absl::CivilMonth(first_day) + months); }
};
// More than the nation has (3,321 since 1 July 2025); official codes of made-up units come from a
// range as long.
inline constexpr int kCommunesMax = 4'000;
// Ten years: what a nation's ledgers are planned for.
inline constexpr int kMonthsMax = 120;

// The units, as they are on the day before the first, and how they change until the end.
void DrawMap(const Plan& plan, World& world, Scribe& scribe, Random& random);
void ChangeMap(const Plan& plan, World& world, Scribe& scribe);
// Agencies, actors, grants, credentials and delegations.
void AppointPeople(const Plan& plan, World& world, Scribe& scribe);

}  // namespace nhanrong::generator
