// A site on a day: what each span that is known to hold by then sets, the later one over the
// earlier.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "nhanrong/rows/v1/sites.pb.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

struct SiteOnDay {
  // Spans of one row, never null: the one that began it, and the last that set the status.
  const rows::v1::SiteSpan* begun = nullptr;
  const rows::v1::SiteSpan* changed = nullptr;
  // The last that set the unit; never null.
  const rows::v1::SiteSpan* placed = nullptr;
  // Null: none that the asker may read.
  const rows::v1::SiteSpan* funding_ended = nullptr;
  const rows::v1::SiteSpan* inspected = nullptr;
  // Put together of beginning, revisions and transfers.
  v1::SiteDescription description;
  // The highest level on which it was confirmed, as far as the asker may read.
  v1::VerificationLevel level = v1::VERIFICATION_LEVEL_SELF_REPORTED;
  // The same of its reports, by event; those that nobody confirmed are not in it.
  std::map<std::string, v1::VerificationLevel> report_levels;
};

// Absent: not begun by the effective day; or beginning, status or a part of the description is
// classified above what the asker may read.
std::optional<SiteOnDay> SiteOn(const rows::v1::SiteRow& row, const query::QueryScope& scope);

}  // namespace nhanrong::projections
