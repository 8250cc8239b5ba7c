// A made-up ledger in memory for tests of the feed: commits with classified events, refusals,
// voids.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/ledger/admission/record_kit.h"
#include "services/ledger/follower/ledger_follower.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::feed {

class MadeUpLedger {
 public:
  MadeUpLedger() {
    EXPECT_TRUE(store_.Create("made-up").ok());
    log_ = *store_.Open("made-up");
    Append(ledger::RecordKit(writer_, "genesis").Opens());
    follower_ = std::make_unique<ledger::LedgerFollower>(
        *log_, ledger::LedgerFollower::Options{.name = "made-up"});
    follower_->Start();
  }

  // One commit with an event of each classification, to streams of its own.
  void Commit(const std::vector<v1::Classification>& events) {
    const std::string id = std::to_string(writer_.commits());
    ledger::RecordKit kit(writer_, id);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::string stream = "model/" + id + "-" + std::to_string(i);
      kit.Writes(stream, {}, "event-" + id + "-" + std::to_string(i));
      kit.record().mutable_events()->mutable_events()->rbegin()->set_classification(events[i]);
      kit.record().mutable_events()->mutable_events()->rbegin()->set_type(
          "nhanrong.v1.ModelSubmitted");
    }
    Append(kit);
  }
  void Commits(int count) {
    for (int i = 0; i < count; ++i) Commit({v1::CLASSIFICATION_PUBLIC});
  }
  void Refusal() {
    const std::string id = std::to_string(writer_.commits());
    Append(ledger::RecordKit(writer_, id).Refuses("model/" + id, {}));
  }
  void SwitchRuleVersion(std::uint32_t version) {
    ledger::RecordKit kit(writer_, "switch");
    kit.Writes("ledger/rules", {}).record().set_switches_on_rule_version(version);
    Append(kit);
  }
  void Void() { store_.Control("made-up").AppendOutsider("no record"); }

  // What a reader gets of the commit at this position.
  ledger::LedgerFollower::StoredCommit At(std::uint64_t position) {
    EXPECT_TRUE(follower_->WaitCommits(position + 1, absl::Seconds(10)));
    return follower_->ReadCommits(Position(position), 1)->front();
  }

  void AppendBytes(const std::string& bytes) {
    std::ignore = writer_.Judge(bytes);
    store_.Control("made-up").AppendOutsider(bytes);
  }
  void Append(const ledger::RecordKit& kit) { AppendBytes(kit.Bytes()); }

  ledger::LedgerFollower& follower() { return *follower_; }
  const ledger::Admission& writer() const { return writer_; }
  Id128 id() const { return *writer_.ledger_id(); }

 private:
  ledger::MemoryLogStore store_;
  std::unique_ptr<ledger::Log> log_;
  ledger::Admission writer_;
  std::unique_ptr<ledger::LedgerFollower> follower_;
};

}  // namespace nhanrong::feed
