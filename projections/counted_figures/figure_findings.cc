#include "projections/counted_figures/figure_findings.h"

#include "absl/strings/str_cat.h"

namespace nhanrong::projections {
namespace {

using query::DecimalMark;
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

// In both languages: made by `words` from numbers with that language's decimal mark.
template <typename Words>
void SetRight(v1::Violation& finding, Words words) {
  finding.set_right_vi(words(DecimalMark::kComma));
  finding.set_right_en(words(DecimalMark::kPoint));
}

std::string FractionText(const v1::Quantity& part, const v1::Quantity& whole, DecimalMark mark) {
  return NumberText(part, mark) + "/" + NumberText(whole, mark);
}

v1::Violation WrongShare(const PrintedShare& share) {
  const auto shown =
      PercentOf(share.part, share.whole, kShownDecimals, v1::Ratio::ROUNDING_HALF_UP);
  const auto rounded =
      PercentOf(share.part, share.whole, share.printed.decimals, v1::Ratio::ROUNDING_HALF_UP);
  const auto cut =
      PercentOf(share.part, share.whole, share.printed.decimals, v1::Ratio::ROUNDING_TRUNC);
  const auto integers = [&](DecimalMark mark) {
    return FractionText(share.part, share.whole, mark);
  };
  v1::Violation finding;
  finding.set_field("figure.printed_share.printed");
  finding.set_rule("figure.printed_share");
  finding.set_wrong_vi(absl::StrCat("nguồn in \"", share.text, "\", tính từ ",
                                    integers(DecimalMark::kComma), " là ",
                                    PercentText(shown, DecimalMark::kComma)));
  finding.set_wrong_en(absl::StrCat("the source prints \"", share.text, "\", ",
                                    integers(DecimalMark::kPoint), " is ",
                                    PercentText(shown, DecimalMark::kPoint)));
  if (cut == share.printed) {
    finding.set_wrong_vi(finding.wrong_vi() + "; có lẽ nguồn đã cắt bỏ phần lẻ, không làm tròn");
    finding.set_wrong_en(finding.wrong_en() + "; probably cut off, not rounded");
  }
  SetRight(finding, [&](DecimalMark mark) { return PercentText(rounded, mark); });
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
  v1::Violation finding;
  finding.set_field("figure.printed_share");
  finding.set_rule("figure.share_integers");
  finding.set_wrong_vi("tử số hoặc mẫu số của tỷ lệ khác với các số đã ghi nhận");
  finding.set_wrong_en("numerator or denominator of the share is not the recorded number");
  SetRight(finding, [&](DecimalMark mark) {
    return FractionText(figure.quantity(), whole.quantity(), mark);
  });
  return finding;
}

std::optional<v1::Violation> CheckPart(const v1::CountedFigure& figure,
                                       const v1::CountedFigure& whole) {
  if (!IsExact(figure.quantity()) || !IsExact(whole.quantity())) return std::nullopt;
  if (figure.quantity().unit() != whole.quantity().unit()) return std::nullopt;
  if (!query::IsGreater(figure.quantity(), whole.quantity())) return std::nullopt;
  const auto text = [&](const v1::CountedFigure& of, DecimalMark mark) {
    return NumberText(of.quantity(), mark);
  };
  v1::Violation finding;
  finding.set_field("figure.quantity");
  finding.set_rule("figure.part_of_whole");
  finding.set_wrong_vi(absl::StrCat(text(figure, DecimalMark::kComma), " là một phần của ",
                                    text(whole, DecimalMark::kComma), " nhưng lớn hơn"));
  finding.set_wrong_en(absl::StrCat(text(figure, DecimalMark::kPoint), " is a part of ",
                                    text(whole, DecimalMark::kPoint), " but larger"));
  finding.set_right_vi("nhiều nhất " + text(whole, DecimalMark::kComma));
  finding.set_right_en("at most " + text(whole, DecimalMark::kPoint));
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

}  // namespace nhanrong::projections
