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

bool IsPassing(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

Node::Node(ledger::LogStore& store, const Clock& clock, ServedLedger::Place place)
    : store_(store), clock_(clock), place_(std::move(place)) {}

Node::~Node() { Stop(); }

absl::Status Node::Start() {
  absl::Status opened = OpenNew();
  if (!opened.ok() && !IsPassing(opened)) return opened;
  looking_ = std::jthread([this] { KeepLooking(); });
  return absl::OkStatus();
}

void Node::KeepLooking() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLookInterval);
      if (stopping_) return;
    }
    if (const absl::Status opened = OpenNew(); !opened.ok() && !IsPassing(opened)) {
      spdlog::error("a new ledger cannot be served: {}", std::string(opened.message()));
    }
  }
}

absl::Status Node::OpenNew() {
  absl::MutexLock one(&opening_);
  const auto names = store_.List();
  absl::Status status = names.status();
  for (const std::string& name : names.ok() ? *names : std::vector<std::string>()) {
    if (Find(name) != nullptr) continue;
    if (auto opened = Open(name); !opened.ok() && status.ok()) status = opened.status();
  }
  absl::MutexLock lock(&mutex_);
  store_status_ = status;
  has_all_ |= status.ok();
  return status;
}

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
  absl::MutexLock lock(&mutex_);
  return (ledgers_[name] = std::move(served)).get();
}

ServedLedger* Node::Find(std::string_view name) {
  absl::MutexLock lock(&mutex_);
  const auto found = ledgers_.find(name);
  return found == ledgers_.end() ? nullptr : found->second.get();
}

std::vector<ServedLedger*> Node::All() {
  absl::MutexLock lock(&mutex_);
  std::vector<ServedLedger*> all;
  for (auto& [name, served] : ledgers_) all.push_back(served.get());
  return all;
}

bool Node::has_all() const {
  absl::MutexLock lock(&mutex_);
  return has_all_;
}

absl::Status Node::store_status() const {
  absl::MutexLock lock(&mutex_);
  return store_status_;
}

absl::StatusOr<ServedLedger*> Node::Create(const gateway::GenesisPlan& plan) {
  absl::MutexLock one(&opening_);
  const absl::Status created = store_.Create(plan.ledger_name);
  if (!created.ok() && !absl::IsAlreadyExists(created)) return created;
  ServedLedger* served = Find(plan.ledger_name);
  if (served == nullptr) {
    auto opened = Open(plan.ledger_name);
    if (!opened.ok()) return opened.status();
    served = *opened;
  }
  if (!served->follower().WaitCaughtUp(kGenesisLimit)) {
    const absl::Status fault = served->follower().status();
    return fault.ok() ? absl::DeadlineExceededError("the log could not be read in time") : fault;
  }
  if (served->follower().counters().commits > 0) {
    return absl::AlreadyExistsError("ledger " + plan.ledger_name + " exists");
  }
  const std::string record = gateway::GenesisRecord(plan).SerializeAsString();
  if (absl::Status appended = AppendAndWait(served->log(), record); !appended.ok()) return appended;
  if (!served->follower().WaitCommits(1, kGenesisLimit)) {
    return absl::DeadlineExceededError("the new ledger could not be read in time");
  }
  // Another process may have opened it in the same moment: the first genesis counts.
  absl::MutexLock lock(&served->follower().mutex());
  if (*served->follower().admission().ledger_id() != plan.ledger_id) {
    return absl::AlreadyExistsError("ledger " + plan.ledger_name + " was made by another process");
  }
  return served;
}

void Node::Close(absl::Time deadline) {
  for (ServedLedger* served : All()) served->Close(deadline);
}

void Node::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (looking_.joinable()) looking_.join();
  absl::MutexLock lock(&mutex_);
  for (auto& [name, served] : ledgers_) {
    if (name != kNational) served.reset();
  }
  national_.Set(nullptr);
  ledgers_.clear();
}

}  // namespace nhanrong::node
