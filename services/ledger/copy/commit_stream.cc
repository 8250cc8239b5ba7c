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
  absl::Status fault = absl::UnavailableError("the log does not answer");
  while (absl::Now() < deadline) {
    if (!reader_) {
      auto opened = log_.OpenReader(place_);
      if (opened.ok()) {
        reader_ = *std::move(opened);
      } else if (!absl::IsUnavailable(fault = opened.status())) {
        return fault;
      } else {
        absl::SleepFor(kPause);
        continue;
      }
    }
    auto batch = reader_->Read(kBatchRecords, kReadWait);
    if (!batch.ok() && !absl::IsUnavailable(batch.status())) return batch.status();
    if (!batch.ok()) fault = batch.status();
    if (!batch.ok() || batch->empty()) continue;
    batch_ = *std::move(batch);
    batch_given_ = 0;
    return absl::OkStatus();
  }
  return fault;
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
