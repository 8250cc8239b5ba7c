// Numbers, quantities, money, ratios and dates as people of Vietnam write them, and in English.
//
// Pure and thread-safe. Never fails: what has no form of its own is given back as it came in.
// Numbers follow the CLDR of ICU ("1.026.739", "17,3", "60,6%"); every figure is computed from
// integers, never from a rounded one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "nhanrong/v1/values.pb.h"

namespace nhanrong::cli {

enum class Language { kVietnamese, kEnglish };

// The text of the asked language.
inline std::string_view Pick(Language language, std::string_view vi, std::string_view en) {
  return language == Language::kVietnamese ? vi : en;
}

// "1.026.739".
std::string NumberText(std::int64_t value, Language language);
// 139 with scale 1 is "13,9". Digits of `scale` are all printed.
std::string DecimalText(std::int64_t value, std::uint32_t scale, Language language);

// "hơn 174 mô hình", "33 mô hình", "cỡ 10 tỷ đồng": the bound is never lost.
std::string QuantityText(const v1::Quantity& quantity, Language language);
// "4.945 triệu đồng": in the unit of display, with as many digits as it takes to be exact.
std::string MoneyText(const v1::Money& money, Language language);
// "60,6%", one digit after the comma, rounded as the ratio says; AS_PRINTED gives what was printed;
// a denominator of 0 gives "—".
std::string RatioText(const v1::Ratio& ratio, Language language);
// The same from its integers with rounding HALF_UP, whatever the source printed.
std::string ComputedRatioText(const v1::Ratio& ratio, Language language);

// By precision: "05/05/2021", "tháng 4/2021", "quý II/2021", "năm 2019", "giai đoạn 2016–2020",
// "31/05" (year not stated). English keeps ISO order: "2021-05-05", "April 2021", "2016–2020".
std::string DateText(const v1::BusinessDate& date, Language language);
// An ISO date: "05/05/2021".
std::string IsoDateText(std::string_view iso, Language language);
// Asia/Ho_Chi_Minh: "05/05/2021 08:30:00".
std::string TimeText(absl::Time time, Language language);

}  // namespace nhanrong::cli
