#include "services/ledger/embedded/embedded_log.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "services/ledger/embedded/published_log.h"
#include "services/ledger/embedded/running_log.h"
#include "services/ledger/embedded/segment_reader.h"
#include "services/ledger/embedded/segment_scan.h"

namespace nhanrong::ledger {
namespace {

absl::Status NoLedgerName(std::string_view name) {
  return absl::InvalidArgumentError("'" + std::string(name) + "' is no ledger name");
}

class EmbeddedLog final : public Log {
 public:
  EmbeddedLog(File lock, std::shared_ptr<PublishedLog> log, LogTail tail,
              GroupWriter::Options options, Files& files)
      : lock_(std::move(lock)),
        log_(log),
        writer_(std::move(log), std::move(tail), options, files) {}

  void Append(std::string record, AppendDone done) override {
    writer_.Append(std::move(record), std::move(done));
  }

  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(Place from) override {
    if (from > log_->end()) {
      return absl::DataLossError("the log in " + log_->directory() + " ends at record " +
                                 std::to_string(log_->end().value()) + ", before record " +
                                 std::to_string(from.value()) + ", which was asked for");
    }
    return std::make_unique<SegmentReader>(log_, from);
  }

  absl::StatusOr<LogBounds> Bounds() override { return LogBounds{Place(0), log_->end()}; }
  absl::Status Writable() const override { return writer_.status(); }

 private:
  const File lock_;
  const std::shared_ptr<PublishedLog> log_;  // shared with readers
  GroupWriter writer_;                       // must be the last field: it ends first
};

}  // namespace

EmbeddedLogStore::EmbeddedLogStore(EmbeddedLogOptions options) : options_(std::move(options)) {}

std::string EmbeddedLogStore::DirectoryOf(std::string_view name) const {
  return options_.root + "/" + std::string(name) + "/log";
}

absl::Status EmbeddedLogStore::Create(std::string_view name) {
  if (!IsLedgerName(name)) return NoLedgerName(name);
  const std::string directory = DirectoryOf(name);
  if (absl::Status status = MakeDirectories(directory); !status.ok()) return status;
  // Any segment: a log that lost its first one is damaged, not absent.
  if (HasSegments(directory)) return absl::AlreadyExistsError("there is a log in " + directory);
  return CreateDurably(directory, PublishedLog::SegmentName(Place(0))).status();
}

absl::StatusOr<std::unique_ptr<Log>> EmbeddedLogStore::Open(std::string_view name) {
  if (!IsLedgerName(name)) return NoLedgerName(name);
  const std::string directory = DirectoryOf(name);
  if (!HasSegments(directory)) return absl::NotFoundError("there is no log in " + directory);
  auto lock = LockDirectory(directory);
  if (!lock.ok()) return lock.status();
  auto log = std::make_shared<PublishedLog>(directory);
  auto tail = OpenSegments(*log, files());
  if (!tail.ok()) return tail.status();
  const GroupWriter::Options options{.segment_bytes = options_.segment_bytes,
                                     .queue_records_max = options_.queue_records_max};
  return std::make_unique<EmbeddedLog>(std::move(*lock), std::move(log), std::move(*tail), options,
                                       files());
}

absl::StatusOr<std::unique_ptr<Log>> EmbeddedLogStore::OpenBesideItsWriter(
    std::string_view name) const {
  if (!IsLedgerName(name)) return NoLedgerName(name);
  return RunningLog::Open(DirectoryOf(name));
}

absl::StatusOr<std::vector<std::string>> EmbeddedLogStore::List() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(options_.root, error)) {
    const std::string name = entry.path().filename().string();
    if (IsLedgerName(name) && HasSegments(DirectoryOf(name))) names.push_back(name);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return ErrnoStatus(error.value(), "list " + options_.root);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace nhanrong::ledger
