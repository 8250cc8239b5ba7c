// `national` as another ledger's gateway sees it.
#pragma once

#include "services/gateway/decision_world.h"

namespace nhanrong::gateway {

class NationalView final : public National {
 public:
  // Both must outlive the view.
  NationalView(ledger::LedgerFollower& follower, const streams::StreamTable& streams)
      : follower_(follower), streams_(streams) {}

  streams::StreamPtr Find(std::string_view stream) const override {
    absl::MutexLock lock(&follower_.mutex());
    return streams_.Find(stream);
  }
  std::optional<Known> known() const override {
    absl::MutexLock lock(&follower_.mutex());
    const ledger::Admission& admission = follower_.admission();
    if (!admission.ledger_id()) return std::nullopt;
    return Known{*admission.ledger_id(), admission.commits()};
  }

 private:
  ledger::LedgerFollower& follower_;
  const streams::StreamTable& streams_;
};

}  // namespace nhanrong::gateway
