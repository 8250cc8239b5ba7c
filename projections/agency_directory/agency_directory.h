// Read model agency_directory: the agencies of a ledger, their people and systems, grants and
// credentials.
//
// Folds streams "agency/<id>" into rows "a/<id>" and "actor/<id>" into rows "p/<id>" (both
// StreamRow), and keeps "m/<agency id>/<actor id>" (empty) for the agency of each actor.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/projector/projection.h"

namespace nhanrong::projections {

inline constexpr std::string_view kAgencyRows = "a/";

std::string AgencyKey(std::string_view agency_id);
std::string ActorKey(std::string_view actor_id);
std::string MemberPrefix(std::string_view agency_id);

std::unique_ptr<projector::Projection> MakeAgencyDirectory();

}  // namespace nhanrong::projections
