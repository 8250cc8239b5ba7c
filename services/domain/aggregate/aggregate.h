// The frame in which every aggregate stands: a stream's facts, its state, and what a decision sees.
//
// Pure: no clock, thread, file, gRPC, Kafka or RocksDB. Time and ids come in as arguments.
//
// A stream's state is a fold of the facts that are in force, in ledger order. A correction replaces
// a fact, an annulment takes it out, and the state is folded anew: so any fact of any aggregate can
// be corrected, and aggregates know nothing about it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "nhanrong/v1/command.pb.h"
#include "nhanrong/v1/fact.pb.h"
#include "nhanrong/v1/record.pb.h"
#include "services/base/strong.h"
#include "tl/expected.hpp"

namespace nhanrong::domain {

// One violated rule. Words in both languages come from services/domain/rules by `rule`.
struct Violation {
  std::string rule;    // "model.state", stable
  std::string field;   // path in the submission, "command.submit_model.model_id"; may be empty
  std::string actual;  // what the stream really is (state or revision), never a value of the sender
  friend bool operator==(const Violation&, const Violation&) = default;
};
using Violations = std::vector<Violation>;

// The days on which a fact may have happened, both inclusive. `latest` is the day on which it is
// known to hold: the end of the stated period, but not after the day of its earliest source nor
// after its recording.
struct DayRange {
  absl::CivilDay earliest;
  absl::CivilDay latest;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// An event of a stream as its fold sees it, after corrections.
struct StreamFact {
  std::string event_id;
  v1::Fact fact;
  v1::BusinessDate occurred_on;
  DayRange days;
  Position position;
  std::string agency_id;
  std::string actor_id;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  bool from_document = false;  // channel MIGRATION
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
  std::string field;       // path to name when it is taken
  friend bool operator==(const Reservation&, const Reservation&) = default;
};

// What a kind of aggregate is. One constant of this type per aggregate folder; the list is
// catalogue.cc.
struct AggregateType {
  std::string_view prefix;  // of its streams: "model" in "model/01J…"
  std::unique_ptr<State> (*empty)();
  // Total: a fact cannot be refused. Facts of other types are ignored.
  void (*evolve)(State&, const StreamFact&);
  // Whether `fact` may come next in this state: the state × fact table, checked when a command
  // decides and when a stream is folded anew after a correction.
  bool (*may_follow)(const State&, const v1::Fact&);
  // Name of the state in messages and tables: "ABSENT", "DRAFT".
  std::string_view (*state_name)(const State&);
  // Unique values that the state holds; absent pointer: none.
  std::vector<Reservation> (*reservations)(const State&);
  // The unit (id) that the state lies in, for scope and for AdminUnitRef; empty: none.
  std::string (*unit_id)(const State&);
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
  std::unique_ptr<State> state_;
};

// Makes the fact of an event. Absent: type or schema version unknown, or bytes that do not parse.
std::optional<v1::Fact> FactOf(const v1::Event& event);
// Puts type, schema version and bytes into `event`. Every type is at version 1 so far.
void SetFact(v1::Event& event, const v1::Fact& fact);
// Full name of the set message: "nhanrong.v1.ModelRegistered".
std::string FactType(const v1::Fact& fact);
// The fold's view of an event, absent as FactOf. `recorded_at` is the commit's.
std::optional<StreamFact> StreamFactOf(const v1::Event& event, const v1::Record& record,
                                       Position position, absl::Time recorded_at);

// What a decision may look at. Every stream that is read is remembered: it goes into the record's
// `reads`.
class World {
 public:
  virtual ~World() = default;
  // The stream as it stands, never null; one that does not exist is empty. Unknown prefix: a bug.
  virtual const Stream& Read(std::string_view stream) = 0;
  // A unit of this ledger or of `national`; an empty stream when neither knows it.
  virtual const Stream& ReadUnit(std::string_view unit_id) = 0;
};

// Who decides, when, and on what submission.
struct Request {
  const v1::Submission& submission;
  std::string actor_id;
  std::string agency_id;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  absl::CivilDay today;  // of recording, Asia/Ho_Chi_Minh
  absl::Time now;        // of recording
  std::string ledger;
};

// The facts to append, all to `stream`. The frame adds envelope, reservations and AdminUnitRef.
struct Decided {
  std::string stream;
  std::vector<v1::Fact> facts;
};

// How one command is decided. One row per command; the list is catalogue.cc.
struct CommandType {
  v1::Command::KindCase kind;
  const AggregateType*
      aggregate;  // null: the command names a stream of any aggregate (corrections)
  // A step of a life cycle: dated not before the last step. Others (progress, outputs) may be
  // back-dated.
  bool life_cycle_step = false;
  // occurred_on may be absent (agencies, actors).
  bool date_optional = false;
  // Stream that the command writes; makes the id from the submission where the command leaves it
  // out.
  std::string (*stream)(const Request&);
  // Field rules that depend on the submission alone: nothing is recorded when one is broken.
  void (*check_fields)(const v1::Submission&, Violations&);
  // Domain rules. All violations at once; the frame has already checked state (may_follow),
  // expectation, dates and units, and adds those violations itself.
  tl::expected<std::vector<v1::Fact>, Violations> (*decide)(const Request&, World&, const Stream&);
};

// Everything about one submission, by the catalogue. Pure.
// Field rules of the submission: envelope, values, command. Empty: well-formed.
Violations CheckFields(const v1::Submission& submission);
// Decides a well-formed submission: events complete but for event_id and revision (the caller
// numbers them in order per stream with NumberEvents), or all violated rules.
tl::expected<std::vector<v1::Event>, Violations> Decide(const Request& request, World& world);
// Stream that the submission's command writes first. REQUIRES: CheckFields(submission) is empty.
std::string TargetStream(const Request& request);
// Sets event ids (UUIDv7 from `when`, seeded by ledger, submission and index) and revisions.
void NumberEvents(const Request& request, World& world, std::vector<v1::Event>& events);
// Unit whose scope a submission needs: of the definition it carries or of the stream it names;
// empty: none.
std::string ScopeUnit(const Request& request, World& world);

const AggregateType* FindAggregate(std::string_view stream);
const CommandType* FindCommand(v1::Command::KindCase kind);
const std::vector<const CommandType*>& AllCommands();
const std::vector<const AggregateType*>& AllAggregates();

}  // namespace nhanrong::domain
