// As of every position and on random days, sites answers what the events themselves say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "projections/dated_spans/naive_history.h"
#include "projections/sites/sites.h"
#include "projections/sites/sites_query.h"
#include "services/domain/values/dates.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

constexpr int kCommits = 14;

v1::Fact FactOfKind(v1::Fact::KindCase kind) {
  v1::Fact fact;
  if (kind == v1::Fact::kSiteStarted) {
    fact.mutable_site_started()->mutable_description()->set_unit_id(
        *rc::gen::element<std::string>("east", "west"));
  } else if (kind == v1::Fact::kSiteStopped) {
    fact.mutable_site_stopped();
  } else {
    v1::Quantity& output = *fact.mutable_site_output_reported()->add_outputs();
    output.set_value(*rc::gen::inRange(0, 1000));
  }
  return fact;
}

v1::Fact RandomFact(const v1::Fact* corrected) {
  if (corrected != nullptr) return FactOfKind(corrected->kind_case());
  return FactOfKind(*rc::gen::element(v1::Fact::kSiteStarted, v1::Fact::kSiteStopped,
                                      v1::Fact::kSiteOutputReported));
}

std::optional<v1::SiteSummary> NaiveSite(const NaiveHistory& history, const std::string& stream,
                                         Position as_of, const query::QueryScope& scope) {
  const NaiveFact *begun = nullptr, *described = nullptr, *status = nullptr, *output = nullptr;
  const std::vector<NaiveFact> facts = history.InForce(stream, as_of);
  for (const NaiveFact& fact : facts) {
    if (fact.day > scope.effective_on) continue;
    if (fact.fact.has_site_output_reported()) {
      if (fact.classification <= scope.reads_up_to) output = &fact;
      continue;
    }
    status = &fact;
    if (!fact.fact.has_site_started()) continue;
    described = &fact;
    if (begun == nullptr) begun = &fact;
  }
  if (begun == nullptr) return std::nullopt;
  const auto highest =
      std::max({begun->classification, described->classification, status->classification});
  if (highest > scope.reads_up_to) return std::nullopt;
  v1::SiteSummary site;
  site.set_site_id(stream.substr(std::string("site/").size()));
  *site.mutable_description() = described->fact.site_started().description();
  site.mutable_unit()->set_unit_id(site.description().unit_id());
  site.set_status(status->fact.has_site_stopped() ? v1::SITE_STATUS_STOPPED
                                                  : v1::SITE_STATUS_OPERATING);
  *site.mutable_status_since() = domain::OnDay(status->day);
  *site.mutable_began_on() = domain::OnDay(begun->day);
  site.mutable_agency()->set_agency_id(begun->agency_id);
  site.mutable_agency()->set_name_at_event("Agency");
  site.set_from_document(begun->from_document);
  site.set_revision(history.LastRevision(stream, as_of));
  if (output != nullptr) *site.mutable_outputs() = output->fact.site_output_reported().outputs();
  return site;
}

RC_GTEST_PROP(SitesPropertyTest, AnswersAtEveryPositionWhatTheEventsSay, ()) {
  NaiveHistory history({"site/a", "site/b", "site/c"});
  history.Grow(kCommits, RandomFact);
  projector::MemoryRows store;
  RC_ASSERT(projector::FoldAll(*MakeSites(), history.commits(), store).ok());
  const query::MemoryUnitTree units;
  const absl::CivilDay day = RandomDay();
  const auto reads_up_to =
      *rc::gen::element(v1::CLASSIFICATION_PUBLIC, v1::CLASSIFICATION_INTERNAL);
  for (const projector::Commit& commit : history.commits()) {
    const auto rows = store.AsOf(commit.position);
    const query::QueryScope scope{*rows, day, units, reads_up_to, 100, ""};
    std::string expected;
    std::set<std::string> in_units;
    std::size_t total = 0;
    for (const std::string& stream : history.streams()) {
      const auto site = NaiveSite(history, stream, commit.position, scope);
      if (!site) continue;
      expected += site->DebugString();
      in_units.insert(site->description().unit_id());
      ++total;
    }
    const SitePage listed = *ListSites(scope, {});
    std::string actual;
    for (const v1::SiteSummary& site : listed.page.items) actual += site.DebugString();
    RC_ASSERT(actual == expected);
    RC_ASSERT(listed.total == total);
    RC_ASSERT(listed.units == in_units.size());
  }
}

}  // namespace
}  // namespace nhanrong::projections
