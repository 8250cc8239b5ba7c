// Words of the command line: moments, dates and short names of enumerators. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"

namespace nhanrong::cli {

// What a bare date means: a state is "as of" the end of the day, a history begins at its start.
enum class DayEdge { kStart, kEnd };

// RFC 3339 ("2021-05-05T08:30:00+07:00"), without offset: time of Vietnam; or a bare ISO date.
absl::StatusOr<absl::Time> ParseMoment(const std::string& text, DayEdge edge);

using PositionOrTime = std::variant<std::uint64_t, absl::Time>;
// Only digits: a position. Otherwise a moment.
absl::StatusOr<PositionOrTime> ParsePositionOrTime(const std::string& text, DayEdge edge);

// "2021-05-05" as it stands, INVALID_ARGUMENT when there is no such day.
absl::StatusOr<std::string> ParseIsoDate(const std::string& text);

google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time FromProto(const google::protobuf::Timestamp& time);

// "province" for MODEL_LEVEL_PROVINCE: the part that differs, lower case, '-' for '_'.
std::string ShortName(const google::protobuf::EnumDescriptor& type, int number);
// Accepts the short and the whole name in any case. The message lists what there is.
absl::StatusOr<int> ParseShortName(const google::protobuf::EnumDescriptor& type,
                                   const std::string& text);
std::vector<std::string> ShortNames(const google::protobuf::EnumDescriptor& type);

}  // namespace nhanrong::cli
