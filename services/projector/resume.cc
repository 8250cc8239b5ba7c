// Folding parked streams again, beside the read model that goes on answering.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/check.h"
#include "services/projector/runner.h"

namespace nhanrong::projector {
namespace {

// The first commit of which a stream is parked. REQUIRES: one is.
Position FirstOf(const ParkedStreams& parked) {
  const auto first = std::min_element(parked.begin(), parked.end(), [](auto& one, auto& other) {
    return one.second.since_position() < other.second.since_position();
  });
  return Position(first->second.since_position());
}

std::uint64_t Released(const ParkedStreams& before, const ParkedStreams& after) {
  return static_cast<std::uint64_t>(
      std::count_if(before.begin(), before.end(),
                    [&](const auto& parked) { return !after.contains(parked.first); }));
}

absl::Status FoldNext(CommitSource& log, std::size_t commits_max, ProjectionFold& built) {
  const auto commits = log.Next(commits_max);
  if (!commits.ok()) return commits.status();
  if (commits->empty()) {
    return absl::UnavailableError("the log does not give the commits that were folded");
  }
  return built.ApplyBatch(*commits);
}

}  // namespace

std::vector<std::string> ProjectionRunner::WithParked(std::string_view projection,
                                                      const std::string& stream) const {
  std::vector<std::string> names;
  for (const auto& fold : folds()) {
    const std::string_view name = fold->projection().name();
    const ParkedStreams parked = fold->parked();
    const bool has = stream.empty() ? !parked.empty() : parked.contains(stream);
    if (has && (projection.empty() || projection == name)) names.emplace_back(name);
  }
  return names;
}

absl::StatusOr<std::uint64_t> ProjectionRunner::Resume(std::unique_ptr<Projection> again,
                                                       CommitSource& log,
                                                       const ResumeProgress& goes_on) {
  const absl::MutexLock one(&resuming_);
  const std::shared_ptr<ProjectionFold> answering = Find(again->name());
  NR_CHECK(answering != nullptr, "the read model is one of the runner's");
  const ParkedStreams parked = answering->parked();
  if (parked.empty()) return 0;
  const Position first = FirstOf(parked);
  const absl::StatusOr<Hash> running = log.SeekTo(first);
  if (!running.ok()) return running.status();
  auto built = answering->BuildBeside(first.value(), *running, std::move(again));
  if (!built.ok()) return built.status();
  while ((*built)->commits() + kBatchCommitsMax < answering->commits()) {
    if (!goes_on((*built)->commits())) return absl::CancelledError("the process is stopping");
    if (absl::Status next = FoldNext(log, kBatchCommitsMax, **built); !next.ok()) return next;
  }
  const auto placed = PutInPlace(answering, *std::move(built), log);
  if (!placed.ok()) return placed.status();
  return Released(parked, (*placed)->parked());
}

absl::StatusOr<std::shared_ptr<ProjectionFold>> ProjectionRunner::PutInPlace(
    const std::shared_ptr<ProjectionFold>& answering, std::unique_ptr<ProjectionFold> built,
    CommitSource& log) {
  const absl::MutexLock no_more(&delivering_);
  if (absl::Status stopped = answering->status(); !stopped.ok()) return stopped;
  while (built->commits() < answering->commits()) {
    const std::size_t missing = answering->commits() - built->commits();
    if (absl::Status next = FoldNext(log, missing, *built); !next.ok()) return next;
  }
  auto placed = ProjectionFold::PutInPlace(std::move(built));
  if (!placed.ok()) return placed.status();
  std::shared_ptr<ProjectionFold> fold = *std::move(placed);
  answering->RemoveWhenClosed();
  const absl::MutexLock lock(&mutex_);
  std::replace(folds_.begin(), folds_.end(), answering, fold);
  return fold;
}

}  // namespace nhanrong::projector
