#include "services/projector/projection_test_kit.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::projector {
namespace {

// Any fixed name space: ids of tests are the same on every run.
constexpr Id128 kTestIds = {0x6e, 0x72, 0x2d, 0x74, 0x65, 0x73, 0x74};

std::string TestId(std::string_view what, std::uint64_t number) {
  return Uuid5(kTestIds, absl::StrCat(std::string(what), "/", number));
}

}  // namespace

v1::BusinessDate DateOf(std::string_view value) {
  v1::BusinessDate date;
  date.set_value(std::string(value));
  if (value.starts_with("--")) {
    date.set_precision(v1::DATE_PRECISION_UNKNOWN_YEAR);
  } else if (value.find('/') != std::string_view::npos) {
    date.set_precision(v1::DATE_PRECISION_PHASE);
  } else if (value.find('Q') != std::string_view::npos) {
    date.set_precision(v1::DATE_PRECISION_QUARTER);
  } else if (value.size() == 4) {
    date.set_precision(v1::DATE_PRECISION_YEAR);
  } else if (value.size() == 7) {
    date.set_precision(v1::DATE_PRECISION_MONTH);
  } else {
    date.set_precision(v1::DATE_PRECISION_DAY);
  }
  return date;
}

CommitBuilder::CommitBuilder(const std::string& ledger, absl::Time start)
    : next_recorded_at_(start) {
  record_.set_rule_version(1);
  const Hash id = Sha256(ledger);
  record_.set_ledger_id(std::string(AsBytes(id).substr(0, 16)));
  record_.mutable_signer()->set_channel(v1::INGEST_CHANNEL_GRPC);
}

CommitBuilder& CommitBuilder::Agency(std::string agency_id, std::string name) {
  record_.set_agency_id(agency_id);
  v1::AgencyRef* agency = record_.mutable_signer()->mutable_agency();
  agency->set_agency_id(std::move(agency_id));
  agency->set_name_at_event(std::move(name));
  return *this;
}

CommitBuilder& CommitBuilder::Actor(std::string actor_id, v1::Role role) {
  record_.mutable_signer()->set_actor_id(std::move(actor_id));
  record_.mutable_signer()->set_role(role);
  return *this;
}

CommitBuilder& CommitBuilder::Channel(v1::IngestChannel channel) {
  record_.mutable_signer()->set_channel(channel);
  return *this;
}

CommitBuilder& CommitBuilder::ActingFor(const v1::ActingFor& acting_for) {
  *record_.mutable_signer()->mutable_acting_for() = acting_for;
  record_.mutable_signer()->set_on_behalf_of_agency_id(acting_for.principal_agency().agency_id());
  return *this;
}

CommitBuilder& CommitBuilder::RecordedAt(absl::Time recorded_at) {
  next_recorded_at_ = recorded_at;
  return *this;
}

CommitBuilder& CommitBuilder::Submission(std::string submission_id) {
  record_.set_submission_id(std::move(submission_id));
  return *this;
}

CommitBuilder& CommitBuilder::CommandType(std::string type) {
  record_.set_command_type(std::move(type));
  return *this;
}

CommitBuilder& CommitBuilder::Correlation(std::string correlation_id, std::string causation_id) {
  record_.set_correlation_id(std::move(correlation_id));
  record_.set_causation_id(std::move(causation_id));
  return *this;
}

v1::Event& CommitBuilder::NewEvent(std::string_view stream) {
  v1::Event& event = *record_.mutable_events()->add_events();
  const std::uint64_t revision = revisions_[std::string(stream)]++;
  event_id_ = TestId(stream, revision);
  event.set_event_id(event_id_);
  event.set_stream(std::string(stream));
  event.set_revision(revision);
  event.set_classification(v1::CLASSIFICATION_PUBLIC);
  return event;
}

v1::Event& CommitBuilder::LastEvent() {
  NR_CHECK(record_.has_events(), "no event was added to this commit");
  return *record_.mutable_events()->mutable_events(record_.events().events_size() - 1);
}

CommitBuilder& CommitBuilder::Fact(std::string_view stream, const v1::Fact& fact,
                                   std::string_view occurred_on) {
  v1::Event& event = NewEvent(stream);
  domain::SetFact(event, fact);
  *event.mutable_occurred_on() = DateOf(occurred_on);
  return *this;
}

CommitBuilder& CommitBuilder::UnknownFact(std::string_view stream) {
  v1::Event& event = NewEvent(stream);
  event.set_type("nhanrong.v9.Unheard");
  event.set_schema_version(1);
  return *this;
}

CommitBuilder& CommitBuilder::Reason(std::string reason) {
  LastEvent().set_reason(std::move(reason));
  return *this;
}

CommitBuilder& CommitBuilder::Source(v1::SourceDoc source) {
  *LastEvent().add_sources() = std::move(source);
  return *this;
}

CommitBuilder& CommitBuilder::Unit(v1::AdminUnitRef unit) {
  *LastEvent().mutable_unit() = std::move(unit);
  return *this;
}

CommitBuilder& CommitBuilder::Period(v1::ReportingPeriod period) {
  *LastEvent().mutable_period() = std::move(period);
  return *this;
}

CommitBuilder& CommitBuilder::Classified(v1::Classification classification) {
  LastEvent().set_classification(classification);
  return *this;
}

CommitBuilder& CommitBuilder::Backdated() {
  LastEvent().set_backdated(true);
  return *this;
}

Position CommitBuilder::Commit() {
  NR_CHECK(record_.has_events(), "a commit needs an event");
  return Append();
}

Position CommitBuilder::Refused(const std::vector<v1::RefusedRule>& rules) {
  NR_CHECK(!record_.has_events(), "a refusal has no events");
  for (const v1::RefusedRule& rule : rules) *record_.mutable_refusal()->add_rules() = rule;
  return Append();
}

Position CommitBuilder::Append() {
  const std::uint64_t number = commits_.size();
  if (record_.submission_id().empty()) record_.set_submission_id(TestId("submission", number));
  *record_.mutable_recorded_at() = domain::StampOf(next_recorded_at_);
  const absl::Time recorded_at = commits_.empty()
                                     ? next_recorded_at_
                                     : std::max(commits_.back().recorded_at, next_recorded_at_);
  const Hash leaf = LeafHash(record_.SerializeAsString());
  const Hash before = commits_.empty() ? Hash{} : commits_.back().running;
  commits_.push_back({Position(number), recorded_at, leaf, ChainHash(before, leaf), record_});
  next_recorded_at_ += absl::Minutes(1);
  record_.clear_answer();
  record_.clear_submission_id();
  record_.clear_command_type();
  record_.clear_correlation_id();
  record_.clear_causation_id();
  return Position(number);
}

absl::Status FoldAll(Projection& projection, const std::vector<projector::Commit>& commits,
                     MemoryRows& rows) {
  for (const projector::Commit& commit : commits) {
    const auto writer = rows.Writer(commit.position);
    absl::Status status = projection.FoldCommit(commit, *writer);
    if (!status.ok()) return status;
    for (const v1::Event& event : commit.record.events().events()) {
      const std::optional<v1::Fact> fact = domain::FactOf(event);
      status = fact ? projection.Fold({commit, event, *fact}, *writer)
                    : absl::UnimplementedError("unknown type");
      if (!status.ok()) {
        return absl::Status(status.code(),
                            absl::StrCat("position ", commit.position.value(), ", event ",
                                         event.type(), ": ", std::string(status.message())));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace nhanrong::projector
