// Numbers as Vietnamese officials write them: "4.945 triệu đồng", "255.142m2", "hơn 141", "hàng
// chục tỷ đồng", "17,3".
//
// Pure. "4.945" and "1,712" alone are one thing in Vietnam and a thousandth or a thousandfold of it
// elsewhere: they are refused with both readings, unless a Vietnamese unit stands beside a '.', or
// the caller says how numbers are written.
#pragma once

#include <string>
#include <string_view>

#include "nhanrong/v1/values.pb.h"
#include "services/cli/entry/entry.h"

namespace nhanrong::cli {

enum class NumberStyle {
  // Only what can be read in one way.
  kUnambiguous,
  // '.' groups, ',' is the decimal sign.
  kVietnamese,
  // The other way round.
  kEnglish,
};

struct NumberContext {
  NumberStyle style = NumberStyle::kUnambiguous;
  // Of a column beside it; empty: the unit stands in the cell.
  std::string unit = {};
};

// A quantity with bound and unit. raw_text is the entry where it says more than number and unit.
// "nghìn", "triệu", "tỷ" go into the value: 4945000000 "đồng". Empty cells are not asked.
Understood<v1::Quantity> ParseQuantity(const RawCell& cell, const NumberContext& context);

// "4.945 triệu đồng = 4.945.000.000 đồng": how the entry was understood.
std::string QuantityEcho(const v1::Quantity& quantity);

}  // namespace nhanrong::cli
