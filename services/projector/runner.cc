#include "services/projector/runner.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/base/check.h"
#include "services/projector/past_rows.h"

namespace nhanrong::projector {
namespace {

std::uint64_t Smallest(const std::vector<std::shared_ptr<ProjectionFold>>& folds) {
  NR_CHECK(!folds.empty(), "a runner has a read model");
  std::uint64_t smallest = folds.front()->commits();
  for (const auto& fold : folds) smallest = std::min(smallest, fold->commits());
  return smallest;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ProjectionRunner>> ProjectionRunner::Open(
    const std::string& root, const std::string& ledger, const std::string& ledger_id,
    std::vector<std::unique_ptr<Projection>> projections, const FactReader& facts) {
  Folds folds;
  for (std::unique_ptr<Projection>& projection : projections) {
    const std::string name(projection->name());
    auto fold = ProjectionFold::Open(root, ledger, ledger_id, std::move(projection), facts);
    if (!fold.ok()) {
      return absl::Status(fold.status().code(), absl::StrCat("read model ", name, ": ",
                                                             std::string(fold.status().message())));
    }
    folds.push_back(*std::move(fold));
  }
  return std::unique_ptr<ProjectionRunner>(new ProjectionRunner(std::move(folds)));
}

ProjectionRunner::ProjectionRunner(Folds folds)
    : folds_(std::move(folds)), waiters_(Smallest(folds_)) {}

ProjectionRunner::Folds ProjectionRunner::folds() const {
  absl::MutexLock lock(&mutex_);
  return folds_;
}

absl::Status ProjectionRunner::Deliver(absl::Span<const Commit> commits) {
  const absl::MutexLock one(&delivering_);
  const Folds delivered_to = folds();
  for (std::size_t from = 0; from < commits.size(); from += kBatchCommitsMax) {
    const auto batch = commits.subspan(from, kBatchCommitsMax);
    for (const auto& fold : delivered_to) {
      if (absl::Status outcome = fold->ApplyBatch(batch); !outcome.ok()) {
        waiters_.Stop();
        return status();
      }
    }
    waiters_.Reached(Smallest(delivered_to));
  }
  return status();
}

std::uint64_t ProjectionRunner::commits() const { return waiters_.commits(); }

void ProjectionRunner::WhenReached(std::uint64_t commits, absl::Time deadline,
                                   std::function<void(bool)> done) {
  waiters_.Add(commits, deadline, std::move(done));
}

bool ProjectionRunner::WaitReached(std::uint64_t commits, absl::Time deadline) {
  absl::Notification ended;
  bool reached = false;
  waiters_.Add(commits, deadline, [&](bool is_reached) {
    reached = is_reached;
    ended.Notify();
  });
  ended.WaitForNotification();
  return reached;
}

StoreProgress ProjectionRunner::furthest() const {
  StoreProgress furthest;
  for (const auto& fold : folds()) {
    StoreProgress progress = fold->progress();
    if (progress.commits > furthest.commits) furthest = std::move(progress);
  }
  return furthest;
}

std::shared_ptr<ProjectionFold> ProjectionRunner::Find(std::string_view projection) const {
  absl::MutexLock lock(&mutex_);
  const auto found = std::find_if(folds_.begin(), folds_.end(), [&](const auto& fold) {
    return fold->projection().name() == projection;
  });
  return found == folds_.end() ? nullptr : *found;
}

std::shared_ptr<RowReader> ProjectionRunner::Rows(std::string_view projection,
                                                  Position as_of) const {
  const std::shared_ptr<ProjectionFold> fold = Find(projection);
  if (fold == nullptr) return nullptr;
  const std::uint64_t commits = fold->commits();
  if (as_of.value() >= commits) return nullptr;
  auto rows = fold->store().AsOf(as_of);
  if (as_of.value() + 1 == commits) return rows;
  return std::make_shared<PastRows>(std::move(rows), fold->store().AsOf(Position(commits - 1)),
                                    std::shared_ptr<const Projection>(fold, &fold->projection()));
}

std::uint32_t ProjectionRunner::VersionOf(std::string_view projection) const {
  const std::shared_ptr<ProjectionFold> fold = Find(projection);
  NR_CHECK(fold != nullptr, "the read model is in the catalogue");
  return fold->projection().version();
}

std::uint64_t ProjectionRunner::GenerationOf(std::string_view projection) const {
  const std::shared_ptr<ProjectionFold> fold = Find(projection);
  NR_CHECK(fold != nullptr, "the read model is in the catalogue");
  return fold->store().generation();
}

std::vector<v1::ProjectionInfo> ProjectionRunner::info() const {
  std::vector<v1::ProjectionInfo> infos;
  for (const auto& fold : folds()) infos.push_back(fold->info());
  return infos;
}

absl::StatusOr<std::vector<v1::CheckedProjection>> ProjectionRunner::Check() const {
  std::vector<v1::CheckedProjection> all;
  for (const auto& fold : folds()) {
    absl::StatusOr<v1::CheckedProjection> checked = fold->Check();
    if (!checked.ok()) return checked.status();
    all.push_back(*std::move(checked));
  }
  return all;
}

absl::Status ProjectionRunner::status() const {
  for (const auto& fold : folds()) {
    if (absl::Status status = fold->status(); !status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat("read model ", std::string(fold->projection().name()), ": ",
                                       std::string(status.message())));
    }
  }
  return absl::OkStatus();
}

}  // namespace nhanrong::projector
