// A small language for tests of read models: build the commits of a ledger from facts, fold them.
//
//   CommitBuilder ledger;
//   ledger.Agency("01…A", "Agency").Actor("01…P", v1::ROLE_COMMUNE_OFFICER);
//   ledger.Fact("unit/01…U", fact, "2024-05-06").Reason("moved").Commit();
//   ASSERT_TRUE(FoldAll(*MakeUnits(), ledger.commits(), rows).ok());
//
// Single thread. Wrong use is a bug of the test and aborts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/projector/memory_rows.h"
#include "services/projector/projection.h"

namespace nhanrong::projector {

// "2021-05-05", "2021-04", "2021-Q2", "2019", "2016/2020", "--05-31", with the precision of its
// form.
v1::BusinessDate DateOf(std::string_view value);

class CommitBuilder {
 public:
  // Records are made one minute apart from `start` on, unless RecordedAt says otherwise; a commit
  // has the time of the one before where its record's lies back (ADMISSION rule 13).
  explicit CommitBuilder(const std::string& ledger = "test",
                         absl::Time start = absl::FromUnixSeconds(1'700'000'000));

  // These hold until set again.
  CommitBuilder& Agency(std::string agency_id, std::string name = "Agency");
  CommitBuilder& Actor(std::string actor_id, v1::Role role);
  CommitBuilder& Channel(v1::IngestChannel channel);
  // Signed for somebody else, and on behalf of his agency.
  CommitBuilder& ActingFor(const v1::ActingFor& acting_for);
  // These hold for the next commit. Without Submission every commit gets an id of its own.
  CommitBuilder& RecordedAt(absl::Time recorded_at);
  CommitBuilder& Submission(std::string submission_id);
  CommitBuilder& CommandType(std::string type);
  CommitBuilder& Correlation(std::string correlation_id, std::string causation_id);

  // Adds an event. The calls below it are about the event added last.
  CommitBuilder& Fact(std::string_view stream, const v1::Fact& fact, std::string_view occurred_on);
  // Adds an event of a type that no program knows.
  CommitBuilder& UnknownFact(std::string_view stream);
  CommitBuilder& Reason(std::string reason);
  CommitBuilder& Source(v1::SourceDoc source);
  CommitBuilder& Unit(v1::AdminUnitRef unit);
  CommitBuilder& Period(v1::ReportingPeriod period);
  CommitBuilder& Classified(v1::Classification classification);
  CommitBuilder& Backdated();
  // Of the event added last, also after Commit: for corrections and annulments.
  const std::string& event_id() const { return event_id_; }

  // Ends the commit. REQUIRES: an event was added.
  Position Commit();
  // Adds a commit that is a refusal. REQUIRES: no event is waiting.
  Position Refused(const std::vector<v1::RefusedRule>& rules);

  const std::vector<projector::Commit>& commits() const { return commits_; }

 private:
  v1::Event& NewEvent(std::string_view stream);
  v1::Event& LastEvent();
  Position Append();

  v1::Record record_;  // the one being built
  absl::Time next_recorded_at_;
  std::string event_id_;
  std::map<std::string, std::uint64_t, std::less<>> revisions_;
  std::vector<projector::Commit> commits_;
};

// Folds `commits` into `rows`. The first error of the fold, named with its position and event;
// nothing is parked here.
absl::Status FoldAll(Projection& projection, const std::vector<Commit>& commits, MemoryRows& rows);

}  // namespace nhanrong::projector
