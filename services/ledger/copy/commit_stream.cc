#include "services/ledger/copy/commit_stream.h"

#include <utility>

#include "absl/time/clock.h"

namespace nhanrong::ledger {
namespace {

// Read at once: about a megabyte, so that memory stays small however long the log is.
constexpr std::size_t kBatchRecords = 1'000;
// One wait for records that are known to be there.
constexpr absl::Duration kReadWait = absl::Seconds(1);
// Between two tries to open a log that cannot be reached.
constexpr absl::Duration kPause = absl::Milliseconds(200);

}  // namespace

absl::Status CommitStream::Load() {
  const absl::Time deadline = absl::Now() + kAwayLimit;
  for (;;) {
    absl::Status loaded = TryToLoad();
    if (!absl::IsUnavailable(loaded) || absl::Now() >= deadline) return loaded;
    if (!reader_) absl::SleepFor(kPause);
  }
}

absl::Status CommitStream::TryToLoad() {
  if (!reader_) {
    auto opened = log_.OpenReader(place_);
    if (!opened.ok()) return opened.status();
    reader_ = *std::move(opened);
  }
  auto batch = reader_->Read(kBatchRecords, kReadWait);
  if (!batch.ok()) return batch.status();
  if (batch->empty()) return absl::UnavailableError("the log does not answer");
  batch_ = *std::move(batch);
  batch_given_ = 0;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<CommitStream::One>> CommitStream::Next(Place end) {
  while (place_ < end) {
    if (batch_given_ == batch_.size()) {
      if (absl::Status loaded = Load(); !loaded.ok()) return loaded;
    }
    LogRecord& record = batch_[batch_given_];
    if (record.place >= end) break;  // the places before it are empty
    ++batch_given_;
    place_ = record.place.next();
    Verdict verdict = admission_.Judge(record.bytes);
    if (const auto* stop = std::get_if<Stop>(&verdict)) return absl::DataLossError(stop->why);
    if (const auto* commit = std::get_if<Commit>(&verdict)) {
      return One{commit->position, std::move(record.bytes)};
    }
    ++voids_;
  }
  return std::nullopt;
}

}  // namespace nhanrong::ledger
