// Dates and periods as Vietnamese officials write them: "5/5/2021", "ngày 05 tháng 5 năm 2021",
// "tháng 4/2021", "quý I/2021", "2021", "giai đoạn 2016-2020", and date cells of a spreadsheet.
//
// Pure. Day before month, always. A date cell says as much as its format shows: "4/2021" typed into
// a spreadsheet is its first of April shown as a month, and is understood as the month.
#pragma once

#include <string>

#include "nhanrong/v1/values.pb.h"
#include "services/cli/entry/entry.h"

namespace nhanrong::cli {

Understood<v1::BusinessDate> ParseDate(const RawCell& cell);
// Only a day.
Understood<std::string> ParseDay(const RawCell& cell);
// A period of the calendar ("tháng 4/2021", "từ 1/1/2019 đến 5/5/2021"), of a phase ("2016-2020"),
// or by Decree 09/2019 ("tháng 4/2021 (NĐ 09)": from 15 March to 14 April).
Understood<v1::ReportingPeriod> ParsePeriod(const RawCell& cell);

}  // namespace nhanrong::cli
