// Read model sites: one small row per site, with its description, status and inspections through
// time, and one row per report of outputs.
//
// Folds streams "site/<id>" into rows "s/<id>" (SiteRow), "o/<id>/…" (SiteOutputRow, the latest
// first) and "e/<id>/<event id>" (the key of the report that an event made, for corrections).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "nhanrong/rows/v1/dated_fact.pb.h"
#include "services/projector/projection.h"

namespace nhanrong::projections {

inline constexpr std::string_view kSiteRows = "s/";

std::string SiteKey(std::string_view site_id);
std::string OutputPrefix(std::string_view site_id);
// Under the prefix, by (latest day, revision) downwards.
std::string OutputKey(std::string_view site_id, const rows::v1::DatedFact& dated);

std::unique_ptr<projector::Projection> MakeSites();

}  // namespace nhanrong::projections
