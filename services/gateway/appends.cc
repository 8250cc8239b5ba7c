#include "services/gateway/appends.h"

namespace nhanrong::gateway {
namespace {

// So long a gateway calls itself not ready after a record that the log would not have, where it has
// tried none since: who sends only to what is ready then tries again.
constexpr std::chrono::seconds kRefusalShown{30};

}  // namespace

void Appends::Began() {
  absl::MutexLock lock(&mutex_);
  ++outstanding_;
}

void Appends::Ended(const std::string& leaf, const absl::Status& status) {
  absl::MutexLock lock(&mutex_);
  --outstanding_;
  if (!status.ok()) failures_.emplace_back(leaf, status);
}

bool Appends::Take(absl::Duration limit, Failures& failures) {
  failures.clear();
  absl::MutexLock lock(&mutex_);
  const auto news = [this] { return stopped_ || !failures_.empty(); };
  mutex_.AwaitWithTimeout(absl::Condition(&news), limit);
  failures.swap(failures_);
  return !stopped_;
}

void Appends::Stop() {
  absl::MutexLock lock(&mutex_);
  const auto quiet = [this] { return outstanding_ == 0; };
  mutex_.Await(absl::Condition(&quiet));
  stopped_ = true;
}

void Refusal::Said(const absl::Status& status) {
  status_ = status;
  at_ = std::chrono::steady_clock::now();
}

absl::Status Refusal::lately() const {
  const bool lately = std::chrono::steady_clock::now() - at_ < kRefusalShown;
  return !status_.ok() && lately ? absl::UnavailableError(status_.message()) : absl::OkStatus();
}

}  // namespace nhanrong::gateway
