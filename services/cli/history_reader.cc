#include "services/cli/history_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <sstream>
#include <utility>

#include "services/cli/client/files.h"

namespace nhanrong::cli {

absl::StatusOr<ResumeFile> ResumeFile::Open(const std::string& path, const std::string& ledger) {
  std::optional<std::uint64_t> last;
  if (const auto text = ReadWholeFile(path); text.ok() && !text->empty()) {
    std::istringstream in(*text);
    std::uint64_t position = 0;
    std::string of_ledger;
    if (!(in >> position >> of_ledger) || of_ledger != ledger) {
      return absl::InvalidArgumentError(path + ": không phải của sổ / not of ledger " + ledger);
    }
    last = position;
  }
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return FileFault(errno, path);
  ResumeFile file(fd, ledger);
  file.last_ = last;
  return file;
}

ResumeFile::ResumeFile(ResumeFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), ledger_(std::move(other.ledger_)), last_(other.last_) {}

ResumeFile::~ResumeFile() {
  if (fd_ < 0) return;
  ::fsync(fd_);
  ::close(fd_);
}

absl::Status ResumeFile::Save(std::uint64_t position) {
  char digits[24];
  std::snprintf(digits, sizeof digits, "%020llu ", static_cast<unsigned long long>(position));
  const std::string line = digits + ledger_ + "\n";
  if (::pwrite(fd_, line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) {
    return FileFault(errno, "resume file");
  }
  last_ = position;
  return absl::OkStatus();
}

HistoryReader::HistoryReader(const Client& client, HistoryOptions options, ResumeFile* resume,
                             Sleep sleep)
    : client_(client), options_(std::move(options)), resume_(resume), sleep_(std::move(sleep)) {
  if (resume_ != nullptr && resume_->last()) GoOnAfter(*resume_->last());
}

void HistoryReader::GoOnAfter(std::uint64_t position) {
  last_ = position;
  options_.range.set_from_position(position + 1);
}

bool HistoryReader::Hand(const v1::HistoryEntry& entry, const OnEntry& on_entry) {
  // Given before the break: never twice, whatever the server sends.
  if (last_ && entry.position() <= *last_) return true;
  local_ = on_entry(entry);
  if (local_.ok() && resume_ != nullptr) local_ = resume_->Save(entry.position());
  GoOnAfter(entry.position());
  ++handed_;
  return local_.ok();
}

Failure HistoryReader::Once(const OnEntry& on_entry, bool& progress) {
  const std::uint64_t before = handed_;
  Failure failure;
  if (options_.follow) {
    v1::FollowRequest request;
    *request.mutable_range() = options_.range;
    failure = client_.Follow(request, [&](const v1::FollowResponse& item) {
      progress = true;
      return !item.has_entry() || Hand(item.entry(), on_entry);
    });
  } else {
    v1::ReadRequest request;
    *request.mutable_range() = options_.range;
    if (options_.commits_max > 0) request.set_commits_max(options_.commits_max - handed_);
    failure = client_.Read(
        request, [&](const v1::ReadResponse& item) { return Hand(item.entry(), on_entry); });
  }
  progress = progress || handed_ > before;
  return failure;
}

Failure HistoryReader::Run(const OnEntry& on_entry) {
  Backoff backoff(options_.backoff, SystemRandomUnit());
  for (;;) {
    bool progress = false;
    Failure failure = Once(on_entry, progress);
    if (!local_.ok()) return MakeFailure(local_.code(), std::string(local_.message()));
    // A Follow that ends well ends with its server.
    const bool again = Ok(failure) ? options_.follow : IsRetryable(failure);
    if (!again) return failure;
    if (options_.commits_max > 0 && handed_ >= options_.commits_max) return {};
    if (progress) backoff.Reset();
    const std::optional<absl::Duration> wait = backoff.Next(RetryDelay(failure));
    if (!wait) return failure;
    sleep_(*wait);
  }
}

}  // namespace nhanrong::cli
