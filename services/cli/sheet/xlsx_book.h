// Writes an XLSX workbook of typed cells: the adapter to libxlsxwriter.
//
// Bounded memory: rows go to a temporary file of the library, worksheet after worksheet. The
// workbook stands under its name when Finish has succeeded, whole, and not before; a kill leaves
// the old file. Not thread-safe. Faults: UNKNOWN (disk), OUT_OF_RANGE (too many rows, too long a
// text).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/sheet/sheet.h"

namespace nhanrong::cli {

// Rows of one worksheet, its header included: the format's own bound.
inline constexpr std::uint32_t kXlsxRowsMax = 1'048'576;
// Custom number formats; a workbook may hold a few hundred. Beyond it a quantity becomes text.
inline constexpr std::size_t kXlsxFormatsMax = 150;

struct XlsxColumn {
  std::string title;
  // Characters.
  double width = 16;
  // What a cell may be, offered as a list; empty: anything.
  std::vector<std::string> choices = {};
  // Shown when a cell of the column is chosen; at most 255 characters.
  std::string hint = {};
  // The title is marked.
  bool required = false;
  // What is typed stays as it was typed: no "5/4" becomes a date of this or that country, no code
  // loses its zeros.
  bool as_typed = false;
};

class XlsxBook {
 public:
  enum class Look { kPlain, kExample };

  static absl::StatusOr<std::unique_ptr<XlsxBook>> Create(const std::string& path,
                                                          Language language);
  ~XlsxBook();
  XlsxBook(const XlsxBook&) = delete;
  XlsxBook& operator=(const XlsxBook&) = delete;

  // Begins a worksheet with a header that stays in sight. The name is cut to what the format
  // allows.
  absl::Status BeginSheet(const std::string& name, const std::vector<XlsxColumn>& columns);
  // REQUIRES: a worksheet was begun.
  absl::Status Row(const std::vector<Cell>& cells, Look look = Look::kPlain);
  absl::Status Finish();

 private:
  class Impl;
  explicit XlsxBook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::cli
