// Read model counted_figures: numbers that sources state about things that they do not name.
//
// Folds streams "figure/<id>" into rows "f/<id>" (FigureRow).
#pragma once

#include <memory>
#include <string_view>

#include "services/projector/projection.h"

namespace nhanrong::projections {

inline constexpr std::string_view kFigureRows = "f/";

std::unique_ptr<projector::Projection> MakeCountedFigures();

}  // namespace nhanrong::projections
