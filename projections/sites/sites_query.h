// Query of sites: sites of models, as of the scope's rows, on its day.
//
// A site is there from the day on which its first description is known to hold; description and
// status are the last ones known to hold by that day, and outputs those of the last report that the
// asker may read. Pure; faults: DATA_LOSS (a row does not parse), INVALID_ARGUMENT (a page outside
// the list).
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

struct SitePage {
  Page<v1::SiteSummary> page;
  // Over all pages: sites, and the different units in which they lie on that day.
  std::uint64_t total = 0;
  std::uint64_t units = 0;
};

// Sites for which every set filter of the request holds, by id. Its context is not looked at.
absl::StatusOr<SitePage> ListSites(const query::QueryScope& scope,
                                   const v1::ListSitesRequest& request);

}  // namespace nhanrong::projections
