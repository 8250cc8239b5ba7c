// What the program's exit code means: one table, printed by --help and read by scripts.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace nhanrong::cli {

enum class ExitCode : int {
  kOk = 0,
  kUsage = 1,
  kRefused = 2,
  kInvalid = 3,
  kNotAllowed = 4,
  kUnavailable = 5,
  kConflict = 6,
  kNotFound = 7,
  kLocal = 8,
  kInternal = 9,
};

struct ExitCodeRow {
  ExitCode code;
  std::string_view vi;
  std::string_view en;
};

// In order of importance within a run of many lines: the highest code that occurred is the answer
// of `import`.
inline constexpr std::array<ExitCodeRow, 10> kExitCodes = {{
    {ExitCode::kOk, "xong", "done"},
    {ExitCode::kUsage, "dòng lệnh sai", "wrong command line"},
    {ExitCode::kRefused, "quy tắc nghiệp vụ từ chối (đã ghi sổ)",
     "refused by a domain rule (recorded)"},
    {ExitCode::kInvalid, "dữ liệu vào không hợp lệ", "invalid input"},
    {ExitCode::kNotAllowed, "chưa xác thực hoặc không được phép",
     "not authenticated or not allowed"},
    {ExitCode::kUnavailable, "máy chủ không trả lời, chưa rõ kết quả: gửi lại cùng mã",
     "no answer, outcome unknown: send the same id again"},
    {ExitCode::kConflict, "mã, hoặc đích của lệnh chép, đã có nội dung khác",
     "the id, or the target of a copy, has another content"},
    {ExitCode::kNotFound, "không tìm thấy", "not found"},
    {ExitCode::kLocal, "không đọc hoặc ghi được tệp trên máy này",
     "a local file cannot be read or written"},
    {ExitCode::kInternal, "lỗi của máy chủ hoặc chương trình",
     "a fault of the server or of this program"},
}};

// "Mã thoát / Exit codes: …", one line each.
inline std::string ExitCodesText() {
  std::string text = "Mã thoát / Exit codes:\n";
  for (const ExitCodeRow& row : kExitCodes) {
    text += "  " + std::to_string(static_cast<int>(row.code)) + "  ";
    text += std::string(row.vi) + " / " + std::string(row.en) + "\n";
  }
  return text;
}

}  // namespace nhanrong::cli
