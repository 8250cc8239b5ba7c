#include "services/domain/values/dates.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace nhanrong::domain {
namespace {

// "--02-29" comes back after eight years at the latest (1896, 1904).
constexpr int kLeapDayGapYears = 8;
// Asia/Ho_Chi_Minh: UTC+7, no daylight saving.
constexpr int kVietnamOffsetSeconds = 7 * 60 * 60;

// `count` digits of `text` at `at`; absent when one is no digit.
std::optional<int> Number(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<int> Year(std::string_view text, std::size_t at = 0) {
  const std::optional<int> year = Number(text, at, 4);
  return year && *year >= 1000 ? year : std::nullopt;
}

// Absent where the calendar has no such day ("2021-02-29").
std::optional<absl::CivilDay> RealDay(int year, int month, int day) {
  const absl::CivilDay made(year, month, day);
  if (made.year() != year || made.month() != month || made.day() != day) return std::nullopt;
  return made;
}

// The days from the first of `month`, for `months` months.
DayRange Months(int year, int month, int months) {
  const absl::CivilMonth first(year, month);
  return {absl::CivilDay(first), absl::CivilDay(first + months) - 1};
}

std::optional<DayRange> Month(std::string_view text) {
  const auto year = Year(text);
  const auto month = Number(text, 5, 2);
  if (text.size() != 7 || text[4] != '-' || !year || !month) return std::nullopt;
  if (*month < 1 || *month > 12) return std::nullopt;
  return Months(*year, *month, 1);
}

std::optional<DayRange> Quarter(std::string_view text) {
  const auto year = Year(text);
  const auto quarter = Number(text, 6, 1);
  if (text.size() != 7 || text.substr(4, 2) != "-Q" || !year || !quarter) return std::nullopt;
  if (*quarter < 1 || *quarter > 4) return std::nullopt;
  return Months(*year, *quarter * 3 - 2, 3);
}

std::optional<DayRange> Phase(std::string_view text) {
  const auto from = Year(text);
  const auto to = Year(text, 5);
  if (text.size() != 9 || text[4] != '/' || !from || !to || *from > *to) return std::nullopt;
  return DayRange{absl::CivilDay(*from, 1, 1), absl::CivilDay(*to, 12, 31)};
}

// "--05-31" in the latest year in which it is not after `limit`.
std::optional<absl::CivilDay> LastSuchDay(std::string_view text, absl::CivilDay limit) {
  const auto month = Number(text, 2, 2);
  const auto day = Number(text, 5, 2);
  if (text.size() != 7 || text.substr(0, 2) != "--" || text[4] != '-' || !month || !day) {
    return std::nullopt;
  }
  for (int back = 0; back <= kLeapDayGapYears; ++back) {
    const auto found = RealDay(static_cast<int>(limit.year()) - back, *month, *day);
    if (found && *found <= limit) return found;
  }
  return std::nullopt;
}

// The earliest day of issue that is not before `from`; absent: there is none.
std::optional<absl::CivilDay> EarliestIssue(const SourceDocs& sources, absl::CivilDay from) {
  std::optional<absl::CivilDay> earliest;
  for (const v1::SourceDoc& source : sources) {
    const auto issued = ParseDay(source.issued_on());
    if (!issued || *issued < from) continue;
    earliest = std::min(*issued, earliest.value_or(*issued));
  }
  return earliest;
}

}  // namespace

std::optional<absl::CivilDay> ParseDay(std::string_view iso) {
  const auto year = Year(iso);
  const auto month = Number(iso, 5, 2);
  const auto day = Number(iso, 8, 2);
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  if (!year || !month || !day) return std::nullopt;
  return RealDay(*year, *month, *day);
}

std::string DayText(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

absl::CivilDay DayOf(absl::Time when) {
  return absl::ToCivilDay(when, absl::FixedTimeZone(kVietnamOffsetSeconds));
}

v1::BusinessDate OnDay(absl::CivilDay day) {
  v1::BusinessDate date;
  date.set_value(DayText(day));
  date.set_precision(v1::DATE_PRECISION_DAY);
  return date;
}

std::optional<DayRange> StatedDays(const v1::BusinessDate& date) {
  const std::string_view text = date.value();
  switch (date.precision()) {
    case v1::DATE_PRECISION_DAY:
      if (const auto day = ParseDay(text)) return DayRange{*day, *day};
      return std::nullopt;
    case v1::DATE_PRECISION_MONTH:
      return Month(text);
    case v1::DATE_PRECISION_QUARTER:
      return Quarter(text);
    case v1::DATE_PRECISION_YEAR:
      if (const auto year = Year(text); year && text.size() == 4) return Months(*year, 1, 12);
      return std::nullopt;
    case v1::DATE_PRECISION_PHASE:
      return Phase(text);
    default:  // UNKNOWN_YEAR, absent, and precisions of a later contract
      return std::nullopt;
  }
}

bool IsBusinessDate(const v1::BusinessDate& date) {
  if (date.precision() == v1::DATE_PRECISION_UNKNOWN_YEAR) {
    return LastSuchDay(date.value(), absl::CivilDay(2000, 12, 31)).has_value();
  }
  return StatedDays(date).has_value();
}

DayRange KnownDays(const v1::BusinessDate& date, const SourceDocs& sources,
                   absl::CivilDay recorded) {
  if (date.precision() == v1::DATE_PRECISION_UNKNOWN_YEAR) {
    const auto issued = EarliestIssue(sources, absl::CivilDay::min());
    const auto day = LastSuchDay(date.value(), std::min(issued.value_or(recorded), recorded));
    return {day.value_or(recorded), day.value_or(recorded)};
  }
  DayRange days = StatedDays(date).value_or(DayRange{recorded, recorded});
  // What was issued before the period says nothing about it, whatever else was issued.
  days.latest = std::min(days.latest, EarliestIssue(sources, days.earliest).value_or(days.latest));
  days.latest = std::max(days.earliest, std::min(days.latest, recorded));
  return days;
}

}  // namespace nhanrong::domain
