// One ledger in one process, with the roles that the process has: its log, its follower, its
// streams, and its gateway or its read models or both.
//
// Threads: everything is thread-safe. The parts live as long as the ledger is served.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "services/base/clock.h"
#include "services/feed/ledger_feed.h"
#include "services/gateway/ledger_gateway.h"
#include "services/gateway/national_view.h"
#include "services/ledger/follower/ledger_follower.h"
#include "services/ledger/log_engine.h"
#include "services/node/read_models.h"
#include "services/streams/stream_table.h"

namespace nhanrong::node {

// Publishes events to topics of others.
struct FeedRole {
  feed::EventTopics* topics;  // outlives the node
  feed::Audience audience;
};

struct Roles {
  bool gateway = true;
  bool projector = true;
  std::optional<FeedRole> feed = std::nullopt;

  // A process that only publishes answers no calls.
  bool answers() const { return gateway || projector; }
};

// `national` for the others: empty until it is served.
class NationalSlot final : public gateway::National {
 public:
  void Set(const gateway::National* national) { national_.store(national); }
  streams::StreamPtr Find(std::string_view stream) const override;
  std::optional<Known> known() const override;

 private:
  std::atomic<const gateway::National*> national_{nullptr};
};

class ServedLedger {
 public:
  struct Place {
    std::string data_dir;  // read models and watermark of this process
    Roles roles;
    gateway::AgencyLimits limits = {};
  };

  // Starts to follow. `national`: null on `national` itself.
  ServedLedger(std::string name, std::unique_ptr<ledger::Log> log, const Place& place,
               const Clock& clock, const gateway::National* national);
  // Takes nothing new, answers what is held.
  void Close(absl::Time deadline);
  // Stops in the order: gateway (what it holds is answered), feed, follower, read models, log.
  ~ServedLedger();

  const std::string& name() const { return name_; }
  ledger::Log& log() { return *log_; }
  ledger::LedgerFollower& follower() { return *follower_; }
  const streams::StreamTable& streams() const { return streams_; }
  // Null where the process has no such role.
  gateway::LedgerGateway* gateway() { return gateway_.get(); }
  ReadModels* read_models() { return read_models_.get(); }
  feed::LedgerFeed* feed() { return feed_.get(); }
  const gateway::National& as_national() const { return *as_national_; }
  bool simulated_clock();
  // OK when it follows, folds and, with a gateway, can write; else what is wrong. A feed is part of
  // it only where there is nothing else: one that fails keeps neither submissions nor queries away.
  absl::Status readiness();

 private:
  const std::string name_;
  const std::unique_ptr<ledger::Log> log_;
  streams::StreamTable streams_;
  std::unique_ptr<ReadModels> read_models_;
  std::unique_ptr<ledger::LedgerFollower> follower_;
  std::unique_ptr<gateway::LedgerGateway> gateway_;
  std::unique_ptr<gateway::NationalView> as_national_;
  std::unique_ptr<feed::LedgerFeed> feed_;
};

}  // namespace nhanrong::node
