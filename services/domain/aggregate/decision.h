// What a decision sees and gives: submissions in, events or violated rules out.
//
// Pure: no clock, thread, file, gRPC, Kafka or RocksDB. Time and ids come in as arguments, so the
// same submission decided again on the same streams gives the same events.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "nhanrong/v1/command.pb.h"
#include "nhanrong/v1/record.pb.h"
#include "services/domain/aggregate/stream.h"
#include "services/domain/aggregate/violation.h"
#include "tl/expected.hpp"

namespace nhanrong::domain {

// What a decision may look at. Every stream that is read is remembered: it goes into the record's
// `reads`. References stay valid until the decision is made.
class World {
 public:
  virtual ~World() = default;
  // The stream as it stands, never null; one that does not exist is empty. Unknown prefix: a bug.
  virtual const Stream& Read(std::string_view stream) = 0;
  // A unit of this ledger or of `national`; an empty stream when neither knows it.
  virtual const Stream& ReadUnit(std::string_view unit_id) = 0;
  // Streams of the actors who hold or ever held the role ADMINISTRATOR, in order of their names.
  // Only a hint where to look: what they are now is what Read says.
  virtual std::vector<std::string> Administrators() = 0;
};

// Who decides, when, and on what submission.
struct Request {
  const v1::Submission& submission;
  Signatories by;
  std::string agency_id;
  std::string on_behalf_of_agency_id;  // empty: of nobody else
  v1::Role role = v1::ROLE_UNSPECIFIED;
  absl::CivilDay today;  // of recording, Asia/Ho_Chi_Minh
  absl::Time now;        // of recording
  std::string ledger;
};

// One command: the event that it makes takes the fields of the same names. One row per command; the
// list is catalogue.cc.
struct CommandType {
  v1::Command::KindCase kind;
  const AggregateType*
      aggregate;  // null: the command names a stream of any aggregate (corrections)
  v1::Fact::KindCase makes;
  // Begins a stream: its id may be left out, and is then made from the submission.
  bool begins = false;
  // occurred_on may be absent (agencies, actors, corrections): then it is the day of recording.
  bool date_optional = false;
  bool reason_required = false;
  bool period_required = false;
  bool source_required = false;
  // Comes with channel MIGRATION, and so with a source.
  bool document_only = false;
  // Field of the event that is made from the submission where the command leaves it out; empty:
  // none.
  std::string_view made_id = {};
  // Goes to the stream of the ledger itself, so it names none.
  bool of_the_ledger = false;
};

// Field rules of the submission: envelope, values, command. Empty: well-formed. They depend on the
// submission alone.
Violations CheckFields(const v1::Submission& submission);

// Decides a well-formed submission: events complete but for event_id and revision (the caller
// numbers them in order per stream with NumberEvents), or all violated rules.
tl::expected<std::vector<v1::Event>, Violations> Decide(const Request& request, World& world);

// Stream that the submission's command writes first. An id that was left out is a ULID made of
// ledger, agency and submission id, with time zero: a retry names the same stream. REQUIRES:
// CheckFields(submission) is empty.
std::string TargetStream(const Request& request);

// Where the submission says which stream that is. `at`: the command.
Field TargetField(const CommandType& type, const Field& at);

// Sets event ids (UUIDv7 from `now`, seeded by ledger, agency, submission and index) and revisions.
void NumberEvents(const Request& request, World& world, std::vector<v1::Event>& events);

// Units whose scope a submission needs, every one of them: of the fact that it states, of the
// stream that it names, of those whom it concerns. Empty: about no unit, so the whole ledger.
// A correction needs the units of before and after.
std::vector<std::string> ScopeUnits(const Request& request, World& world);

// What the sender must be able to read in order to give the command ("nobody writes to what he may
// not read"): the steps of the stream that it goes to, the streams on which a new one would rest,
// and the fact that a correction names. Agencies, actors and units are the business of
// administrators and map stewards, whatever they read: PUBLIC.
v1::Classification ReadsNeeded(const Request& request, World& world);

// "DEPARTMENT_SPECIALIST, PROVINCIAL_OFFICE".
std::string RoleNames(const std::vector<v1::Role>& roles);

// Null when the prefix is unknown.
const AggregateType* FindAggregate(std::string_view stream);
const CommandType* FindCommand(v1::Command::KindCase kind);
// Null for corrections and annulments, which belong to no aggregate.
const FactRule* FindFactRule(v1::Fact::KindCase kind);
const std::vector<const CommandType*>& AllCommands();
const std::vector<const AggregateType*>& AllAggregates();

}  // namespace nhanrong::domain
