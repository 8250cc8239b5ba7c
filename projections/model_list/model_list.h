// Read model model_list: one small row per model, with what it is and where it stands through time.
//
// Folds streams "model/<id>" into rows "m/<id>" (ModelRow), and "agency/<id>" into rows "a/<id>"
// (StreamRow), for the names of those who keep models. A row grows with the steps of the model's
// life cycle only; progress reports change nothing but the revision.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/projector/projection.h"

namespace nhanrong::projections {

inline constexpr std::string_view kModelRows = "m/";

std::string ModelKey(std::string_view model_id);
std::string KeeperKey(std::string_view agency_id);

std::unique_ptr<projector::Projection> MakeModelList();

}  // namespace nhanrong::projections
