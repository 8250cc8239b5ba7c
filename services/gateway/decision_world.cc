#include "services/gateway/decision_world.h"

#include "services/base/check.h"
#include "services/domain/unit/unit.h"

namespace nhanrong::gateway {
namespace {

// Nation, province, district, commune, village: deeper is a mistake in the map, and a loop would
// never end.
constexpr int kMapDepthMax = 8;

std::string UnitStream(std::string_view unit_id) { return "unit/" + std::string(unit_id); }

}  // namespace

DecisionWorld::DecisionWorld(const streams::StreamTable& streams, const National* national)
    : streams_(streams), national_(national) {}

streams::StreamPtr DecisionWorld::Empty(std::string_view stream) {
  const domain::AggregateType* type = domain::FindAggregate(stream);
  NR_CHECK(type != nullptr, "the domain reads streams of known types");
  return std::make_shared<domain::Stream>(type);
}

const domain::Stream& DecisionWorld::Read(std::string_view stream) {
  const auto known = read_.find(stream);
  if (known != read_.end()) return *known->second;
  streams::StreamPtr found = streams_.Find(stream);
  if (!found) found = Empty(stream);
  return *read_.emplace(stream, std::move(found)).first->second;
}

const domain::Stream& DecisionWorld::ReadUnit(std::string_view unit_id) {
  const std::string stream = UnitStream(unit_id);
  if (national_ == nullptr || streams_.Find(stream)) return Read(stream);
  read_national_ = true;
  const auto known = units_.find(stream);
  if (known != units_.end()) return *known->second;
  streams::StreamPtr found = national_->Find(stream);
  if (!found) found = Empty(stream);
  return *units_.emplace(stream, std::move(found)).first->second;
}

std::vector<std::string> DecisionWorld::Administrators() {
  return {streams_.administrators().begin(), streams_.administrators().end()};
}

streams::StreamPtr DecisionWorld::Unit(std::string_view unit_id) const {
  const std::string stream = UnitStream(unit_id);
  streams::StreamPtr found = streams_.Find(stream);
  if (!found && national_ != nullptr) found = national_->Find(stream);
  return found;
}

bool DecisionWorld::Within(std::string_view unit_id, std::string_view scope_unit_id,
                           absl::CivilDay day) {
  std::string at(unit_id);
  for (int depth = 0; depth < kMapDepthMax && !at.empty(); ++depth) {
    if (at == scope_unit_id) return true;
    const streams::StreamPtr unit = Unit(at);
    if (!unit) return false;
    at = unit->as<domain::UnitState>().ParentOn(day).value_or("");
  }
  return false;
}

}  // namespace nhanrong::gateway
