#include <algorithm>

#include "services/domain/unit/unit.h"

namespace nhanrong::domain {
namespace {

constexpr std::string_view kPrefix = "unit/";

}  // namespace

std::optional<std::string> UnitState::NameOn(absl::CivilDay day) const {
  if (!EstablishedOn(day)) return std::nullopt;
  const DatedName* found = nullptr;
  for (const DatedName& dated : names) {
    const bool later = found == nullptr || dated.from >= found->from;
    if (dated.from <= day && later) found = &dated;
  }
  if (found == nullptr) return std::nullopt;
  return found->name;
}

std::optional<std::string> UnitState::CodeOn(absl::CivilDay day) const {
  for (const CodeSpan& span : Codes()) {
    if (span.from <= day && (!span.to || day < *span.to)) return span.code;
  }
  return std::nullopt;
}

std::optional<std::string> UnitState::ParentOn(absl::CivilDay day) const {
  if (!EstablishedOn(day) || parent_unit_id.empty()) return std::nullopt;
  return parent_unit_id;
}

std::vector<CodeSpan> UnitState::Codes() const {
  std::vector<CodeSpan> spans = given;
  std::stable_sort(spans.begin(), spans.end(),
                   [](const CodeSpan& a, const CodeSpan& b) { return a.from < b.from; });
  for (std::size_t i = 0; i + 1 < spans.size(); ++i) {
    const absl::CivilDay next = spans[i + 1].from;
    if (!spans[i].to || *spans[i].to > next) spans[i].to = next;
  }
  std::erase_if(spans, [](const CodeSpan& span) { return span.to && *span.to <= span.from; });
  return spans;
}

std::string UnitStream(std::string_view unit_id) {
  return std::string(kPrefix) + std::string(unit_id);
}

std::string UnitIdOf(std::string_view stream) {
  return std::string(stream.substr(std::min(kPrefix.size(), stream.size())));
}

v1::AdminUnitRef UnitRefOn(const std::string& unit_id, const UnitState& unit, absl::CivilDay day) {
  v1::AdminUnitRef made;
  made.set_unit_id(unit_id);
  made.set_level(unit.level);
  if (const auto code = unit.CodeOn(day)) made.set_code_at_event(*code);
  if (const auto name = unit.NameOn(day)) made.set_name_at_event(*name);
  return made;
}

}  // namespace nhanrong::domain
