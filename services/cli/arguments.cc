#include "services/cli/arguments.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "services/base/clock.h"

namespace nhanrong::cli {
namespace {

// Letters that all enumerators of a type begin with: "MODEL_LEVEL_".
std::size_t PrefixLength(const google::protobuf::EnumDescriptor& type) {
  std::string prefix = type.value(0)->name();
  for (int i = 1; i < type.value_count(); ++i) {
    const std::string& name = type.value(i)->name();
    std::size_t same = 0;
    while (same < prefix.size() && same < name.size() && prefix[same] == name[same]) ++same;
    prefix.resize(same);
  }
  const std::size_t end = prefix.rfind('_');
  return end == std::string::npos ? 0 : end + 1;
}

std::string Shorten(const std::string& name, std::size_t prefix) {
  std::string text = absl::AsciiStrToLower(name.substr(prefix));
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

}  // namespace

absl::StatusOr<std::string> ParseIsoDate(const std::string& text) {
  absl::CivilDay day;
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day)) {
    return absl::InvalidArgumentError("không phải ngày dạng 2021-05-05 / not an ISO date: " + text);
  }
  return text;
}

absl::StatusOr<absl::Time> ParseMoment(const std::string& text, DayEdge edge) {
  absl::CivilDay day;
  if (text.size() == 10 && absl::ParseCivilTime(text, &day)) {
    if (edge == DayEdge::kStart) return absl::FromCivil(day, VietnamTimeZone());
    return absl::FromCivil(day + 1, VietnamTimeZone()) - absl::Microseconds(1);
  }
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error)) return time;
  if (absl::ParseTime("%Y-%m-%dT%H:%M:%E*S", text, VietnamTimeZone(), &time, &error)) return time;
  return absl::InvalidArgumentError(
      "không phải thời điểm (2021-05-05, 2021-05-05T08:30:00+07:00) / not a moment: " + text);
}

absl::StatusOr<PositionOrTime> ParsePositionOrTime(const std::string& text, DayEdge edge) {
  std::uint64_t position = 0;
  if (absl::SimpleAtoi(text, &position)) return position;
  const absl::StatusOr<absl::Time> time = ParseMoment(text, edge);
  if (!time.ok()) return time.status();
  return *time;
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp proto;
  const std::int64_t micros = absl::ToUnixMicros(time);
  std::int64_t seconds = micros / 1'000'000;
  std::int64_t rest = micros % 1'000'000;
  if (rest < 0) {
    rest += 1'000'000;
    --seconds;
  }
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int>(rest * 1000));
  return proto;
}

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

std::string ShortName(const google::protobuf::EnumDescriptor& type, int number) {
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  return value == nullptr ? std::to_string(number) : Shorten(value->name(), PrefixLength(type));
}

absl::StatusOr<int> ParseShortName(const google::protobuf::EnumDescriptor& type,
                                   const std::string& text) {
  const std::size_t prefix = PrefixLength(type);
  const std::string wanted = Shorten(text, 0);
  for (int i = 0; i < type.value_count(); ++i) {
    const std::string& name = type.value(i)->name();
    if (type.value(i)->number() == 0) continue;
    if (wanted == Shorten(name, prefix) || wanted == Shorten(name, 0)) {
      return type.value(i)->number();
    }
  }
  return absl::InvalidArgumentError("không có giá trị / no such value: " + text + " (" +
                                    absl::StrJoin(ShortNames(type), ", ") + ")");
}

std::vector<std::string> ShortNames(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    names.push_back(Shorten(type.value(i)->name(), PrefixLength(type)));
  }
  return names;
}

}  // namespace nhanrong::cli
