// The acts of each part.
#pragma once

#include "services/generator/act.h"

namespace nhanrong::generator {

// Models: registering, submitting, reporting, revising.
std::span<const Act> ModelActs();
// Models: what specialists, the office and the authority decide.
std::span<const Act> DecisionActs();
// Sites: starting, reporting, revising, transferring, stopping.
std::span<const Act> SiteActs();
std::span<const Act> InspectionActs();
// Figures of documents.
std::span<const Act> FigureActs();
std::span<const Act> CorrectionActs();
// What a rule of the domain refuses.
std::span<const Act> MistakeActs();
// Agencies, people, grants, credentials, delegations.
std::span<const Act> AdministrationActs();

}  // namespace nhanrong::generator
