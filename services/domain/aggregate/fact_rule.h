// What one event type demands, wherever it comes from: a command or a correction.
//
// Every event type has one row, in the table of its aggregate's folder.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "nhanrong/v1/fact.pb.h"
#include "services/domain/values/field.h"

namespace nhanrong::domain {

struct State;
class World;

// The days on which a fact may have happened, both inclusive. `latest` is the day on which it is
// known to hold: the end of the stated period, but not after the day of its earliest source nor
// after its recording.
struct DayRange {
  absl::CivilDay earliest;
  absl::CivilDay latest;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// A fact that is about to be taken into a state.
struct NextFact {
  const std::string& stream;
  const v1::Fact& fact;
  const State& before;
  const DayRange& days;
  const std::string& actor_id;  // who states it; for a correction, who stated the corrected fact
  const v1::Fact* corrected;    // the fact that it replaces; null: none
  Field at;                     // where the fact's message stands in the submission
};

// Whether the words come from a document, which then must be quoted.
enum class Told { kFirstHand, kByDocument };

struct FactRule {
  v1::Fact::KindCase kind;
  // A step of a life cycle: dated not before the last step. Others (progress, outputs) may be
  // back-dated.
  bool life_cycle_step = false;
  // Path within the fact to the unit that must be established on the day; empty: none.
  std::string_view unit_field = {};
  // The only roles that may correct or annul it; ROLE_UNSPECIFIED: as the aggregate says.
  v1::Role correcting_role = v1::ROLE_UNSPECIFIED;
  v1::Role other_correcting_role = v1::ROLE_UNSPECIFIED;
  // Field rules of the message, which depend on nothing else; null: none.
  void (*check_fields)(const v1::Fact&, const Field& at, Told) = nullptr;
  // Domain rules on state and fact alone; they hold again when a stream is folded anew. Null: none.
  void (*check_state)(const NextFact&) = nullptr;
  // Domain rules that look at other streams, or that hold only for new facts. Null: none.
  void (*check_world)(const NextFact&, World&) = nullptr;
};

}  // namespace nhanrong::domain
