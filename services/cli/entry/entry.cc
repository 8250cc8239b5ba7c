#include "services/cli/entry/entry.h"

#include <algorithm>

#include "services/cli/format/vietnamese.h"
#include "services/cli/sheet_reader/text_encoding.h"
#include "unicode/locid.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"
#include "unicode/unistr.h"

namespace nhanrong::cli {
namespace {

constexpr UChar32 kSmallD = 0x111;

const icu::Normalizer2& Nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);
}
const icu::Normalizer2& Nfd() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFDInstance(status);
}

bool IsInvisible(UChar32 c) {
  const int category = u_charType(c);
  return (category == U_FORMAT_CHAR || category == U_CONTROL_CHAR) && u_isUWhiteSpace(c) == 0;
}

bool IsLineBreak(UChar32 c) { return c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85; }

bool IsTone(UChar32 c) {
  return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

bool IsMark(UChar32 c) { return u_charType(c) == U_NON_SPACING_MARK; }

std::string Utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// Lower-case words in NFD with single spaces between them.
icu::UnicodeString Words(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString lower = icu::UnicodeString::fromUTF8(CleanText(text));
  lower.toLower(icu::Locale::getRoot());
  const icu::UnicodeString split = Nfd().normalize(lower, status);
  icu::UnicodeString words;
  for (std::int32_t i = 0; i < split.length(); i = split.moveIndex32(i, 1)) {
    const UChar32 c = split.char32At(i);
    const bool kept = u_isalnum(c) != 0 || IsMark(c);
    if (kept) {
      words.append(c);
    } else if (!words.isEmpty() && words.char32At(words.length() - 1) != ' ') {
      words.append(static_cast<UChar32>(' '));
    }
  }
  return words.trim();
}

// What spreadsheets write into a CSV, and what comes back as text.
bool IsErrorName(const std::string& text) {
  static constexpr std::string_view kNames[] = {"#REF!",   "#N/A",  "#VALUE!", "#NAME?",
                                                "#DIV/0!", "#NUM!", "#NULL!"};
  return std::find(std::begin(kNames), std::end(kNames), text) != std::end(kNames);
}

tl::unexpected<EntryProblem> SpreadsheetError(const std::string& name) {
  return NotUnderstood("ô có lỗi " + name + " của bảng tính: sửa công thức",
                       "the cell has the error " + name + ": mend the formula");
}

std::string DayShown(const RawCell& cell) { return IsoDateText(cell.text, Language::kVietnamese); }

// "13.9" as people write it: "13,9".
std::string FigureShown(const RawCell& cell) {
  std::string figure = cell.text;
  std::replace(figure.begin(), figure.end(), '.', ',');
  return cell.before + figure + cell.after;
}

}  // namespace

namespace {

// A line has no blanks at its end.
void TrimLine(icu::UnicodeString& text) {
  const std::int32_t last = text.length() - 1;
  if (last >= 0 && text.char32At(last) == ' ') text.truncate(last);
}

}  // namespace

std::string CleanText(std::string_view text, bool lines) {
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  icu::UnicodeString clean;
  UChar32 last = U' ';
  for (std::int32_t i = 0; i < raw.length(); i = raw.moveIndex32(i, 1)) {
    UChar32 c = raw.char32At(i);
    if (IsInvisible(c)) continue;
    if (u_isUWhiteSpace(c) != 0) c = lines && IsLineBreak(c) ? U'\n' : U' ';
    if (c == '\n') TrimLine(clean);
    if (c == ' ' && (last == ' ' || last == '\n')) continue;
    clean.append(c);
    last = c;
  }
  UErrorCode status = U_ZERO_ERROR;
  return Utf8(Nfc().normalize(clean.trim(), status));
}

std::string FoldName(std::string_view text) {
  icu::UnicodeString folded;
  icu::UnicodeString tones;
  const icu::UnicodeString words = Words(text);
  for (std::int32_t i = 0; i < words.length(); i = words.moveIndex32(i, 1)) {
    const UChar32 c = words.char32At(i);
    if (IsTone(c)) {
      tones.append(c);
      continue;
    }
    if (c == ' ') {
      folded.append(tones);
      tones.remove();
    }
    folded.append(c);
  }
  return Utf8(folded.append(tones));
}

std::string FoldWord(std::string_view text) {
  icu::UnicodeString folded;
  const icu::UnicodeString words = Words(text);
  for (std::int32_t i = 0; i < words.length(); i = words.moveIndex32(i, 1)) {
    const UChar32 c = words.char32At(i);
    if (!IsMark(c)) folded.append(c == kSmallD ? static_cast<UChar32>('d') : c);
  }
  return Utf8(folded);
}

Understood<std::optional<std::string>> ShownText(const RawCell& cell, bool lines) {
  switch (cell.kind) {
    case RawCell::Kind::kEmpty:
      return std::nullopt;
    case RawCell::Kind::kText: {
      if (const Legacy legacy = LegacyOf(cell.text); legacy != Legacy::kNone) {
        const std::string advice = LegacyAdvice(legacy);
        const std::size_t slash = advice.find(" / ");
        return NotUnderstood(advice.substr(0, slash), advice.substr(slash + 3));
      }
      std::string text = CleanText(cell.text, lines);
      if (text.empty()) return std::nullopt;
      if (IsErrorName(text)) return SpreadsheetError(text);
      return text;
    }
    case RawCell::Kind::kNumber:
      return CleanText(FigureShown(cell));
    case RawCell::Kind::kDate:
      return DayShown(cell);
    case RawCell::Kind::kBoolean:
      return cell.text;
    case RawCell::Kind::kError:
      return SpreadsheetError(cell.text);
    case RawCell::Kind::kFormula:
      return NotUnderstood(
          "công thức chưa được tính: mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi nhập",
          "a formula without a value: open the file in a spreadsheet program and save it");
  }
  return std::nullopt;
}

}  // namespace nhanrong::cli
