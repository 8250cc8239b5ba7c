#include "services/cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"

namespace nhanrong::cli {
namespace {

absl::Status ToStandardOutput(std::string_view bytes) {
  return Print(bytes) ? absl::OkStatus() : absl::DataLossError("không in được / cannot print");
}

absl::Status ToStandardError(std::string_view text) {
  PrintError(text);
  return absl::OkStatus();
}

// A file that gets its name when it is whole.
class NewFile {
 public:
  explicit NewFile(const std::string& path)
      : path_(path), temporary_(path + ".tmp-" + ToHex(RandomBytes(4))) {
    file_ = std::fopen(temporary_.c_str(), "wbxe");
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    std::remove(temporary_.c_str());
  }

  bool opened() const { return file_ != nullptr; }
  absl::Status Write(std::string_view bytes) {
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size();
    return written ? absl::OkStatus() : absl::ErrnoToStatus(errno, path_);
  }
  absl::Status Finish() {
    const bool synced = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
    if (!synced || std::rename(temporary_.c_str(), path_.c_str()) != 0) {
      return absl::ErrnoToStatus(errno, path_);
    }
    return absl::OkStatus();
  }

 private:
  const std::string path_;
  const std::string temporary_;
  std::FILE* file_;
};

absl::StatusOr<CsvTarget> CsvFile(const std::string& path) {
  // Shared by the two functions of the target.
  const auto file = std::make_shared<NewFile>(path);
  if (!file->opened()) return absl::ErrnoToStatus(errno, path);
  return CsvTarget{[file](std::string_view bytes) { return file->Write(bytes); }, ToStandardError,
                   [file] { return file->Finish(); }};
}

}  // namespace

absl::Status PrintText(const Session& session, const std::string& text) {
  return session.output_file.empty() ? ToStandardOutput(text)
                                     : ReplaceFile(session.output_file, text);
}

absl::StatusOr<std::unique_ptr<SheetSink>> OpenSheetSink(const Session& session) {
  if (session.form == OutputForm::kXlsx) return MakeXlsxSink(session.output_file, session.language);
  if (session.output_file.empty()) {
    return MakeCsvSink({ToStandardOutput, ToStandardError}, session.language);
  }
  auto file = CsvFile(session.output_file);
  if (!file.ok()) return file.status();
  return MakeCsvSink(*std::move(file), session.language);
}

absl::Status PrintReport(const Session& session, const Report& report) {
  if (session.form == OutputForm::kTable) {
    return PrintText(session, ReportText(report, session.language));
  }
  auto sink = OpenSheetSink(session);
  if (!sink.ok()) return sink.status();
  return WriteReport(report, **sink);
}

}  // namespace nhanrong::cli
