#include "services/cli/sheet_reader/raw_sheet.h"

#include <filesystem>
#include <fstream>

#include "services/cli/client/files.h"
#include "services/cli/sheet_reader/raw_file_forms.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
// Compound files: .xls, and .xlsx under a password.
constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0";

std::string Beginning(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(kZip.size(), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RawFile>> OpenRawFile(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return absl::NotFoundError(path + ": " + error.message());
  if (size > kFileBytesMax) {
    return absl::InvalidArgumentError(path +
                                      ": tệp quá 64 MiB: chia thành nhiều tệp / more than "
                                      "64 MiB: split the file");
  }
  const std::string beginning = Beginning(path);
  if (beginning == kZip) return OpenXlsx(path);
  if (beginning == kCompound) {
    return absl::InvalidArgumentError(
        path +
        ": tệp .xls cũ hoặc tệp có mật khẩu: lưu thành .xlsx không mật khẩu / an old .xls or a "
        "file with a password: save it as .xlsx without one");
  }
  const absl::StatusOr<std::string> bytes = ReadWholeFile(path);
  if (!bytes.ok()) return bytes.status();
  return OpenCsv(*bytes);
}

}  // namespace nhanrong::cli
