#include "services/node/served_ledger.h"

#include <utility>

#include "absl/time/clock.h"

namespace nhanrong::node {
namespace {

// How long a stopping gateway waits for the answers of what it has taken: longer than an append may
// take.
constexpr absl::Duration kDrainLimit = absl::Seconds(15);

}  // namespace

streams::StreamPtr NationalSlot::Find(std::string_view stream) const {
  const gateway::National* national = national_.load();
  return national == nullptr ? nullptr : national->Find(stream);
}

std::optional<gateway::National::Known> NationalSlot::known() const {
  const gateway::National* national = national_.load();
  return national == nullptr ? std::nullopt : national->known();
}

ServedLedger::ServedLedger(std::string name, std::unique_ptr<ledger::Log> log, const Place& place,
                           const Clock& clock, const gateway::National* national)
    : name_(std::move(name)), log_(std::move(log)) {
  follower_ = std::make_unique<ledger::LedgerFollower>(
      *log_, ledger::LedgerFollower::Options{
                 .name = name_, .watermark_path = place.data_dir + "/" + name_ + "/watermark"});
  if (place.roles.answers()) follower_->AddListener(&streams_);
  if (place.roles.gateway) {
    gateway_ = std::make_unique<gateway::LedgerGateway>(
        gateway::LedgerGateway::Parts{*log_, *follower_, streams_, national, clock, place.limits});
    follower_->AddListener(gateway_.get());
  }
  if (place.roles.projector) {
    read_models_ = std::make_unique<ReadModels>(place.data_dir, name_, *follower_);
    follower_->AddListener(read_models_.get());
  }
  as_national_ = std::make_unique<gateway::NationalView>(*follower_, streams_);
  follower_->Start();
  if (place.roles.feed) {
    feed_ = std::make_unique<feed::LedgerFeed>(name_, *follower_, *place.roles.feed->topics,
                                               place.roles.feed->audience);
    feed_->Start();
  }
}

void ServedLedger::Close(absl::Time deadline) {
  if (gateway_) gateway_->Drain(deadline);
  if (read_models_ && read_models_->runner() != nullptr) read_models_->runner()->EndWaits();
}

ServedLedger::~ServedLedger() {
  Close(absl::Now() + kDrainLimit);
  feed_.reset();
  if (read_models_) read_models_->EndResuming();
  follower_->Stop();
  gateway_.reset();
}

bool ServedLedger::simulated_clock() {
  absl::MutexLock lock(&follower_->mutex());
  return follower_->admission().genesis().simulated_clock();
}

absl::Status ServedLedger::readiness() {
  if (absl::Status following = follower_->status(); !following.ok()) return following;
  if (!follower_->caught_up()) return absl::UnavailableError("still reading the log");
  if (gateway_) {
    if (absl::Status writing = gateway_->readiness(); !writing.ok()) return writing;
  }
  if (read_models_) return read_models_->readiness();
  return feed_ && !gateway_ ? feed_->readiness() : absl::OkStatus();
}

}  // namespace nhanrong::node
