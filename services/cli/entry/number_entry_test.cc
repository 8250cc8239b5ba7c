#include "services/cli/entry/number_entry.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

RawCell Text(const std::string& text) { return {.kind = RawCell::Kind::kText, .text = text}; }
RawCell Number(const std::string& plain, const std::string& before = "",
               const std::string& after = "") {
  return {.kind = RawCell::Kind::kNumber, .text = plain, .before = before, .after = after};
}

// "value/scale unit bound", or "! " and the words of the problem.
std::string Read(const RawCell& cell, const NumberContext& context = {}) {
  const auto quantity = ParseQuantity(cell, context);
  if (!quantity) return "! " + quantity.error().vi;
  return std::to_string(quantity->value()) + "/" + std::to_string(quantity->scale()) + " " +
         quantity->unit() + " " + v1::Bound_Name(quantity->bound()).substr(6);
}
std::string Read(const std::string& text, const NumberContext& context = {}) {
  return Read(Text(text), context);
}

TEST(QuantityEntry, ReadsWhatOfficialsWrite) {
  EXPECT_EQ(Read("255.142m2"), "255142/0 m2 EXACT");
  EXPECT_EQ(Read("255.142 m²"), "255142/0 m2 EXACT");
  EXPECT_EQ(Read("30.996 công"), "30996/0 công EXACT");
  EXPECT_EQ(Read("4.945 triệu đồng"), "4945000000/0 đồng EXACT");
  EXPECT_EQ(Read("81 cột"), "81/0 cột EXACT");
  EXPECT_EQ(Read("66 nhà tạm"), "66/0 nhà tạm EXACT");
  EXPECT_EQ(Read("07 mô hình"), "7/0 mô hình EXACT");
  EXPECT_EQ(Read("17,3 tiêu chí/xã"), "173/1 tiêu chí/xã EXACT");
  EXPECT_EQ(Read("1.026.739,5 kg"), "10267395/1 kg EXACT");
  EXPECT_EQ(Read("1,026,739.5 kg"), "10267395/1 kg EXACT");
  EXPECT_EQ(Read("-5 %"), "-5/0 % EXACT");
  EXPECT_EQ(Read("4,9 triệu đồng"), "4900000/0 đồng EXACT");
  EXPECT_EQ(Read("12 tỷ đồng"), "12000000000/0 đồng EXACT");
}

TEST(QuantityEntry, KeepsTheBound) {
  EXPECT_EQ(Read("hơn 141 mô hình"), "141/0 mô hình AT_LEAST");
  EXPECT_EQ(Read("Hơn 141 mô hình"), "141/0 mô hình AT_LEAST");
  EXPECT_EQ(Read("≥141 mô hình"), "141/0 mô hình AT_LEAST");
  EXPECT_EQ(Read("khoảng 20 mô hình"), "20/0 mô hình APPROX");
  EXPECT_EQ(Read("không quá 5 hộ"), "5/0 hộ AT_MOST");
  EXPECT_EQ(Read("hàng chục tỷ đồng"), "10000000000/0 đồng ORDER_OF_MAGNITUDE");
}

TEST(QuantityEntry, UnderstandsBlanksAndFormsThatLookTheSame) {
  EXPECT_EQ(Read("30.996\u00A0công"), "30996/0 công EXACT");
  EXPECT_EQ(Read("  30\u202F996 công \u200B"), "30996/0 công EXACT");
  // Decomposed, as macOS writes it.
  EXPECT_EQ(Read("ho\u031Bn 141 mo\u0302 hi\u0300nh"), "141/0 mô hình AT_LEAST");
}

TEST(QuantityEntry, RefusesWhatCanBeReadInTwoWaysAndNamesBoth) {
  EXPECT_THAT(Read("1,712 lượt xem"), AllOf(HasSubstr("hai cách"), HasSubstr("1712"),
                                            HasSubstr("1,712"), HasSubstr("--numbers vi")));
  EXPECT_THAT(Read("4.945"), HasSubstr("hai cách"));
  EXPECT_THAT(Read("1,712"), HasSubstr("hai cách"));
  EXPECT_EQ(Read("4.945", {NumberStyle::kVietnamese, "kg"}), "4945/0 kg EXACT");
  EXPECT_EQ(Read("1,712", {NumberStyle::kVietnamese, "kg"}), "1712/3 kg EXACT");
  EXPECT_EQ(Read("1,712", {NumberStyle::kEnglish, "kg"}), "1712/0 kg EXACT");
  // Only one reading is a number.
  EXPECT_EQ(Read("0,945 ha"), "945/3 ha EXACT");
  EXPECT_EQ(Read("4945,123 ha"), "4945123/3 ha EXACT");
}

TEST(QuantityEntry, TheColumnsUnitCountsAndMustAgree) {
  EXPECT_EQ(Read("4.945", {NumberStyle::kUnambiguous, "triệu đồng"}), "4945000000/0 đồng EXACT");
  EXPECT_EQ(Read(Number("4945"), {NumberStyle::kUnambiguous, "triệu đồng"}),
            "4945000000/0 đồng EXACT");
  EXPECT_THAT(Read("5 kg", {NumberStyle::kUnambiguous, "tấn"}), HasSubstr("khác cột đơn vị"));
  EXPECT_THAT(Read("5 đồng", {NumberStyle::kUnambiguous, "triệu đồng"}), HasSubstr("khác cột"));
  EXPECT_THAT(Read("33"), HasSubstr("thiếu đơn vị"));
}

TEST(QuantityEntry, ANumberCellIsWhatItsFormatShows) {
  EXPECT_EQ(Read(Number("4945", "", " triệu đồng")), "4945000000/0 đồng EXACT");
  EXPECT_EQ(Read(Number("141", "hơn ", " mô hình")), "141/0 mô hình AT_LEAST");
  EXPECT_EQ(Read(Number("60.6", "", "%")), "606/1 % EXACT");
  // 1.712 in a cell is a decimal, whatever it would be as text.
  EXPECT_EQ(Read(Number("1.712"), {NumberStyle::kUnambiguous, "kg"}), "1712/3 kg EXACT");
}

TEST(QuantityEntry, RefusesWhatIsNoNumber) {
  for (const char* text : {"nhiều", "1/2 hộ", "20-30 hộ", "12.34.5 kg", "1.2.3 kg", ".", "1,2,3 kg",
                           "99999999999999999999 kg", "1,23456 kg", "9 nghìn tỷ tỷ", "5 5 kg"}) {
    EXPECT_THAT(Read(text), ::testing::StartsWith("!")) << text;
  }
  EXPECT_THAT(Read({.kind = RawCell::Kind::kDate, .text = "2021-02-01"}), HasSubstr("là ngày"));
  EXPECT_THAT(Read({.kind = RawCell::Kind::kError, .text = "#REF!"}), HasSubstr("#REF!"));
  EXPECT_THAT(Read("#N/A"), HasSubstr("#N/A"));
  EXPECT_THAT(Read({.kind = RawCell::Kind::kFormula}), HasSubstr("công thức"));
}

TEST(QuantityEntry, SaysHowItWasUnderstood) {
  EXPECT_EQ(QuantityEcho(*ParseQuantity(Text("4.945 triệu đồng"), {})),
            "4.945 triệu đồng = 4.945.000.000 đồng");
  EXPECT_EQ(QuantityEcho(*ParseQuantity(Text("33 mô hình"), {})), "");
  // Whether the number was a figure or text.
  const NumberContext million = {NumberStyle::kUnambiguous, "triệu đồng"};
  EXPECT_EQ(ParseQuantity(Number("4945"), million)->raw_text(), "4.945 triệu đồng");
  EXPECT_EQ(ParseQuantity(Text("4.945"), million)->raw_text(), "4.945 triệu đồng");
}

v1::Quantity Any(std::int64_t value, std::uint32_t scale, v1::Bound bound, const char* unit) {
  v1::Quantity quantity;
  quantity.set_value(value);
  quantity.set_scale(scale);
  quantity.set_bound(bound);
  quantity.set_unit(unit);
  return quantity;
}

RC_GTEST_PROP(QuantityEntry, WhatIsPrintedIsReadAgainAsTheSame, ()) {
  const auto bound = *rc::gen::element(v1::BOUND_EXACT, v1::BOUND_AT_LEAST, v1::BOUND_AT_MOST,
                                       v1::BOUND_APPROX, v1::BOUND_ORDER_OF_MAGNITUDE);
  const auto unit = *rc::gen::element("mô hình", "m2", "công", "tiêu chí/xã", "đồng", "%", "kg");
  const auto value = *rc::gen::inRange<std::int64_t>(-99'999'999'999, 99'999'999'999);
  const auto scale = *rc::gen::inRange<std::uint32_t>(0, 5);
  const v1::Quantity quantity = Any(value, scale, bound, unit);
  const std::string printed = QuantityText(quantity, Language::kVietnamese);
  const auto read = ParseQuantity(Text(printed), {NumberStyle::kVietnamese, ""});
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->SerializeAsString() == quantity.SerializeAsString());
  // Without being told, it is the same or it is asked back; never another value.
  const auto careful = ParseQuantity(Text(printed), {});
  if (careful) RC_ASSERT(careful->SerializeAsString() == quantity.SerializeAsString());
}

RC_GTEST_PROP(QuantityEntry, WhatIsPrintedInEnglishIsNeverReadAsAnotherValue, ()) {
  const auto value = *rc::gen::inRange<std::int64_t>(-9'999'999, 9'999'999);
  const auto scale = *rc::gen::inRange<std::uint32_t>(0, 5);
  // "1.712 kg" is a thousand and more in Vietnam: the one form that a unit settles.
  RC_PRE(scale != 3);
  const v1::Quantity quantity = Any(value, scale, v1::BOUND_EXACT, "kg");
  const auto read = ParseQuantity(Text(QuantityText(quantity, Language::kEnglish)), {});
  if (read) RC_ASSERT(read->value() == value && read->scale() == scale);
}

RC_GTEST_PROP(QuantityEntry, MoneyIsReadAsItsDong, ()) {
  v1::Money money;
  money.set_vnd(*rc::gen::inRange<std::int64_t>(0, 9'999'999) * 1'000);
  money.set_bound(v1::BOUND_EXACT);
  money.set_display_unit(
      *rc::gen::element(v1::Money::DISPLAY_UNIT_DONG, v1::Money::DISPLAY_UNIT_THOUSAND));
  const auto read =
      ParseQuantity(Text(MoneyText(money, Language::kVietnamese)), {NumberStyle::kVietnamese, ""});
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->value() == money.vnd() && read->unit() == "đồng" && read->scale() == 0u);
}

}  // namespace
}  // namespace nhanrong::cli
