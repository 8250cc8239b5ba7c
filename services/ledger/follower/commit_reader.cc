#include "services/ledger/follower/commit_reader.h"

#include <algorithm>
#include <utility>

namespace nhanrong::ledger {
namespace {

// How long reading known commits again waits for the log.
constexpr absl::Duration kReadAgainWait = absl::Seconds(5);

}  // namespace

absl::StatusOr<std::vector<CommitReader::StoredCommit>> CommitReader::Read(
    std::size_t commits_max) {
  std::vector<StoredCommit> commits;
  std::vector<std::uint64_t> places;
  {
    absl::MutexLock lock(&follower_.mutex_);
    const std::uint64_t end =
        std::min<std::uint64_t>(follower_.places_.size(), next_ + commits_max);
    for (std::uint64_t at = next_; at < end; ++at) {
      places.push_back(follower_.places_[at]);
      commits.push_back({Position(at), absl::FromUnixMicros(follower_.recorded_micros_[at]), {}});
    }
  }
  if (commits.empty()) return commits;
  if (absl::Status read = ReadBytes(places, commits); !read.ok()) {
    reader_.reset();
    return read;
  }
  next_ += commits.size();
  return commits;
}

absl::Status CommitReader::ReadBytes(const std::vector<std::uint64_t>& places,
                                     std::vector<StoredCommit>& commits) {
  if (!reader_) {
    auto opened = follower_.log_.OpenReader(Place(places.front()));
    if (!opened.ok()) return opened.status();
    reader_ = *std::move(opened);
  }
  std::size_t filled = 0;
  while (filled < commits.size()) {
    auto batch = reader_->Read(places.back() - places[filled] + 1, kReadAgainWait);
    if (!batch.ok()) return batch.status();
    if (batch->empty()) return absl::UnavailableError("the log does not answer");
    for (LogRecord& record : *batch) {
      if (filled < commits.size() && record.place.value() == places[filled]) {
        commits[filled++].bytes = std::move(record.bytes);
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace nhanrong::ledger
