#include "services/node/node.h"

#include <spdlog/spdlog.h>

#include <filesystem>
#include <utility>

#include "absl/synchronization/notification.h"

namespace nhanrong::node {
namespace {

// A ledger that another process made is found at the latest after this time.
constexpr absl::Duration kLookInterval = absl::Seconds(1);
// Time for a new ledger's first record to be durable and folded.
constexpr absl::Duration kGenesisLimit = absl::Seconds(30);

absl::Status AppendAndWait(ledger::Log& log, std::string record) {
  struct Shared {
    absl::Notification done;
    absl::Status status;
  };
  auto shared =
      std::make_shared<Shared>();  // shared with the log, which may answer after the limit
  log.Append(std::move(record), [shared](const absl::StatusOr<Place>& place) {
    shared->status = place.status();
    shared->done.Notify();
  });
  if (!shared->done.WaitForNotificationWithTimeout(kGenesisLimit)) {
    return absl::DeadlineExceededError("the log did not take the first record in time");
  }
  return shared->status;
}

}  // namespace

Node::Node(ledger::LogStore& store, const Clock& clock, ServedLedger::Place place)
    : store_(store), clock_(clock), place_(std::move(place)) {}

Node::~Node() { Stop(); }

absl::StatusOr<ServedLedger*> Node::Open(const std::string& name) {
  auto log = store_.Open(name);
  if (!log.ok()) return log.status();
  std::error_code error;
  std::filesystem::create_directories(place_.data_dir + "/" + name, error);
  if (error) {
    return absl::UnavailableError("cannot make " + place_.data_dir + "/" + name + ": " +
                                  error.message());
  }
  const bool is_national = name == kNational;
  auto served = std::make_unique<ServedLedger>(name, *std::move(log), place_, clock_,
                                               is_national ? nullptr : &national_);
  if (is_national) national_.Set(&served->as_national());
  spdlog::info("serving ledger {}", name);
  return (ledgers_[name] = std::move(served)).get();
}

absl::Status Node::OpenAll() {
  const auto names = store_.List();
  if (!names.ok()) return names.status();
  absl::MutexLock lock(&mutex_);
  for (const std::string& name : *names) {
    if (auto opened = Open(name); !opened.ok()) return opened.status();
  }
  return absl::OkStatus();
}

void Node::LookForNew() {
  const absl::Time now = absl::Now();
  if (now - looked_at_ < kLookInterval) return;
  looked_at_ = now;
  const auto names = store_.List();
  if (!names.ok()) return;
  for (const std::string& name : *names) {
    if (ledgers_.contains(name)) continue;
    if (auto opened = Open(name); !opened.ok()) {
      spdlog::error("ledger {}: {}", name, opened.status().ToString());
    }
  }
}

ServedLedger* Node::Find(std::string_view name) {
  absl::MutexLock lock(&mutex_);
  auto found = ledgers_.find(name);
  if (found == ledgers_.end()) {
    LookForNew();
    found = ledgers_.find(name);
  }
  return found == ledgers_.end() ? nullptr : found->second.get();
}

std::vector<ServedLedger*> Node::All() {
  absl::MutexLock lock(&mutex_);
  LookForNew();
  std::vector<ServedLedger*> all;
  for (auto& [name, served] : ledgers_) all.push_back(served.get());
  return all;
}

absl::StatusOr<ServedLedger*> Node::Create(const gateway::GenesisPlan& plan) {
  if (absl::Status created = store_.Create(plan.ledger_name); !created.ok()) return created;
  auto log = store_.Open(plan.ledger_name);
  if (!log.ok()) return log.status();
  const std::string record = gateway::GenesisRecord(plan).SerializeAsString();
  if (absl::Status appended = AppendAndWait(**log, record); !appended.ok()) return appended;
  log->reset();
  ServedLedger* served = nullptr;
  {
    absl::MutexLock lock(&mutex_);
    auto opened = Open(plan.ledger_name);
    if (!opened.ok()) return opened.status();
    served = *opened;
  }
  if (!served->follower().WaitCommits(1, kGenesisLimit)) {
    return absl::DeadlineExceededError("the new ledger could not be read in time");
  }
  return served;
}

void Node::Close(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  for (auto& [name, served] : ledgers_) served->Close(deadline);
}

void Node::Stop() {
  absl::MutexLock lock(&mutex_);
  for (auto& [name, served] : ledgers_) {
    if (name != kNational) served.reset();
  }
  national_.Set(nullptr);
  ledgers_.clear();
}

}  // namespace nhanrong::node
