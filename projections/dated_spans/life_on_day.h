// What is shown on a day of something that begins, is described and has a status: models and sites.
#pragma once

#include <algorithm>
#include <optional>

#include "projections/dated_spans/dated_spans.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Spans of one row; each set a status, and those that begin it a description. Not null.
template <typename Span>
struct LifeOnDay {
  const Span* begun;      // the first that described it
  const Span* described;  // the last that described it, by the day
  const Span* status;     // the last of all, by the day
};

// Absent: not begun by the effective day, or one of the three is classified above what the asker
// may read.
template <typename Span, typename Describes>
std::optional<LifeOnDay<Span>> LifeOn(const Spans<Span>& spans, const query::QueryScope& scope,
                                      Describes describes) {
  const auto begun = std::find_if(spans.begin(), spans.end(), describes);
  const Span* described = LastOn(spans, scope.effective_on, describes);
  if (described == nullptr) return std::nullopt;
  const Span* status = LastOn(spans, scope.effective_on, [](const Span&) { return true; });
  for (const Span* read : {&*begun, described, status}) {
    if (read->dated().classification() > scope.reads_up_to) return std::nullopt;
  }
  return LifeOnDay<Span>{&*begun, described, status};
}

// The fields that ModelSummary and SiteSummary share.
template <typename Summary, typename Span>
void SetLife(const LifeOnDay<Span>& life, Summary& summary) {
  summary.set_status(life.status->status());
  *summary.mutable_status_since() = life.status->dated().occurred_on();
  *summary.mutable_began_on() = life.begun->dated().occurred_on();
  *summary.mutable_agency() = life.begun->agency();
  summary.set_from_document(life.begun->dated().from_document());
}

}  // namespace nhanrong::projections
