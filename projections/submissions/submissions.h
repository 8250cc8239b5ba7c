// Read model submissions: what became of each submission, refusals included.
//
// Folds whole commits into rows "t/<agency>/<inverted position>" (SubmissionRow, the newest first),
// for the agency that sent it and for one on whose behalf it was sent, the same under "r/" for
// refusals alone, and, to find one of the sender's, SubmissionPlaceRow under
// "s/<agency>/<submission id>" and "c/<agency>/<hash of correlation id>/<inverted position>".
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/base/strong.h"
#include "services/projector/projection.h"

namespace nhanrong::projections {

// Rows of an agency, the newest first.
std::string SubmissionPrefix(std::string_view agency_id);
std::string RefusalPrefix(std::string_view agency_id);
// Under one of the prefixes.
std::string AtPosition(const std::string& prefix, Position position);
std::string SubmissionPlaceKey(std::string_view agency_id, std::string_view submission_id);
// Places of the submissions with one correlation id, the newest first.
std::string CorrelationPrefix(std::string_view agency_id, std::string_view correlation_id);

std::unique_ptr<projector::Projection> MakeSubmissions();

}  // namespace nhanrong::projections
