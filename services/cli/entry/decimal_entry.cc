#include "services/cli/entry/decimal_entry.h"

#include <algorithm>
#include <vector>

#include "unicode/locid.h"
#include "unicode/unistr.h"

namespace nhanrong::cli {
namespace {

constexpr std::size_t kGroup = 3;
constexpr std::size_t kDigitsMax = 18;
constexpr std::string_view kDash = "\xE2\x80\x93";   // U+2013
constexpr std::string_view kMinus = "\xE2\x88\x92";  // U+2212

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Figures with the signs between them.
struct Figures {
  bool negative = false;
  std::vector<std::string_view> parts;
  std::string signs;
};

bool ConsumeSign(std::string_view& text) {
  if (text.starts_with('-')) {
    text.remove_prefix(1);
    return true;
  }
  if (text.starts_with(kMinus)) {
    text.remove_prefix(kMinus.size());
    return true;
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  return false;
}

std::string_view ConsumeDigits(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

// A blank groups only before exactly three figures: "1 026 739", not "2 lần".
bool BlankGroups(std::string_view text) {
  if (!text.starts_with(' ') || text.size() <= kGroup) return false;
  for (std::size_t i = 1; i <= kGroup; ++i) {
    if (!IsDigit(text[i])) return false;
  }
  return text.size() == kGroup + 1 || !IsDigit(text[kGroup + 1]);
}

Figures ConsumeFigures(std::string_view& text) {
  Figures figures;
  figures.negative = ConsumeSign(text);
  for (;;) {
    figures.parts.push_back(ConsumeDigits(text));
    const bool mark = text.size() > 1 && (text[0] == '.' || text[0] == ',') && IsDigit(text[1]);
    if (figures.parts.back().empty() || (!mark && !BlankGroups(text))) return figures;
    figures.signs += text.front();
    text.remove_prefix(1);
  }
}

std::string Join(const Figures& figures, std::size_t from, std::size_t to) {
  std::string digits;
  for (std::size_t i = from; i < to; ++i) digits += figures.parts[i];
  return digits;
}

// Whether the first `count` parts are a number in groups of three.
bool AreGroups(const Figures& figures, std::size_t count) {
  const std::string_view first = figures.parts[0];
  if (first.size() > kGroup || (count > 1 && first.front() == '0')) return false;
  for (std::size_t i = 1; i < count; ++i) {
    if (figures.parts[i].size() != kGroup) return false;
  }
  return true;
}

Understood<Decimal> Make(const Figures& figures, std::size_t whole_parts) {
  const std::string whole = Join(figures, 0, whole_parts);
  const std::string fraction = Join(figures, whole_parts, figures.parts.size());
  if (whole.size() + fraction.size() > kDigitsMax) {
    return NotUnderstood("số có quá nhiều chữ số", "the number has too many figures");
  }
  const std::int64_t value = std::stoll(whole + fraction);
  return Decimal{figures.negative ? -value : value, static_cast<int>(fraction.size())};
}

tl::unexpected<EntryProblem> NoNumber() { return NotUnderstood("không phải số", "not a number"); }

// One sign and three figures behind it: a thousand in one country, a decimal in the other.
Understood<Decimal> Ambiguous(const Figures& figures) {
  const std::string written =
      std::string(figures.parts[0]) + figures.signs + std::string(figures.parts[1]);
  const std::string thousands = Join(figures, 0, 2);
  const std::string decimal = std::string(figures.parts[0]) + "," + std::string(figures.parts[1]);
  return NotUnderstood("\"" + written + "\" đọc được hai cách: " + thousands + ", hoặc " + decimal +
                           " (phần thập phân); viết rõ, ví dụ " + thousands + " hoặc " + decimal +
                           "0, ghi đơn vị tính, hoặc thêm --numbers vi",
                       "\"" + written + "\" can be " + thousands + " or the decimal " + decimal +
                           "; write it in one way, give its unit, or add --numbers vi");
}

// Only one kind of sign.
Understood<Decimal> OneSign(const Figures& figures, NumberStyle style, bool has_unit) {
  const char sign = figures.signs.front();
  const std::size_t count = figures.parts.size();
  if (sign == ' ') return AreGroups(figures, count) ? Make(figures, count) : NoNumber();
  const bool groups = AreGroups(figures, count);
  if (count > 2) return groups ? Make(figures, count) : NoNumber();
  if (!groups) return Make(figures, 1);
  const char grouping = style == NumberStyle::kEnglish ? ',' : '.';
  if (style != NumberStyle::kUnambiguous) return Make(figures, sign == grouping ? 2 : 1);
  if (has_unit && sign == '.') return Make(figures, 2);
  return Ambiguous(figures);
}

// Whether what follows a number ends it, a blank or a letter: "1/2" and "20-30" are no numbers.
bool Ends(std::string_view rest) {
  return rest.empty() || (std::string_view("/-.,:").find(rest.front()) == std::string_view::npos &&
                          !rest.starts_with(kDash));
}

// Two kinds of signs: the last one, once, is the decimal sign; the groups before it are of one
// kind. `others`: how many signs are not of the last kind.
Understood<Decimal> TwoSigns(const Figures& figures, std::size_t others, NumberStyle style) {
  const bool once = others + 1 == figures.signs.size() && figures.signs.back() != ' ';
  const bool same = figures.signs.find_first_not_of(figures.signs.front()) == others;
  if (!once || !same || !AreGroups(figures, figures.parts.size() - 1)) return NoNumber();
  const char grouping = figures.signs.front();
  const bool against = (style == NumberStyle::kVietnamese && grouping == ',') ||
                       (style == NumberStyle::kEnglish && grouping == '.');
  return against ? NoNumber() : Make(figures, figures.parts.size() - 1);
}

}  // namespace

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string LowerCase(std::string_view text) {
  icu::UnicodeString lower = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string utf8;
  lower.toLower(icu::Locale::getRoot()).toUTF8String(utf8);
  return utf8;
}

bool HasUnit(std::string_view text) {
  ConsumeFigures(text);
  return text.find_first_not_of(' ') != std::string_view::npos;
}

Understood<Decimal> ConsumeDecimal(std::string_view& text, NumberStyle style, bool has_unit) {
  const Figures figures = ConsumeFigures(text);
  const bool open = Ends(text);
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (figures.parts.front().empty() || figures.parts.back().empty() || !open) return NoNumber();
  if (!text.empty() && (IsDigit(text.front()) || text.starts_with('-'))) return NoNumber();
  if (figures.signs.empty()) return Make(figures, 1);
  const char last = figures.signs.back();
  const std::size_t others = static_cast<std::size_t>(
      std::count_if(figures.signs.begin(), figures.signs.end(), [&](char c) { return c != last; }));
  if (others == 0) return OneSign(figures, style, has_unit);
  return TwoSigns(figures, others, style);
}

}  // namespace nhanrong::cli
