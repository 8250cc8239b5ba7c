// Read model units: the administrative units of a ledger, with the days of their names and codes.
//
// Folds streams "unit/<id>" into rows "u/<id>" (StreamRow), and keeps "c/<code>/<id>" (empty) for
// each code that the unit ever holds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/domain/unit/unit.h"
#include "services/projector/projection.h"

namespace nhanrong::projections {

inline constexpr std::string_view kUnitRows = "u/";

std::string UnitKey(std::string_view unit_id);
std::string CodePrefix(std::string_view code);

std::unique_ptr<projector::Projection> MakeUnits();

}  // namespace nhanrong::projections
