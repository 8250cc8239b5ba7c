// A stream's facts in force and the state that they fold to; events as facts and back.
//
// A correction replaces a fact, an annulment takes it out, and the state is folded anew: so any
// fact of any aggregate can be corrected, and aggregates know nothing about it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "nhanrong/v1/fact.pb.h"
#include "nhanrong/v1/record.pb.h"
#include "services/base/strong.h"
#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

// An event of a stream as its fold sees it, after corrections.
struct StreamFact {
  std::string event_id;
  v1::Fact fact;
  v1::BusinessDate occurred_on;
  DayRange days;
  Position position;
  std::string agency_id;
  std::string on_behalf_of_agency_id;  // empty: of nobody else
  Signatories by;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  bool from_document = false;                                       // channel MIGRATION
  v1::Classification classification = v1::CLASSIFICATION_INTERNAL;  // after corrections
};

// State of one aggregate: a plain struct that derives from this.
struct State {
  virtual ~State() = default;
};

// A value that only one stream may hold on a day ("unit-code/82", "agency-eid/H20", "token/<hex>").
struct Reservation {
  std::string stream;      // "reserved/<kind>/<value>"
  std::string valid_from;  // ISO date or empty
  std::string valid_to;    // ISO date, exclusive, or empty
  std::string field;       // field of the fact to name when it is taken
  bool shared = false;     // many may hold it at once
  friend bool operator==(const Reservation&, const Reservation&) = default;
};

// Who may correct the facts of an aggregate.
enum class Correctable {
  kNever,            // ledger, reservations
  kByAdministrator,  // agencies and actors: a grant is never changed by those who hold one
  kByMapSteward,     // units
  kByRecorder,       // the agency that recorded the fact, and the provincial office and authority
};

// What a kind of aggregate is. One constant of this type per aggregate folder; the list is
// catalogue.cc.
struct AggregateType {
  std::string_view prefix;  // of its streams: "model" in "model/01J…"
  // Its event types. A type that is missing here does not belong to the aggregate.
  std::span<const FactRule> facts;
  std::unique_ptr<State> (*empty)();
  // Total: a fact cannot be refused. Facts of other types are ignored.
  void (*evolve)(State&, const StreamFact&);
  // Whether `fact` may come next in this state: the state × fact table, checked when a command
  // decides and when a stream is folded anew after a correction.
  bool (*may_follow)(const State&, const v1::Fact&);
  // Name of the state in messages and tables: "ABSENT", "DRAFT".
  std::string_view (*state_name)(const State&);
  // Unique values that the state holds; null: none.
  std::vector<Reservation> (*reservations)(const State&) = nullptr;
  // Streams of the ledger on which the state rests: none of them is corrected away under it. Null:
  // none. Units are not among them: most ledgers have them from `national`.
  std::set<std::string> (*rests_on)(const State&) = nullptr;
  // Whether two states of the stream carry the same: what rests on the one rests on the other.
  // Null: nothing rests on streams of this type.
  bool (*carries_same)(const State&, const State&) = nullptr;
  // The unit (id) that the state lies in, for scope and for AdminUnitRef; null: none.
  std::string (*unit_id)(const State&) = nullptr;
  // The agency (id) whose unit gives the scope; null: none.
  std::string (*agency_id)(const State&) = nullptr;
  // Facts about it may be dated after its unit was abolished.
  bool outlives_its_unit = false;
  // What a change must leave in the ledger; breaks a rule at its place where it does not. Null:
  // nothing.
  void (*check_after)(const StreamChange&, World&) = nullptr;
  Correctable correctable = Correctable::kByRecorder;
};

// A stream: facts in force and the state that they fold to. Copyable; copies share nothing.
class Stream {
 public:
  explicit Stream(const AggregateType* type);
  Stream(const Stream& other);
  Stream& operator=(const Stream& other);
  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = default;

  // Applies one event. Corrections and annulments fold anew.
  void Apply(const StreamFact& fact);

  const AggregateType& type() const { return *type_; }
  bool exists() const { return events_ > 0; }
  // Number of events ever applied; the revision of the last one is events() - 1.
  std::uint64_t events() const { return events_; }
  const std::vector<StreamFact>& facts() const { return facts_; }
  // Ids of the corrections and annulments applied, which are no facts themselves.
  const std::vector<std::string>& corrections() const { return corrections_; }
  const State& state() const { return *state_; }
  template <typename T>
  const T& as() const {
    return static_cast<const T&>(*state_);
  }

 private:
  void FoldAnew();

  const AggregateType* type_;
  std::uint64_t events_ = 0;
  std::vector<StreamFact> facts_;
  std::vector<std::string> corrections_;
  std::unique_ptr<State> state_;
};

// Makes the fact of an event, as the newest version of its type says it (versions/). Absent: type
// or schema version unknown, or bytes that do not parse.
std::optional<v1::Fact> FactOf(const v1::Event& event);
// Puts type, schema version and bytes into `event`, all of the newest version.
void SetFact(v1::Event& event, const v1::Fact& fact);
// Absent is INTERNAL (command.proto).
v1::Classification ClassificationOf(const v1::Event& event);
// Full name of the set message: "nhanrong.v1.ModelRegistered".
std::string FactType(const v1::Fact& fact);
// The fold's view of an event, absent as FactOf. `recorded_at` is the commit's.
std::optional<StreamFact> StreamFactOf(const v1::Event& event, const v1::Record& record,
                                       Position position, absl::Time recorded_at);

}  // namespace nhanrong::domain
