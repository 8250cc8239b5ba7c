#include "services/node/read_models.h"

#include <spdlog/spdlog.h>

#include <utility>
#include <vector>

#include "projections/catalogue.h"

namespace nhanrong::node {

ReadModels::ReadModels(std::string data_dir, std::string ledger, ledger::LedgerFollower& follower)
    : data_dir_(std::move(data_dir)), ledger_(std::move(ledger)), follower_(follower) {}

projector::ProjectionRunner* ReadModels::runner() const {
  absl::MutexLock lock(&mutex_);
  return runner_.get();
}

absl::Status ReadModels::readiness() const {
  absl::MutexLock lock(&mutex_);
  if (!status_.ok()) return status_;
  return runner_ ? runner_->status() : absl::OkStatus();
}

void ReadModels::OnBatch(std::span<const ledger::Commit> commits) {
  if (commits.empty() || !readiness().ok()) return;
  if (absl::Status delivered = Deliver(commits); !delivered.ok()) {
    spdlog::error("read models of {} stopped: {}", ledger_, delivered.ToString());
    absl::MutexLock lock(&mutex_);
    status_ = std::move(delivered);
  }
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
  std::vector<projector::Commit> batch;
  batch.reserve(commits.size());
  for (const ledger::Commit& commit : commits) {
    batch.push_back(
        {commit.position, commit.recorded_at, commit.leaf, commit.running, commit.record});
  }
  return runner()->Deliver(batch);
}

}  // namespace nhanrong::node
