#include "services/ledger/memory/memory_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/base/check.h"
#include "services/ledger/memory/memory_log_state.h"

namespace nhanrong::ledger {
namespace {

absl::Status Unknown() { return absl::UnavailableError("the append is neither known nor refused"); }

}  // namespace

MemoryLogControl::MemoryLogControl(std::shared_ptr<MemoryLogState> state)
    : state_(std::move(state)) {}

void MemoryLogControl::Hold() {
  const std::lock_guard lock(state_->mutex);
  state_->holding = true;
}

void MemoryLogControl::Resume() {
  const std::lock_guard lock(state_->mutex);
  state_->holding = false;
  while (!state_->pending.empty()) {
    auto append = state_->Take(state_->pending.begin()->first);
    state_->Answer(append, state_->Keep(std::move(append.bytes)));
  }
}

std::vector<PendingAppend> MemoryLogControl::Pending() const {
  const std::lock_guard lock(state_->mutex);
  std::vector<PendingAppend> pending;
  for (const auto& [number, append] : state_->pending) pending.push_back({number, append.bytes});
  return pending;
}

Place MemoryLogControl::Release(AppendNumber number) {
  const std::lock_guard lock(state_->mutex);
  auto append = state_->Take(number);
  const Place place = state_->Keep(std::move(append.bytes));
  state_->Answer(append, place);
  return place;
}

void MemoryLogControl::Drop(AppendNumber number) {
  const std::lock_guard lock(state_->mutex);
  auto append = state_->Take(number);
  state_->Answer(append, Unknown());
}

Place MemoryLogControl::Duplicate(AppendNumber number) {
  const std::lock_guard lock(state_->mutex);
  auto append = state_->Take(number);
  const Place place = state_->Keep(append.bytes);
  state_->Keep(std::move(append.bytes));
  state_->Answer(append, place);
  return place;
}

Place MemoryLogControl::FailFalsely(AppendNumber number) {
  const std::lock_guard lock(state_->mutex);
  auto append = state_->Take(number);
  const Place place = state_->Keep(std::move(append.bytes));
  state_->Answer(append, Unknown());
  return place;
}

void MemoryLogControl::TimeOut(AppendNumber number) {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->pending.find(number);
  NR_CHECK(found != state_->pending.end(), "no pending append of this number");
  state_->Answer(found->second, Unknown());
}

void MemoryLogControl::DropAll() {
  const std::lock_guard lock(state_->mutex);
  while (!state_->pending.empty()) {
    auto append = state_->Take(state_->pending.begin()->first);
    state_->Answer(append, Unknown());
  }
}

void MemoryLogControl::SetReachable(bool reachable) {
  const std::lock_guard lock(state_->mutex);
  state_->reachable = reachable;
  state_->changed.notify_all();
}

void MemoryLogControl::Truncate(Place end) {
  const std::lock_guard lock(state_->mutex);
  auto& [first_place, end_place] = state_->bounds;
  NR_CHECK(end <= end_place, "a truncation makes a log shorter");
  end_place = end;
  first_place = std::min(first_place, end);
  std::erase_if(state_->records, [&](const LogRecord& record) { return record.place >= end; });
  state_->changed.notify_all();
}

void MemoryLogControl::TrimStart(Place first) {
  const std::lock_guard lock(state_->mutex);
  NR_CHECK(first <= state_->bounds.end, "a log starts before its end");
  state_->bounds.first = first;
  std::erase_if(state_->records, [&](const LogRecord& record) { return record.place < first; });
  state_->changed.notify_all();
}

Place MemoryLogControl::AppendOutsider(std::string bytes) {
  const std::lock_guard lock(state_->mutex);
  return state_->Keep(std::move(bytes));
}

void MemoryLogControl::SkipPlaces(std::uint64_t count) {
  const std::lock_guard lock(state_->mutex);
  state_->bounds.end = Place(state_->bounds.end.value() + count);
}

class MemoryLogStore::Logs {
 public:
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<MemoryLogState>, std::less<>> by_name;
};

MemoryLogStore::MemoryLogStore(Callbacks callbacks)
    : callbacks_(callbacks),
      logs_(std::make_unique<Logs>()),
      queue_(std::make_unique<CallbackQueue>(callbacks == Callbacks::kFromOwnThread)) {}

MemoryLogStore::~MemoryLogStore() = default;

absl::Status MemoryLogStore::Create(std::string_view name) {
  if (!IsLedgerName(name)) return absl::InvalidArgumentError("not a ledger name");
  const std::lock_guard lock(logs_->mutex);
  auto& state = logs_->by_name[std::string(name)];
  if (state) return absl::AlreadyExistsError("ledger " + std::string(name) + " exists");
  state = std::make_shared<MemoryLogState>(*queue_);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Log>> MemoryLogStore::Open(std::string_view name) {
  if (!IsLedgerName(name)) return absl::InvalidArgumentError("not a ledger name");
  const std::lock_guard lock(logs_->mutex);
  const auto found = logs_->by_name.find(name);
  if (found == logs_->by_name.end()) {
    return absl::NotFoundError("no ledger " + std::string(name));
  }
  return MakeMemoryLog(found->second);
}

absl::StatusOr<std::vector<std::string>> MemoryLogStore::List() {
  const std::lock_guard lock(logs_->mutex);
  std::vector<std::string> names;
  for (const auto& [name, state] : logs_->by_name) names.push_back(name);
  return names;
}

std::optional<std::string> MemoryLogStore::WeakerGuarantee() const {
  return "the log is in memory: nothing survives the end of this process";
}

MemoryLogControl MemoryLogStore::Control(std::string_view name) {
  const std::lock_guard lock(logs_->mutex);
  const auto found = logs_->by_name.find(name);
  NR_CHECK(found != logs_->by_name.end(), "no log of this name");
  return MemoryLogControl(found->second);
}

std::size_t MemoryLogStore::RunCallbacks() {
  NR_CHECK(callbacks_ == Callbacks::kWhenRun, "this store has a thread for its callbacks");
  return queue_->RunAll();
}

}  // namespace nhanrong::ledger
