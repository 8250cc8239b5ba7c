#include "services/node/resumptions.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::node {
namespace {

bool IsOpen(const v1::Resumption& resumption) {
  return resumption.state() == v1::RESUMPTION_STATE_WAITING ||
         resumption.state() == v1::RESUMPTION_STATE_FOLDING;
}

bool Waits(const std::pair<const std::string, v1::Resumption>& one) {
  return one.second.state() == v1::RESUMPTION_STATE_WAITING;
}

}  // namespace

void Resumptions::Ask(const std::vector<std::string>& projections) {
  absl::MutexLock lock(&mutex_);
  if (stopping_) return;
  for (const std::string& projection : projections) {
    v1::Resumption& resumption = all_[projection];
    if (IsOpen(resumption)) continue;
    resumption.Clear();
    resumption.set_state(v1::RESUMPTION_STATE_WAITING);
    *resumption.mutable_asked_at() = domain::StampOf(absl::Now());
  }
  if (!thread_.joinable()) thread_ = std::jthread([this] { Run(); });
}

std::optional<v1::Resumption> Resumptions::Of(const std::string& projection) const {
  absl::MutexLock lock(&mutex_);
  const auto found = all_.find(projection);
  return found == all_.end() ? std::nullopt : std::optional(found->second);
}

void Resumptions::Stop() {
  std::jthread ending;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    ending = std::move(thread_);
  }
  if (ending.joinable()) ending.join();
}

void Resumptions::Run() {
  for (std::string next = Next(); !next.empty(); next = Next()) FoldOne(next);
}

std::string Resumptions::Next() {
  absl::MutexLock lock(&mutex_);
  const auto due = [this] {
    mutex_.AssertReaderHeld();
    return stopping_ || std::any_of(all_.begin(), all_.end(), Waits);
  };
  mutex_.Await(absl::Condition(&due));
  if (stopping_) return {};
  const auto next = std::find_if(all_.begin(), all_.end(), Waits);
  next->second.set_state(v1::RESUMPTION_STATE_FOLDING);
  return next->first;
}

bool Resumptions::Note(const std::string& projection, std::uint64_t commits) {
  absl::MutexLock lock(&mutex_);
  all_[projection].set_commits(commits);
  return !stopping_;
}

void Resumptions::FoldOne(const std::string& projection) {
  spdlog::info("ledger {}: folding parked streams of {} again", ledger_, projection);
  const auto released =
      fold_(projection, [&](std::uint64_t commits) { return Note(projection, commits); });
  if (released.ok()) {
    spdlog::info("ledger {}: {} streams of {} are parked no more", ledger_, *released, projection);
  } else {
    spdlog::error("ledger {}: parked streams of {} were not folded again: {}", ledger_, projection,
                  released.status().ToString());
  }
  absl::MutexLock lock(&mutex_);
  v1::Resumption& resumption = all_[projection];
  *resumption.mutable_ended_at() = domain::StampOf(absl::Now());
  resumption.set_state(released.ok() ? v1::RESUMPTION_STATE_DONE : v1::RESUMPTION_STATE_FAILED);
  resumption.set_released_streams(released.value_or(0));
  if (!released.ok()) resumption.set_failure(std::string(released.status().message()));
}

}  // namespace nhanrong::node
