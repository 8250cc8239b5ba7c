#include "services/cli/sheet/xlsx_book.h"

#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "services/cli/sheet/xlsx_format.h"

namespace nhanrong::cli {
namespace {

constexpr std::size_t kSheetNameMax = 31;  // characters, by the format
constexpr char kChoicesSheet[] = "Danh mục";
// Rows for which the template offers lists: more than a person types.
constexpr lxw_row_t kChoiceRows = 20'000;

absl::Status StatusOf(lxw_error error) {
  if (error == LXW_NO_ERROR) return absl::OkStatus();
  const std::string words = lxw_strerror(error);
  const bool range = error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ||
                     error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED;
  if (range) return absl::OutOfRangeError("XLSX: " + words + " (1.048.576 dòng, 32.767 ký tự)");
  return absl::UnknownError("XLSX: " + words);
}

// Without the characters that a worksheet's name may not hold, and not longer than it may be.
std::string SheetName(const std::string& name) {
  std::string made;
  std::size_t characters = 0;
  for (const char c : name) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++characters > kSheetNameMax) break;
    made += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return made;
}

absl::Status MakeDurable(const std::string& from, const std::string& to) {
  const int fd = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, from);
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced || std::rename(from.c_str(), to.c_str()) != 0) return absl::ErrnoToStatus(errno, to);
  return absl::OkStatus();
}

}  // namespace

class XlsxBook::Impl {
 public:
  Impl(std::string path, Language language)
      : path_(std::move(path)),
        temporary_(path_ + ".tmp-" + ToHex(RandomBytes(4))),
        language_(language) {
    lxw_workbook_options options = {};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(temporary_.c_str(), &options);
    if (book_ == nullptr) return;
    header_ = Make([](lxw_format* format) {
      format_set_bold(format);
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
      format_set_bg_color(format, 0xDDEBF7);
      format_set_border(format, LXW_BORDER_THIN);
    });
    required_ = Make([](lxw_format* format) {
      format_set_bold(format);
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
      format_set_bg_color(format, 0xFCE4D6);
      format_set_border(format, LXW_BORDER_THIN);
    });
  }
  ~Impl() {
    if (book_ != nullptr) std::ignore = workbook_close(book_);  // what is given up is not kept
    std::remove(temporary_.c_str());
  }
  bool opened() const { return book_ != nullptr; }

  absl::Status BeginSheet(const std::string& name, const std::vector<XlsxColumn>& columns) {
    sheet_ = workbook_add_worksheet(book_, SheetName(name).c_str());
    if (sheet_ == nullptr) return absl::UnknownError("XLSX: " + name);
    row_ = 0;
    look_ = Look::kPlain;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto column = static_cast<lxw_col_t>(c);
      worksheet_set_column(sheet_, column, column, columns[c].width,
                           columns[c].as_typed ? FormatOf("@") : nullptr);
      const lxw_error error = worksheet_write_string(sheet_, 0, column, columns[c].title.c_str(),
                                                     columns[c].required ? required_ : header_);
      if (error != LXW_NO_ERROR) return StatusOf(error);
      Offer(column, columns[c]);
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    row_ = 1;
    return absl::OkStatus();
  }

  absl::Status Row(const std::vector<Cell>& cells, Look look) {
    NR_CHECK(sheet_ != nullptr, "a worksheet was begun");
    look_ = look;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const lxw_error error = Write(static_cast<lxw_col_t>(c), cells[c]);
      if (error != LXW_NO_ERROR) return StatusOf(error);
    }
    ++row_;
    return absl::OkStatus();
  }

  absl::Status Finish() {
    WriteChoices();
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) return StatusOf(error);
    return MakeDurable(temporary_, path_);
  }

 private:
  template <typename Set>
  lxw_format* Make(const Set& set) {
    lxw_format* format = workbook_add_format(book_);
    set(format);
    return format;
  }

  // A format of a number's form and the row's look; null: there are too many.
  lxw_format* FormatOf(const std::string& number_format) {
    const auto key = std::make_pair(number_format, look_);
    const auto known = formats_.find(key);
    if (known != formats_.end()) return known->second;
    if (formats_.size() >= kXlsxFormatsMax) return nullptr;
    lxw_format* made = Make([&](lxw_format* format) {
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
      if (!number_format.empty()) format_set_num_format(format, number_format.c_str());
      if (look_ == Look::kPlain) return;
      format_set_italic(format);
      format_set_font_color(format, LXW_COLOR_GRAY);
    });
    return formats_[key] = made;
  }

  lxw_error Write(lxw_col_t column, const Cell& cell) {
    if (std::holds_alternative<std::monostate>(cell)) return LXW_NO_ERROR;
    if (const std::optional<XlsxNumber> number = NumberOf(cell, language_)) {
      if (lxw_format* format = FormatOf(number->format)) {
        return worksheet_write_number(sheet_, row_, column, number->value, format);
      }
    }
    return worksheet_write_string(sheet_, row_, column, CellText(cell, language_).c_str(),
                                  FormatOf("@"));
  }

  // The list itself stands on a sheet of its own: a list within the rule is cut at 255 characters.
  void Offer(lxw_col_t column, const XlsxColumn& told) {
    if (told.choices.empty() && told.hint.empty()) return;
    lxw_data_validation rule = {};
    rule.validate = LXW_VALIDATION_TYPE_ANY;
    rule.ignore_blank = LXW_VALIDATION_ON;
    std::string formula;
    if (!told.choices.empty()) {
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      // Other ways to write the same are understood too.
      rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
      formula = ChoicesAt(told.choices);
      rule.value_formula = formula.data();
    }
    std::string hint = told.hint;
    rule.input_message = hint.data();
    worksheet_data_validation_range(sheet_, 1, column, kChoiceRows, column, &rule);
  }

  std::string ChoicesAt(const std::vector<std::string>& choices) {
    auto found = std::find(choices_.begin(), choices_.end(), choices);
    if (found == choices_.end()) found = choices_.insert(choices_.end(), choices);
    const auto column = static_cast<lxw_col_t>(found - choices_.begin());
    char first[LXW_MAX_CELL_NAME_LENGTH];
    char last[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(first, 0, column, LXW_TRUE, LXW_TRUE);
    lxw_rowcol_to_cell_abs(last, static_cast<lxw_row_t>(choices.size() - 1), column, LXW_TRUE,
                           LXW_TRUE);
    return "='" + std::string(kChoicesSheet) + "'!" + first + ":" + last;
  }

  void WriteChoices() {
    if (choices_.empty()) return;
    lxw_worksheet* sheet = workbook_add_worksheet(book_, kChoicesSheet);
    if (sheet == nullptr) return;
    std::size_t rows = 0;
    for (const auto& choices : choices_) rows = std::max(rows, choices.size());
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < choices_.size(); ++c) {
        if (r >= choices_[c].size()) continue;
        worksheet_write_string(sheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                               choices_[c][r].c_str(), nullptr);
      }
    }
    worksheet_hide(sheet);
  }

  const std::string path_;
  const std::string temporary_;
  const Language language_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;  // of the book
  lxw_format* header_ = nullptr;
  lxw_format* required_ = nullptr;
  lxw_row_t row_ = 0;
  Look look_ = Look::kPlain;
  std::map<std::pair<std::string, Look>, lxw_format*> formats_;
  std::vector<std::vector<std::string>> choices_;
};

XlsxBook::XlsxBook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
XlsxBook::~XlsxBook() = default;

absl::StatusOr<std::unique_ptr<XlsxBook>> XlsxBook::Create(const std::string& path,
                                                           Language language) {
  auto impl = std::make_unique<Impl>(path, language);
  if (!impl->opened()) return absl::UnknownError("XLSX: " + path);
  return std::unique_ptr<XlsxBook>(new XlsxBook(std::move(impl)));
}

absl::Status XlsxBook::BeginSheet(const std::string& name, const std::vector<XlsxColumn>& columns) {
  return impl_->BeginSheet(name, columns);
}
absl::Status XlsxBook::Row(const std::vector<Cell>& cells, Look look) {
  return impl_->Row(cells, look);
}
absl::Status XlsxBook::Finish() { return impl_->Finish(); }

}  // namespace nhanrong::cli
