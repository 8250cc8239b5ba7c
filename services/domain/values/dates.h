// Business dates: dates of Asia/Ho_Chi_Minh with their precision, and the days that they may mean.
//
// Pure and total; text that is no date gives an absent value, never an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "nhanrong/v1/values.pb.h"
#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

using SourceDocs = google::protobuf::RepeatedPtrField<v1::SourceDoc>;

// "2021-05-05". Absent unless a real day of the years 1000 to 9999 in exactly this form.
std::optional<absl::CivilDay> ParseDay(std::string_view iso);
std::string DayText(absl::CivilDay day);

// The day of `when` in Asia/Ho_Chi_Minh.
absl::CivilDay DayOf(absl::Time when);

// A date that is one day.
v1::BusinessDate OnDay(absl::CivilDay day);

// First and last day of the stated period. Absent when value and precision do not agree, and for
// UNKNOWN_YEAR, which names no period by itself.
std::optional<DayRange> StatedDays(const v1::BusinessDate& date);

// Whether `date` has a form that the contract allows, UNKNOWN_YEAR included.
bool IsBusinessDate(const v1::BusinessDate& date);

// The days on which a fact may have happened. `earliest` is the first day of the stated period.
// `latest` is the first of: its last day, the earliest of those days of issue of `sources` that are
// not before `earliest`, and `recorded`. UNKNOWN_YEAR: both are the last such day not after the
// earliest source, or without sources not after `recorded`. A date that is absent or cannot be
// read: `recorded`.
DayRange KnownDays(const v1::BusinessDate& date, const SourceDocs& sources,
                   absl::CivilDay recorded);

}  // namespace nhanrong::domain
