#include "services/cli/entry/date_entry.h"

#include <array>
#include <cstdio>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"

namespace nhanrong::cli {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2200;
constexpr std::array<std::string_view, 4> kRomanQuarters = {"i", "ii", "iii", "iv"};

tl::unexpected<EntryProblem> NoDate() {
  return NotUnderstood(
      "không phải ngày: viết 05/05/2021, tháng 4/2021, quý I/2021, 2021 hoặc 2016-2020",
      "not a date: write 05/05/2021, tháng 4/2021, quý I/2021, 2021 or 2016-2020");
}

// A date entry is words and numbers; what stands between them is kept as one sign.
struct Token {
  std::string text;
  char before = ' ';  // '/', '-', '.' or ' '
  std::optional<int> number;
};

// "–" and "−" as '-'.
std::string WithPlainDashes(const std::string& entry) {
  return absl::StrReplaceAll(entry, {{"–", "-"}, {"−", "-"}});
}

// Folded words and numbers, with the sign before each.
std::vector<Token> TokensOf(const std::string& entry) {
  const std::string plain = WithPlainDashes(entry);
  std::vector<Token> tokens;
  std::string piece;
  char before = ' ';
  const auto end = [&] {
    if (piece.empty()) return;
    Token token{FoldWord(piece), before, std::nullopt};
    int number = 0;
    if (absl::SimpleAtoi(token.text, &number)) token.number = number;
    if (!token.text.empty()) tokens.push_back(token);
    piece.clear();
    before = ' ';
  };
  for (const char c : plain) {
    if (std::string_view(" /-.,()").find(c) == std::string_view::npos) {
      piece += c;
      continue;
    }
    end();
    if (c == '/' || c == '-' || c == '.') before = c;
  }
  end();
  return tokens;
}

v1::BusinessDate Made(std::string value, v1::DatePrecision precision) {
  v1::BusinessDate date;
  date.set_value(std::move(value));
  date.set_precision(precision);
  return date;
}

std::string Padded(const char* form, int first, int second) {
  char text[32];
  std::snprintf(text, sizeof text, form, first, second);
  return text;
}

bool IsYear(int number) { return number >= kYearMin && number <= kYearMax; }

Understood<int> Year(int number) {
  if (IsYear(number)) return number;
  return NotUnderstood("năm phải đủ bốn chữ số, từ 1900 đến 2200: " + std::to_string(number),
                       "a year has four figures, 1900 to 2200: " + std::to_string(number));
}

Understood<v1::BusinessDate> MonthOf(int month, int year) {
  const auto valid = Year(year);
  if (!valid) return tl::unexpected(valid.error());
  if (month < 1 || month > 12) {
    return NotUnderstood("không có tháng " + std::to_string(month) + ": viết ngày/tháng/năm",
                         "there is no month " + std::to_string(month) + ": write day/month/year");
  }
  return Made(Padded("%04d-%02d", year, month), v1::DATE_PRECISION_MONTH);
}

Understood<v1::BusinessDate> DayOf(int day, int month, int year) {
  auto in_month = MonthOf(month, year);
  if (!in_month) return in_month;
  const absl::CivilDay civil(year, month, day);
  if (civil.day() != day || civil.month() != month) {
    const std::string told =
        std::to_string(day) + "/" + std::to_string(month) + "/" + std::to_string(year);
    return NotUnderstood("không có ngày " + told, "there is no day " + told);
  }
  return Made(absl::FormatCivilTime(civil), v1::DATE_PRECISION_DAY);
}

Understood<v1::BusinessDate> QuarterOf(const Token& token, int year) {
  int quarter = token.number.value_or(0);
  for (std::size_t q = 0; q < kRomanQuarters.size(); ++q) {
    if (token.text == kRomanQuarters[q]) quarter = static_cast<int>(q) + 1;
  }
  if (quarter < 1 || quarter > 4) {
    return NotUnderstood("quý là I, II, III hoặc IV", "a quarter is I, II, III or IV");
  }
  const auto valid = Year(year);
  if (!valid) return tl::unexpected(valid.error());
  return Made(Padded("%04d-Q%d", year, quarter), v1::DATE_PRECISION_QUARTER);
}

// "q1", "t4": the letter and its number in one word.
void SplitShortForms(std::vector<Token>& tokens) {
  if (tokens.empty() || tokens[0].text.size() < 2) return;
  const char letter = tokens[0].text[0];
  int number = 0;
  if ((letter != 'q' && letter != 't') || !absl::SimpleAtoi(tokens[0].text.substr(1), &number)) {
    return;
  }
  Token word{letter == 'q' ? "quy" : "thang", ' ', std::nullopt};
  tokens[0] = {std::to_string(number), ' ', number};
  tokens.insert(tokens.begin(), word);
}

// The words "ngày", "tháng", "năm", "giai đoạn" before their numbers say what the numbers' order
// says anyway; "quý" is left.
std::vector<Token> WithoutFillers(const std::vector<Token>& tokens) {
  std::vector<Token> kept;
  for (const Token& token : tokens) {
    const bool filler = token.text == "ngay" || token.text == "thang" || token.text == "nam" ||
                        token.text == "giai" || token.text == "doan";
    if (!filler) kept.push_back(token);
  }
  return kept;
}

Understood<v1::BusinessDate> FromTwoNumbers(int first, int second, char sign) {
  if (IsYear(first) && IsYear(second)) {
    if (first > second) return NoDate();
    return Made(Padded("%04d/%04d", first, second), v1::DATE_PRECISION_PHASE);
  }
  // ISO: 2021-04.
  if (IsYear(first) && sign == '-') return MonthOf(second, first);
  if (second <= 12) {
    return NotUnderstood("thiếu năm: viết ngày/tháng/năm", "no year: write day/month/year");
  }
  return MonthOf(first, second);
}

Understood<v1::BusinessDate> FromNumbers(const std::vector<Token>& tokens) {
  for (const Token& token : tokens) {
    if (!token.number) return NoDate();
  }
  const auto number = [&](std::size_t i) { return *tokens[i].number; };
  switch (tokens.size()) {
    case 1: {
      const auto year = Year(number(0));
      if (!year) return tl::unexpected(year.error());
      return Made(std::to_string(*year), v1::DATE_PRECISION_YEAR);
    }
    case 2:
      return FromTwoNumbers(number(0), number(1), tokens[1].before);
    case 3:
      if (IsYear(number(0))) return DayOf(number(2), number(1), number(0));
      return DayOf(number(0), number(1), number(2));
    default:
      return NoDate();
  }
}

Understood<v1::BusinessDate> FromText(const std::string& entry) {
  std::vector<Token> tokens = TokensOf(entry);
  SplitShortForms(tokens);
  tokens = WithoutFillers(tokens);
  if (tokens.size() == 3 && tokens[0].text == "quy" && tokens[2].number) {
    return QuarterOf(tokens[1], *tokens[2].number);
  }
  return FromNumbers(tokens);
}

Understood<v1::BusinessDate> FromDateCell(const RawCell& cell) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(cell.text, &day)) return NoDate();
  if (cell.shows_day && !cell.shows_year) {
    return NotUnderstood("ô không hiển thị năm, năm do bảng tính tự thêm: viết đủ 05/05/2021",
                         "the cell shows no year, the spreadsheet added one: write 05/05/2021");
  }
  if (cell.shows_day) return Made(cell.text, v1::DATE_PRECISION_DAY);
  if (cell.shows_month && cell.shows_year) {
    return MonthOf(day.month(), static_cast<int>(day.year()));
  }
  if (cell.shows_year) return Made(cell.text.substr(0, 4), v1::DATE_PRECISION_YEAR);
  return NoDate();
}

// Both days of a stated date, inclusive.
struct Span {
  absl::CivilDay from;
  absl::CivilDay to;
};
Span SpanOf(const v1::BusinessDate& date) {
  const std::string& value = date.value();
  const int year = std::stoi(value.substr(0, 4));
  switch (date.precision()) {
    case v1::DATE_PRECISION_MONTH: {
      const absl::CivilMonth month(year, std::stoi(value.substr(5, 2)));
      return {absl::CivilDay(month), absl::CivilDay(month + 1) - 1};
    }
    case v1::DATE_PRECISION_QUARTER: {
      const absl::CivilMonth first(year, std::stoi(value.substr(6, 1)) * 3 - 2);
      return {absl::CivilDay(first), absl::CivilDay(first + 3) - 1};
    }
    case v1::DATE_PRECISION_YEAR:
      return {absl::CivilDay(year, 1, 1), absl::CivilDay(year, 12, 31)};
    case v1::DATE_PRECISION_PHASE:
      return {absl::CivilDay(year, 1, 1), absl::CivilDay(std::stoi(value.substr(5, 4)), 12, 31)};
    default: {
      absl::CivilDay day;
      if (!absl::ParseCivilTime(value, &day)) day = absl::CivilDay(year);
      return {day, day};
    }
  }
}

v1::ReportingPeriod PeriodOf(v1::ReportingPeriod::Scheme scheme, const std::string& id,
                             const Span& span) {
  v1::ReportingPeriod period;
  period.set_scheme(scheme);
  period.set_id(id);
  period.set_from(absl::FormatCivilTime(span.from));
  period.set_to(absl::FormatCivilTime(span.to));
  return period;
}

// Decree 09/2019/NĐ-CP: a month runs from the 15th of the month before to the 14th; quarters and
// years are made of such months.
Span ByDecree09(const Span& calendar) {
  const absl::CivilMonth first(calendar.from);
  const absl::CivilMonth last(calendar.to);
  return {absl::CivilDay(first - 1) + 14, absl::CivilDay(last) + 13};
}

// Takes the words that name the decree away.
bool ConsumeDecree09(std::string& entry) {
  for (const std::string_view words :
       {"(NĐ 09)", "(NĐ09)", "(NĐ 09/2019)", "(Nghị định 09/2019)", "NĐ 09", "NĐ09"}) {
    const std::size_t at = entry.find(words);
    if (at == std::string::npos) continue;
    entry.erase(at, words.size());
    return true;
  }
  return false;
}

RawCell TextCell(std::string text) {
  return {.kind = RawCell::Kind::kText, .text = std::move(text)};
}

// "từ 1/1/2019 đến 5/5/2021"; absent: no such words.
std::optional<Understood<v1::ReportingPeriod>> FromTo(const std::string& entry) {
  for (const std::string_view between : {" đến nay ", " đến ngày ", " đến "}) {
    const std::size_t at = entry.find(between);
    if (at == std::string::npos) continue;
    std::string first = entry.substr(0, at);
    for (const std::string_view word : {"từ ngày ", "Từ ngày ", "từ ", "Từ "}) {
      if (first.starts_with(word)) first.erase(0, word.size());
    }
    const auto from = ParseDate(TextCell(first));
    if (!from) return tl::unexpected(from.error());
    const auto to = ParseDate(TextCell(entry.substr(at + between.size())));
    if (!to) return tl::unexpected(to.error());
    const Span span = {SpanOf(*from).from, SpanOf(*to).to};
    if (span.to < span.from)
      return NotUnderstood("kỳ kết thúc trước khi bắt đầu", "the period ends before it begins");
    const std::string id = absl::FormatCivilTime(span.from) + "/" + absl::FormatCivilTime(span.to);
    return PeriodOf(v1::ReportingPeriod::SCHEME_CALENDAR, id, span);
  }
  return std::nullopt;
}

}  // namespace

Understood<v1::BusinessDate> ParseDate(const RawCell& cell) {
  if (cell.kind == RawCell::Kind::kDate) return FromDateCell(cell);
  const auto shown = ShownText(cell);
  if (!shown) return tl::unexpected(shown.error());
  return FromText(shown->value_or(""));
}

Understood<std::string> ParseDay(const RawCell& cell) {
  const auto date = ParseDate(cell);
  if (!date) return tl::unexpected(date.error());
  if (date->precision() == v1::DATE_PRECISION_DAY) return date->value();
  return NotUnderstood("cần đủ ngày, tháng, năm: 05/05/2021", "a whole day is needed: 05/05/2021");
}

Understood<v1::ReportingPeriod> ParsePeriod(const RawCell& cell) {
  if (cell.kind != RawCell::Kind::kDate) {
    const auto shown = ShownText(cell);
    if (!shown) return tl::unexpected(shown.error());
    std::string entry = shown->value_or("");
    if (auto period = FromTo(entry)) return *std::move(period);
    if (ConsumeDecree09(entry)) {
      const auto date = ParseDate(TextCell(entry));
      if (!date) return tl::unexpected(date.error());
      if (date->precision() == v1::DATE_PRECISION_DAY) return NoDate();
      return PeriodOf(v1::ReportingPeriod::SCHEME_ND09, date->value(), ByDecree09(SpanOf(*date)));
    }
  }
  const auto date = ParseDate(cell);
  if (!date) return tl::unexpected(date.error());
  std::string id = date->value();
  auto scheme = v1::ReportingPeriod::SCHEME_CALENDAR;
  if (date->precision() == v1::DATE_PRECISION_PHASE) {
    scheme = v1::ReportingPeriod::SCHEME_PHASE;
    id[4] = '-';
  }
  return PeriodOf(scheme, id, SpanOf(*date));
}

}  // namespace nhanrong::cli
