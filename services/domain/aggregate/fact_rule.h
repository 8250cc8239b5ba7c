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

// Who stands behind a fact: the actor who sent it and, where he signed for somebody else, that
// person too. One person can be either.
struct Signatories {
  std::string actor_id;
  std::string principal_actor_id;  // empty: nobody
  // The persons who these actors are (ActorRegistered.subject); empty: a system, nobody, or not
  // known, as in records from before these fields.
  std::string subject_id = {};
  std::string principal_subject_id = {};
  friend bool operator==(const Signatories&, const Signatories&) = default;
};
// Whether one person stands behind both, be it as different actors.
inline bool ShareAPerson(const Signatories& a, const Signatories& b) {
  const auto is_one = [](const std::string& who, const std::string& x, const std::string& y) {
    return !who.empty() && (who == x || who == y);
  };
  return is_one(a.actor_id, b.actor_id, b.principal_actor_id) ||
         is_one(a.principal_actor_id, b.actor_id, b.principal_actor_id) ||
         is_one(a.subject_id, b.subject_id, b.principal_subject_id) ||
         is_one(a.principal_subject_id, b.subject_id, b.principal_subject_id);
}

// A fact that is about to be taken into a state.
struct NextFact {
  const std::string& stream;
  const v1::Fact& fact;
  const State& before;
  const DayRange& days;
  const Signatories& by;      // who states it; for a correction, who stated the corrected fact
  v1::Role role;              // under which he states or stated it
  const v1::Fact* corrected;  // the fact that it replaces; null: none
  Field at;                   // where the fact's message stands in the submission
};

// A stream before and after a decision.
struct StreamChange {
  const std::string& stream;
  const State& before;
  const State& after;
  absl::CivilDay today;
  Field at;
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
  // Holds for good: nobody corrects or annuls it.
  bool irrevocable = false;
  // Says in the fact what its sender may leave out because it follows. Null: nothing.
  void (*complete)(v1::Fact&) = nullptr;
  // Field rules of the message, which depend on nothing else; null: none.
  void (*check_fields)(const v1::Fact&, const Field& at, Told) = nullptr;
  // Domain rules on state and fact alone; they hold again when a stream is folded anew. Null: none.
  void (*check_state)(const NextFact&) = nullptr;
  // Domain rules that look at other streams, or that hold only for new facts. Null: none.
  void (*check_world)(const NextFact&, World&) = nullptr;
  // What the fact needs of other streams for as long as it is in force: asked of it when it is
  // stated and corrected, and again when a stream on which it rests is corrected. Null: nothing.
  void (*check_ground)(const NextFact&, World&) = nullptr;
};

}  // namespace nhanrong::domain
