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
  switch (kind) {
    case v1::Fact::kSiteStarted:
      fact.mutable_site_started()->mutable_description()->set_unit_id(
          *rc::gen::element<std::string>("east", "west"));
      break;
    case v1::Fact::kSiteStopped:
      fact.mutable_site_stopped();
      break;
    case v1::Fact::kSiteFundingEnded:
      fact.mutable_site_funding_ended();
      break;
    case v1::Fact::kSiteTransferred:
      fact.mutable_site_transferred()->set_to_unit_id(
          *rc::gen::element<std::string>("", "east", "west"));
      if (*rc::gen::arbitrary<bool>()) {
        fact.mutable_site_transferred()->mutable_to_owner()->set_subject_id("owner");
      }
      break;
    case v1::Fact::kSiteDescriptionRevised:
      fact.mutable_site_description_revised()->set_name(
          *rc::gen::element<std::string>("one", "two"));
      break;
    case v1::Fact::kSiteInspected:
      fact.mutable_site_inspected()->set_level(*rc::gen::element(
          v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED, v1::VERIFICATION_LEVEL_INSPECTED));
      fact.mutable_site_inspected()->set_result(
          *rc::gen::element(v1::INSPECTION_RESULT_CONFIRMED, v1::INSPECTION_RESULT_DEFICIENCIES,
                            v1::INSPECTION_RESULT_NOT_FOUND));
      break;
    default:
      fact.mutable_site_output_reported()->add_outputs()->set_value(*rc::gen::inRange(0, 1000));
  }
  return fact;
}

v1::Fact RandomFact(const v1::Fact* corrected) {
  if (corrected != nullptr) return FactOfKind(corrected->kind_case());
  return FactOfKind(*rc::gen::element(v1::Fact::kSiteStarted, v1::Fact::kSiteStopped,
                                      v1::Fact::kSiteFundingEnded, v1::Fact::kSiteTransferred,
                                      v1::Fact::kSiteDescriptionRevised, v1::Fact::kSiteInspected,
                                      v1::Fact::kSiteOutputReported));
}

bool Begins(const v1::Fact& fact) { return fact.has_site_started(); }
bool Revises(const v1::Fact& fact) { return fact.has_site_description_revised(); }
bool Moves(const v1::Fact& fact) {
  return Begins(fact) || !fact.site_transferred().to_unit_id().empty();
}
bool Gives(const v1::Fact& fact) { return fact.site_transferred().has_to_owner(); }
bool EndsFunding(const v1::Fact& fact) { return fact.has_site_funding_ended(); }
bool Inspects(const v1::Fact& fact) { return fact.has_site_inspected(); }
bool Reports(const v1::Fact& fact) { return fact.has_site_output_reported(); }
bool Confirms(const v1::Fact& fact) {
  return fact.site_inspected().result() == v1::INSPECTION_RESULT_CONFIRMED;
}
bool ChangesStatus(const v1::Fact& fact) {
  return Begins(fact) || EndsFunding(fact) || fact.has_site_stopped() ||
         fact.site_inspected().result() == v1::INSPECTION_RESULT_NOT_FOUND;
}

v1::SiteStatus StatusIn(const v1::Fact& fact) {
  if (Begins(fact)) return v1::SITE_STATUS_OPERATING;
  if (EndsFunding(fact)) return v1::SITE_STATUS_FUNDING_ENDED;
  return fact.has_site_stopped() ? v1::SITE_STATUS_STOPPED : v1::SITE_STATUS_INVALIDATED;
}

// The facts known to hold by the day, in order.
class Known {
 public:
  Known(std::vector<NaiveFact> facts, const query::QueryScope& scope) : scope_(scope) {
    for (NaiveFact& fact : facts) {
      if (fact.holds_from <= scope.effective_on) facts_.push_back(std::move(fact));
    }
  }
  bool Readable(const NaiveFact& fact) const { return fact.classification <= scope_.reads_up_to; }
  // The last one that is so; null: none.
  const NaiveFact* Last(bool (*has)(const v1::Fact&)) const {
    const NaiveFact* last = nullptr;
    for (const NaiveFact& fact : facts_) {
      if (has(fact.fact)) last = &fact;
    }
    return last;
  }
  const NaiveFact* LastReadable(bool (*has)(const v1::Fact&)) const {
    const NaiveFact* last = nullptr;
    for (const NaiveFact& fact : facts_) {
      if (has(fact.fact) && Readable(fact)) last = &fact;
    }
    return last;
  }
  const std::vector<NaiveFact>& facts() const { return facts_; }

 private:
  const query::QueryScope& scope_;
  std::vector<NaiveFact> facts_;
};

// What stands in a description when beginning, revision and transfer each come when they come.
v1::SiteDescription NaiveDescription(const Known& known) {
  v1::SiteDescription description;
  for (const NaiveFact& fact : known.facts()) {
    if (Begins(fact.fact)) description = fact.fact.site_started().description();
    if (Revises(fact.fact)) description.set_name(fact.fact.site_description_revised().name());
    if (Revises(fact.fact)) description.mutable_particulars();
    if (Gives(fact.fact)) *description.mutable_owner() = fact.fact.site_transferred().to_owner();
    const std::string& unit = fact.fact.site_transferred().to_unit_id();
    if (!unit.empty()) description.set_unit_id(unit);
  }
  return description;
}

void AddInspections(const Known& known, v1::SiteSummary& site) {
  site.set_verification_level(v1::VERIFICATION_LEVEL_SELF_REPORTED);
  for (const NaiveFact& fact : known.facts()) {
    if (!Confirms(fact.fact) || !known.Readable(fact)) continue;
    site.set_verification_level(
        std::max(site.verification_level(), fact.fact.site_inspected().level()));
  }
  const NaiveFact* last = known.LastReadable(Inspects);
  if (last == nullptr) return;
  *site.mutable_last_inspection()->mutable_on() = domain::OnDay(last->day);
  site.mutable_last_inspection()->set_level(last->fact.site_inspected().level());
  site.mutable_last_inspection()->set_result(last->fact.site_inspected().result());
}

std::optional<v1::SiteSummary> NaiveSite(const NaiveHistory& history, const std::string& stream,
                                         Position as_of, const query::QueryScope& scope) {
  const Known known(history.InForce(stream, as_of), scope);
  const auto begun = std::find_if(known.facts().begin(), known.facts().end(),
                                  [](const NaiveFact& fact) { return Begins(fact.fact); });
  if (begun == known.facts().end()) return std::nullopt;
  const NaiveFact* status = known.Last(ChangesStatus);
  for (const NaiveFact* fact : {&*begun, status, known.Last(Begins), known.Last(Revises),
                                known.Last(Moves), known.Last(Gives)}) {
    if (fact != nullptr && !known.Readable(*fact)) return std::nullopt;
  }
  v1::SiteSummary site;
  site.set_site_id(stream.substr(std::string("site/").size()));
  *site.mutable_description() = NaiveDescription(known);
  site.mutable_unit()->set_unit_id(site.description().unit_id());
  site.set_status(StatusIn(status->fact));
  *site.mutable_status_since() = domain::OnDay(status->day);
  *site.mutable_began_on() = domain::OnDay(begun->day);
  site.mutable_agency()->set_agency_id(begun->agency_id);
  site.mutable_agency()->set_name_at_event("Agency");
  site.set_from_document(begun->from_document);
  site.set_revision(history.LastRevision(stream, as_of));
  if (const NaiveFact* ended = known.LastReadable(EndsFunding)) {
    *site.mutable_funding_ended_on() = domain::OnDay(ended->day);
  }
  AddInspections(known, site);
  if (const NaiveFact* output = known.LastReadable(Reports)) {
    *site.mutable_outputs() = output->fact.site_output_reported().outputs();
    site.set_outputs_level(v1::VERIFICATION_LEVEL_SELF_REPORTED);
  }
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
