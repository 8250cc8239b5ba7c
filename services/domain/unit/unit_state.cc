#include <algorithm>

#include "services/domain/unit/unit.h"

namespace nhanrong::domain {
namespace {

constexpr std::string_view kPrefix = "unit/";

template <typename T>
std::optional<T> HoldsOn(const std::vector<Dated<T>>& all, absl::CivilDay day) {
  const auto last = std::find_if(all.rbegin(), all.rend(),
                                 [day](const Dated<T>& dated) { return dated.days.latest <= day; });
  if (last == all.rend() || last->value == T()) return std::nullopt;
  return last->value;
}

void EndBy(CodeSpan& span, absl::CivilDay day) {
  if (!span.to || *span.to > day) span.to = day;
}

}  // namespace

std::optional<std::string> UnitState::NameOn(absl::CivilDay day) const {
  return KnownOn(day) ? HoldsOn(names, day) : std::nullopt;
}

std::optional<v1::UnitType> UnitState::TypeOn(absl::CivilDay day) const {
  return KnownOn(day) ? HoldsOn(types, day) : std::nullopt;
}

std::optional<std::string> UnitState::ParentOn(absl::CivilDay day) const {
  return KnownOn(day) ? HoldsOn(parents, day) : std::nullopt;
}

std::optional<std::string> UnitState::CodeOn(absl::CivilDay day) const {
  for (const CodeSpan& span : Codes()) {
    if (span.from <= day && (!span.to || day < *span.to)) return span.code;
  }
  return std::nullopt;
}

std::vector<CodeSpan> UnitState::Codes() const {
  std::vector<CodeSpan> spans = given;
  std::stable_sort(spans.begin(), spans.end(),
                   [](const CodeSpan& a, const CodeSpan& b) { return a.from < b.from; });
  for (std::size_t i = 0; i + 1 < spans.size(); ++i) {
    EndBy(spans[i], spans[i + 1].from);
  }
  for (CodeSpan& span : spans) {
    for (const RetiredCode& code : retired) {
      if (code.code == span.code && code.to > span.from) EndBy(span, code.to);
    }
    if (end) EndBy(span, *end);
  }
  std::erase_if(spans, [](const CodeSpan& span) { return span.to && *span.to <= span.from; });
  return spans;
}

absl::CivilDay UnitState::LastChange() const {
  absl::CivilDay last = start;
  for (const auto& name : names) last = std::max(last, name.days.latest);
  for (const auto& type : types) last = std::max(last, type.days.latest);
  for (const auto& parent : parents) last = std::max(last, parent.days.latest);
  for (const CodeSpan& code : given) last = std::max(last, code.from);
  return last;
}

v1::UnitLevel LevelOf(v1::UnitType type) {
  switch (type) {
    case v1::UNIT_TYPE_PROVINCE:
    case v1::UNIT_TYPE_CENTRAL_CITY:
      return v1::UNIT_LEVEL_PROVINCE;
    case v1::UNIT_TYPE_RURAL_DISTRICT:
    case v1::UNIT_TYPE_URBAN_DISTRICT:
    case v1::UNIT_TYPE_TOWN:
    case v1::UNIT_TYPE_PROVINCIAL_CITY:
      return v1::UNIT_LEVEL_DISTRICT;
    case v1::UNIT_TYPE_RURAL_COMMUNE:
    case v1::UNIT_TYPE_WARD:
    case v1::UNIT_TYPE_TOWNSHIP:
    case v1::UNIT_TYPE_SPECIAL_ZONE:
      return v1::UNIT_LEVEL_COMMUNE;
    case v1::UNIT_TYPE_VILLAGE:
    case v1::UNIT_TYPE_RESIDENTIAL_GROUP:
      return v1::UNIT_LEVEL_VILLAGE;
    default:
      return v1::UNIT_LEVEL_UNSPECIFIED;
  }
}

std::string UnitStream(std::string_view unit_id) {
  return std::string(kPrefix) + std::string(unit_id);
}

std::string UnitIdOf(std::string_view stream) {
  return std::string(stream.substr(std::min(kPrefix.size(), stream.size())));
}

v1::AdminUnitRef UnitRefOn(const std::string& unit_id, const UnitState& unit, absl::CivilDay day) {
  if (unit.AbolishedOn(day)) day = *unit.end - 1;
  v1::AdminUnitRef made;
  made.set_unit_id(unit_id);
  made.set_level(unit.level);
  if (const auto code = unit.CodeOn(day)) made.set_code_at_event(*code);
  if (const auto name = unit.NameOn(day)) made.set_name_at_event(*name);
  return made;
}

}  // namespace nhanrong::domain
