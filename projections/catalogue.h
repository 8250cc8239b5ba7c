// The one list of read models: a new one is added here and in its folder.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "services/projector/projection.h"

namespace nhanrong::projections {

// One of each, for one ledger. Names differ.
std::vector<std::unique_ptr<projector::Projection>> MakeAll();
// The one of this name; null: there is none.
std::unique_ptr<projector::Projection> Make(std::string_view name);

}  // namespace nhanrong::projections
