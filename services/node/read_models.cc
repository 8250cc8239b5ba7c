#include "services/node/read_models.h"

#include <spdlog/spdlog.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "projections/catalogue.h"
#include "services/node/commits_again.h"

namespace nhanrong::node {

ReadModels::ReadModels(std::string data_dir, std::string ledger, ledger::LedgerFollower& follower)
    : data_dir_(std::move(data_dir)),
      ledger_(std::move(ledger)),
      follower_(follower),
      resumptions_(ledger_, [this](const std::string& projection, const auto& goes_on) {
        return FoldAgain(projection, goes_on);
      }) {}

projector::ProjectionRunner* ReadModels::runner() const {
  absl::MutexLock lock(&mutex_);
  return runner_.get();
}

absl::Status ReadModels::readiness() const {
  const std::uint64_t head = follower_.counters().commits;
  absl::MutexLock lock(&mutex_);
  if (!status_.ok()) return status_;
  if (!runner_) return absl::OkStatus();
  if (absl::Status status = runner_->status(); !status.ok()) return status;
  const std::uint64_t folded = runner_->commits();
  const absl::Time now = absl::Now();
  if (folded >= head || folded != seen_commits_) moved_at_ = now;
  seen_commits_ = folded;
  if (now - moved_at_ < kStallLimit) return absl::OkStatus();
  return absl::UnavailableError("read models stand at " + std::to_string(folded) + " of " +
                                std::to_string(head) + " commits and do not move");
}

std::vector<std::string> ReadModels::Names() const {
  std::vector<std::string> names;
  for (const auto& projection : projections::MakeAll()) names.emplace_back(projection->name());
  return names;
}

std::vector<v1::ProjectionInfo> ReadModels::info() const {
  const projector::ProjectionRunner* const opened = runner();
  if (opened == nullptr) return {};
  std::vector<v1::ProjectionInfo> infos = opened->info();
  for (v1::ProjectionInfo& info : infos) {
    if (auto resumption = resumptions_.Of(info.name())) {
      *info.mutable_resumption() = *std::move(resumption);
    }
  }
  return infos;
}

std::vector<std::string> ReadModels::Resume(const std::string& projection,
                                            const std::string& stream) {
  std::vector<std::string> names;
  const projector::ProjectionRunner* const opened = runner();
  if (opened != nullptr) names = opened->WithParked(projection, stream);
  resumptions_.Ask(names);
  return names;
}

absl::StatusOr<std::uint64_t> ReadModels::FoldAgain(
    const std::string& projection, const projector::ProjectionRunner::ResumeProgress& goes_on) {
  CommitsAgain commits(follower_);
  return runner()->Resume(projections::Make(projection), commits, goes_on);
}

bool ReadModels::healthy() const {
  absl::MutexLock lock(&mutex_);
  return status_.ok();
}

void ReadModels::OnBatch(std::span<const ledger::Commit> commits) {
  if (commits.empty() || !healthy()) return;
  if (absl::Status delivered = Deliver(commits); !delivered.ok()) {
    spdlog::error("read models of {} stopped: {}", ledger_, delivered.ToString());
    absl::MutexLock lock(&mutex_);
    status_ = std::move(delivered);
  }
}

absl::Status ReadModels::OnCaughtUp() {
  const projector::ProjectionRunner* const opened = runner();
  if (opened == nullptr) return absl::OkStatus();
  const projector::StoreProgress furthest = opened->furthest();
  absl::MutexLock lock(&follower_.mutex());
  if (follower_.admission().AgreesWith(furthest.commits, furthest.running)) {
    return absl::OkStatus();
  }
  return absl::DataLossError("a read model had folded " + std::to_string(furthest.commits) +
                             " commits; this log has " +
                             std::to_string(follower_.admission().commits()) +
                             " and another history: it was cut or changed");
}

absl::Status ReadModels::OpenOnce() {
  if (runner() != nullptr) return absl::OkStatus();
  std::string id;
  {
    absl::MutexLock lock(&follower_.mutex());
    const auto& ledger_id = *follower_.admission().ledger_id();
    id.assign(ledger_id.begin(), ledger_id.end());
  }
  auto opened = projector::ProjectionRunner::Open(data_dir_, ledger_, id, projections::MakeAll());
  if (!opened.ok()) return opened.status();
  absl::MutexLock lock(&mutex_);
  runner_ = *std::move(opened);
  return absl::OkStatus();
}

absl::Status ReadModels::Deliver(std::span<const ledger::Commit> commits) {
  if (absl::Status opened = OpenOnce(); !opened.ok()) return opened;
  // What every read model has is not copied again at a restart, but for the last one: by its
  // running hash they notice another history.
  const std::uint64_t folded = runner()->commits();
  std::vector<projector::Commit> batch;
  batch.reserve(commits.size());
  for (const ledger::Commit& commit : commits) {
    if (commit.position.value() + 1 < folded) continue;
    batch.push_back(
        {commit.position, commit.recorded_at, commit.leaf, commit.running, commit.record});
  }
  return runner()->Deliver(batch);
}

}  // namespace nhanrong::node
