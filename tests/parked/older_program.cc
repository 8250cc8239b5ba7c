#include "tests/parked/older_program.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "absl/synchronization/notification.h"
#include "projections/catalogue.h"
#include "services/ledger/embedded/embedded_log.h"
#include "services/ledger/follower/ledger_follower.h"
#include "services/node/commits_again.h"
#include "services/projector/runner.h"

namespace nhanrong::parked {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr std::size_t kAtOnce = 200;

// A log with the store that it needs.
class StoppedLog {
 public:
  StoppedLog(const std::string& data, const std::string& ledger)
      : store_({.root = data + "/ledgers"}) {
    auto log = store_.Open(ledger);
    EXPECT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }
  ledger::Log& operator*() { return *log_; }

 private:
  ledger::EmbeddedLogStore store_;
  std::unique_ptr<ledger::Log> log_;
};

}  // namespace

void Append(const std::string& data, const std::string& ledger, const v1::Record& record) {
  StoppedLog log(data, ledger);
  absl::Notification done;
  (*log).Append(record.SerializeAsString(), [&](const absl::StatusOr<Place>& place) {
    EXPECT_TRUE(place.ok()) << place.status();
    done.Notify();
  });
  ASSERT_TRUE(done.WaitForNotificationWithTimeout(kPatience));
}

void FoldWithout(const std::string& data, const std::string& ledger, const std::string& type) {
  StoppedLog log(data, ledger);
  ledger::LedgerFollower follower(*log, {});
  follower.Start();
  ASSERT_TRUE(follower.WaitCaughtUp(kPatience)) << follower.status();
  std::string id;
  {
    absl::MutexLock lock(&follower.mutex());
    const auto& bytes = *follower.admission().ledger_id();
    id.assign(bytes.begin(), bytes.end());
  }
  const auto runner = projector::ProjectionRunner::Open(
      data + "/read-models", ledger, id, projections::MakeAll(), [&type](const v1::Event& event) {
        return event.type() == type ? std::nullopt : domain::FactOf(event);
      });
  ASSERT_TRUE(runner.ok()) << runner.status();
  node::CommitsAgain commits(follower);
  ASSERT_TRUE(commits.SeekTo(Position(0)).ok());
  for (auto some = commits.Next(kAtOnce); !some->empty(); some = commits.Next(kAtOnce)) {
    ASSERT_TRUE((*runner)->Deliver(*some).ok());
  }
}

}  // namespace nhanrong::parked
