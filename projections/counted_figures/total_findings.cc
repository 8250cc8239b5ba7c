// Why figures are not in the total, and how two statements about the same things compare.
#include <tuple>

#include "absl/strings/str_cat.h"
#include "projections/counted_figures/figure_findings.h"

namespace nhanrong::projections {
namespace {

using query::DecimalMark;
using query::NumberText;

struct Words {
  std::string vi;
  std::string en;
};

v1::Violation Finding(const char* rule, const char* field, const Words& wrong,
                      const Words& right = {}) {
  v1::Violation finding;
  finding.set_rule(rule);
  finding.set_field(field);
  finding.set_wrong_vi(wrong.vi);
  finding.set_wrong_en(wrong.en);
  finding.set_right_vi(right.vi);
  finding.set_right_en(right.en);
  return finding;
}

// "2016-01-01–2020-12-31".
Words PeriodWords(const v1::ReportingPeriod& period) {
  if (period.from().empty() && period.to().empty()) return {"không nêu kỳ", "no stated period"};
  const std::string days = period.from() + "–" + period.to();
  return {"kỳ " + days, "the period " + days};
}

// Smaller: says more.
int Weakness(v1::Bound bound) {
  switch (bound) {
    case v1::BOUND_EXACT:
      return 0;
    case v1::BOUND_AT_LEAST:
      return 1;
    case v1::BOUND_AT_MOST:
      return 2;
    case v1::BOUND_APPROX:
      return 3;
    case v1::BOUND_ORDER_OF_MAGNITUDE:
      return 4;
    default:  // UNSPECIFIED, and bounds of a later contract
      return 5;
  }
}

bool Equal(const v1::Quantity& a, const v1::Quantity& b) {
  return !query::IsGreater(a, b) && !query::IsGreater(b, a);
}

}  // namespace

bool IsAtLeast(const v1::Quantity& quantity) {
  return quantity.bound() == v1::BOUND_EXACT || quantity.bound() == v1::BOUND_AT_LEAST;
}

bool IsAtMost(const v1::Quantity& quantity) {
  return quantity.bound() == v1::BOUND_EXACT || quantity.bound() == v1::BOUND_AT_MOST;
}

bool Contradict(const v1::Quantity& a, const v1::Quantity& b) {
  if (IsAtLeast(a) && IsAtMost(b) && query::IsGreater(a, b)) return true;
  if (IsAtLeast(b) && IsAtMost(a) && query::IsGreater(b, a)) return true;
  const bool vague = !IsAtLeast(a) && !IsAtMost(a);
  return vague && a.bound() == b.bound() && !Equal(a, b);
}

bool SaysMore(const v1::Quantity& a, const v1::Quantity& b) {
  if (a.bound() != b.bound()) return Weakness(a.bound()) < Weakness(b.bound());
  return a.bound() == v1::BOUND_AT_MOST ? query::IsGreater(b, a) : query::IsGreater(a, b);
}

v1::Violation NotAdded(const v1::CountedFigure& figure, query::SumError error) {
  const std::string& unit = figure.quantity().unit();
  switch (error) {
    case query::SumError::kUnitsDiffer:
      return Finding(
          "figure.total", "figure.quantity",
          {absl::StrCat("đơn vị tính \"", unit, "\" khác với các số còn lại, không cộng được"),
           absl::StrCat("unit \"", unit, "\" is not that of the others: not added")});
    case query::SumError::kTooLarge:
      break;
  }
  return Finding("figure.total", "figure.quantity",
                 {"số quá lớn, không cộng được", "the number is too large to be added"});
}

v1::Violation CountedOnce(const v1::Quantity& taken) {
  return Finding("figure.counted_once", "figure.quantity",
                 {"nguồn khác cũng nêu số của chính nội dung này (" +
                      NumberText(taken, DecimalMark::kComma) + "); chỉ tính một lần",
                  "another source states the number of the same things (" +
                      NumberText(taken, DecimalMark::kPoint) + "): counted once"});
}

v1::Violation Disputed() {
  return Finding("figure.disputed", "figure.quantity",
                 {"các nguồn nêu số mâu thuẫn về cùng một nội dung, nên không cộng vào tổng",
                  "sources contradict each other about the same things: not added to the total"},
                 {"đính chính số sai", "correct the wrong one"});
}

v1::Violation PerhapsCounted(const v1::AdminUnitRef& outer) {
  const std::string& name = outer.name_at_event();
  return Finding(
      "figure.perhaps_counted", "figure.unit_id",
      {"nguồn không nêu số này đã nằm trong số của " + name + " hay chưa, nên không cộng vào tổng",
       "no source says whether the figure of " + name +
           " counts these already: not added to the total"},
      {"nêu part_of_figure_id khi biết", "state part_of_figure_id when it is known"});
}

v1::Violation LargerThanItsWhole(const v1::Quantity& part, const v1::Quantity& whole,
                                 const v1::AdminUnitRef& outer) {
  const std::string& name = outer.name_at_event();
  return Finding("figure.disputed", "figure.quantity",
                 {absl::StrCat(NumberText(part, DecimalMark::kComma), " lớn hơn số của ", name,
                               " (", NumberText(whole, DecimalMark::kComma),
                               ") là số phải gồm cả nó; không cộng vào tổng"),
                  absl::StrCat(NumberText(part, DecimalMark::kPoint), " is more than ",
                               NumberText(whole, DecimalMark::kPoint), ", the figure of ", name,
                               " that must count these as well: not added to the total")},
                 {"đính chính số sai", "correct the wrong one"});
}

v1::Violation MayOverlap(const v1::AdminUnitRef& other) {
  const std::string& name = other.name_at_event();
  return Finding("figure.may_overlap", "figure.unit_id",
                 {"có thể trùng một phần với số của " + name + ", nên không cộng vào tổng",
                  "may count some of the things that the figure of " + name +
                      " counts: not added to the total"});
}

v1::Violation OfOtherPeriod(const v1::ReportingPeriod& period) {
  const Words words = PeriodWords(period);
  return Finding(
      "figure.other_period", "period",
      {"kỳ khác với số đã tính cho nội dung này (" + words.vi + "), nên không cộng",
       "of another period than the figure taken for these things (" + words.en + "): not added"});
}

v1::Violation SeveralPeriods() {
  return Finding("figure.total_period", "counted_total",
                 {"các số thuộc nhiều kỳ khác nhau nên không có tổng",
                  "the figures speak of different periods: there is no total"});
}

v1::Violation OnlyParts() {
  return Finding("figure.total_parts", "counted_total",
                 {"mỗi số đều được nêu là một phần của số khác nên không có tổng",
                  "each figure is stated to be a part of another one: there is no total"},
                 {"đính chính part_of_figure_id", "correct part_of_figure_id"});
}

}  // namespace nhanrong::projections
