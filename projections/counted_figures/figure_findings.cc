#include "projections/counted_figures/figure_findings.h"

#include "absl/strings/str_cat.h"

namespace nhanrong::projections {
namespace {

using query::NumberText;
using query::Percent;
using query::PercentOf;
using query::PercentText;

// Decimals of a computed share in words.
constexpr std::uint32_t kShownDecimals = 1;

bool IsExact(const v1::Quantity& quantity) {
  return quantity.bound() == v1::BOUND_EXACT && quantity.scale() <= query::kMaxScale;
}

bool Differ(const v1::Quantity& a, const v1::Quantity& b) {
  return IsExact(a) && IsExact(b) && (query::IsGreater(a, b) || query::IsGreater(b, a));
}

// What the source printed and what the integers give.
struct PrintedShare {
  const v1::Quantity& part;
  const v1::Quantity& whole;
  std::string text;
  Percent printed;
};

v1::Violation WrongShare(const PrintedShare& share) {
  const auto rounded =
      PercentOf(share.part, share.whole, share.printed.decimals, v1::Ratio::ROUNDING_HALF_UP);
  const auto cut =
      PercentOf(share.part, share.whole, share.printed.decimals, v1::Ratio::ROUNDING_TRUNC);
  const std::string computed =
      PercentText(PercentOf(share.part, share.whole, kShownDecimals, v1::Ratio::ROUNDING_HALF_UP));
  const std::string integers = NumberText(share.part) + "/" + NumberText(share.whole);
  v1::Violation finding;
  finding.set_field("figure.printed_share.printed");
  finding.set_rule("figure.printed_share");
  finding.set_wrong_vi(
      absl::StrCat("nguồn in \"", share.text, "\", tính từ ", integers, " là ", computed));
  finding.set_wrong_en(
      absl::StrCat("the source prints \"", share.text, "\", ", integers, " is ", computed));
  if (cut == share.printed) {
    finding.set_wrong_vi(finding.wrong_vi() + "; có lẽ nguồn đã cắt bỏ phần lẻ, không làm tròn");
    finding.set_wrong_en(finding.wrong_en() + "; probably cut off, not rounded");
  }
  finding.set_right_vi(PercentText(rounded));
  finding.set_right_en(PercentText(rounded));
  return finding;
}

std::optional<v1::Violation> CheckPrinted(const v1::Quantity& part, const v1::Quantity& whole,
                                          const std::string& text) {
  const std::optional<Percent> printed = query::ParsePercent(text);
  if (!printed || !IsExact(part) || !IsExact(whole)) return std::nullopt;
  if (PercentOf(part, whole, printed->decimals, v1::Ratio::ROUNDING_HALF_UP) == printed) {
    return std::nullopt;
  }
  return WrongShare({part, whole, text, *printed});
}

std::optional<v1::Violation> CheckIntegers(const v1::CountedFigure& figure,
                                           const v1::CountedFigure& whole) {
  const v1::Ratio& stated = figure.printed_share();
  if (!Differ(stated.numerator(), figure.quantity()) &&
      !Differ(stated.denominator(), whole.quantity())) {
    return std::nullopt;
  }
  const std::string ours = NumberText(figure.quantity()) + "/" + NumberText(whole.quantity());
  v1::Violation finding;
  finding.set_field("figure.printed_share");
  finding.set_rule("figure.share_integers");
  finding.set_wrong_vi("tử số hoặc mẫu số của tỷ lệ khác với các số đã ghi nhận");
  finding.set_wrong_en("numerator or denominator of the share is not the recorded number");
  finding.set_right_vi(ours);
  finding.set_right_en(ours);
  return finding;
}

std::optional<v1::Violation> CheckPart(const v1::CountedFigure& figure,
                                       const v1::CountedFigure& whole) {
  if (!IsExact(figure.quantity()) || !IsExact(whole.quantity())) return std::nullopt;
  if (figure.quantity().unit() != whole.quantity().unit()) return std::nullopt;
  if (!query::IsGreater(figure.quantity(), whole.quantity())) return std::nullopt;
  const std::string most = NumberText(whole.quantity());
  v1::Violation finding;
  finding.set_field("figure.quantity");
  finding.set_rule("figure.part_of_whole");
  finding.set_wrong_vi(
      absl::StrCat(NumberText(figure.quantity()), " là một phần của ", most, " nhưng lớn hơn"));
  finding.set_wrong_en(
      absl::StrCat(NumberText(figure.quantity()), " is a part of ", most, " but larger"));
  finding.set_right_vi(absl::StrCat("nhiều nhất ", most));
  finding.set_right_en(absl::StrCat("at most ", most));
  return finding;
}

}  // namespace

std::optional<v1::Ratio> ShareOf(const v1::CountedFigure& part, const v1::CountedFigure& whole) {
  if (part.quantity().unit() != whole.quantity().unit()) return std::nullopt;
  for (const v1::Quantity* number : {&part.quantity(), &whole.quantity()}) {
    if (number->value() < 0 || number->scale() > query::kMaxScale) return std::nullopt;
  }
  v1::Ratio share;
  *share.mutable_numerator() = part.quantity();
  *share.mutable_denominator() = whole.quantity();
  share.set_population_def_id("figure/" + part.part_of_figure_id());
  share.set_rounding(v1::Ratio::ROUNDING_HALF_UP);
  return share;
}

std::vector<v1::Violation> FindingsOf(const v1::CountedFigure& figure,
                                      const v1::CountedFigure* whole) {
  std::vector<std::optional<v1::Violation>> checks;
  const v1::Ratio& stated = figure.printed_share();
  if (whole == nullptr) {
    checks.push_back(CheckPrinted(stated.numerator(), stated.denominator(), stated.printed()));
  } else {
    checks.push_back(CheckPrinted(figure.quantity(), whole->quantity(), stated.printed()));
    checks.push_back(CheckIntegers(figure, *whole));
    checks.push_back(CheckPart(figure, *whole));
  }
  std::vector<v1::Violation> findings;
  for (auto& check : checks) {
    if (check) findings.push_back(*std::move(check));
  }
  return findings;
}

v1::Violation NotAdded(const v1::CountedFigure& figure, query::SumError error) {
  v1::Violation finding;
  finding.set_field("figure.quantity");
  finding.set_rule("figure.total");
  switch (error) {
    case query::SumError::kUnitsDiffer:
      finding.set_wrong_vi("đơn vị \"" + figure.quantity().unit() +
                           "\" khác với các số còn lại, không cộng được");
      finding.set_wrong_en("unit \"" + figure.quantity().unit() +
                           "\" is not that of the others: not added");
      break;
    case query::SumError::kTooLarge:
      finding.set_wrong_vi("số quá lớn, không cộng được");
      finding.set_wrong_en("the number is too large to be added");
      break;
  }
  return finding;
}

v1::Violation PerhapsCounted(const v1::AdminUnitRef& outer) {
  v1::Violation finding;
  finding.set_field("figure.unit_id");
  finding.set_rule("figure.perhaps_counted");
  const std::string& name = outer.name_at_event();
  finding.set_wrong_vi("nguồn không nêu số này đã nằm trong số của " + name +
                       " hay chưa, nên không cộng vào tổng");
  finding.set_wrong_en("no source says whether the figure of " + name +
                       " counts these already: not added to the total");
  finding.set_right_vi("nêu part_of_figure_id khi biết");
  finding.set_right_en("state part_of_figure_id when it is known");
  return finding;
}

}  // namespace nhanrong::projections
