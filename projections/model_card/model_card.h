// Read model model_card: the timeline of each model, every event as it was recorded.
//
// Folds streams "model/<id>" into one row per event (TimelineRow), so that a model's timeline grows
// linearly. Corrections and annulments are entries of their own and mark the entry that they name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "services/projector/projection.h"

namespace nhanrong::projections {

// "t/<model id>/": the newest entry first below it.
std::string TimelinePrefix(std::string_view model_id);
std::string TimelineKey(std::string_view model_id, std::uint64_t revision);

std::unique_ptr<projector::Projection> MakeModelCard();

}  // namespace nhanrong::projections
