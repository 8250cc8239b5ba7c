// As of every position and on random days, model_list answers what the events themselves say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "projections/dated_spans/naive_history.h"
#include "projections/model_list/model_list.h"
#include "projections/model_list/model_list_query.h"
#include "services/domain/values/dates.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

constexpr int kCommits = 12;

v1::ModelDefinition RandomDefinition() {
  v1::ModelDefinition definition;
  definition.set_name(*rc::gen::element<std::string>("one", "two", "three"));
  definition.set_level(*rc::gen::element(v1::MODEL_LEVEL_PROVINCE, v1::MODEL_LEVEL_COMMUNE));
  definition.set_unit_id(*rc::gen::element<std::string>("east", "west"));
  return definition;
}

v1::Fact FactOfKind(v1::Fact::KindCase kind) {
  v1::Fact fact;
  switch (kind) {
    case v1::Fact::kModelRegistered:
      *fact.mutable_model_registered()->mutable_definition() = RandomDefinition();
      break;
    case v1::Fact::kModelRecordedFromDocument:
      *fact.mutable_model_recorded_from_document()->mutable_definition() = RandomDefinition();
      fact.mutable_model_recorded_from_document()->set_stated_status(
          *rc::gen::element(v1::MODEL_STATUS_ACTIVE, v1::MODEL_STATUS_PILOTING));
      break;
    case v1::Fact::kModelSubmitted:
      fact.mutable_model_submitted();
      break;
    case v1::Fact::kModelDefinitionRevised:
      *fact.mutable_model_definition_revised()->mutable_definition() = RandomDefinition();
      fact.mutable_model_definition_revised()->mutable_definition()->clear_unit_id();
      break;
    case v1::Fact::kModelTransferred:
      fact.mutable_model_transferred()->set_to_unit_id(
          *rc::gen::element<std::string>("", "east", "west"));
      fact.mutable_model_transferred()->set_to_agency_id(
          *rc::gen::element<std::string>("", "agency-3"));
      break;
    case v1::Fact::kModelSuspended:
      fact.mutable_model_suspended();
      break;
    case v1::Fact::kModelResumed:
      fact.mutable_model_resumed();
      break;
    case v1::Fact::kModelClosed:
      fact.mutable_model_closed();
      break;
    default:
      fact.mutable_model_progress_reported();
  }
  return fact;
}

v1::Fact RandomFact(const v1::Fact* corrected) {
  if (corrected != nullptr) return FactOfKind(corrected->kind_case());
  return FactOfKind(*rc::gen::element(
      v1::Fact::kModelRegistered, v1::Fact::kModelRecordedFromDocument, v1::Fact::kModelSubmitted,
      v1::Fact::kModelDefinitionRevised, v1::Fact::kModelTransferred, v1::Fact::kModelSuspended,
      v1::Fact::kModelResumed, v1::Fact::kModelClosed, v1::Fact::kModelProgressReported));
}

v1::ModelDefinition DefinitionIn(const v1::Fact& fact) {
  if (fact.has_model_definition_revised()) return fact.model_definition_revised().definition();
  return fact.has_model_registered() ? fact.model_registered().definition()
                                     : fact.model_recorded_from_document().definition();
}

bool Begins(const v1::Fact& fact) {
  return fact.has_model_registered() || fact.has_model_recorded_from_document();
}

v1::ModelStatus StatusIn(const v1::Fact& fact) {
  if (fact.has_model_registered()) return v1::MODEL_STATUS_DRAFT;
  if (fact.has_model_submitted()) return v1::MODEL_STATUS_SUBMITTED;
  if (fact.has_model_closed()) return v1::MODEL_STATUS_CLOSED;
  if (fact.has_model_suspended()) return v1::MODEL_STATUS_SUSPENDED;
  return fact.model_recorded_from_document().stated_status();
}

bool Describes(const v1::Fact& fact) { return Begins(fact) || fact.has_model_definition_revised(); }
bool Places(const v1::Fact& fact) {
  return Begins(fact) || !fact.model_transferred().to_unit_id().empty();
}
bool Keeps(const v1::Fact& fact) {
  return Begins(fact) || !fact.model_transferred().to_agency_id().empty();
}
bool SetsStatus(const v1::Fact& fact) { return StatusIn(fact) != v1::MODEL_STATUS_UNSPECIFIED; }
bool ChangesStatus(const v1::Fact& fact) { return SetsStatus(fact) || fact.has_model_resumed(); }
bool SetsStanding(const v1::Fact& fact) {
  return SetsStatus(fact) && StatusIn(fact) != v1::MODEL_STATUS_SUSPENDED;
}

// The last fact by the day for which `has` is true; null: none.
const NaiveFact* Last(const std::vector<NaiveFact>& facts, absl::CivilDay day,
                      bool (*has)(const v1::Fact&)) {
  const NaiveFact* last = nullptr;
  for (const NaiveFact& fact : facts) {
    if (fact.holds_from <= day && has(fact.fact)) last = &fact;
  }
  return last;
}

// The summary by its definition: of the facts in force, the last of each kind.
std::optional<v1::ModelSummary> NaiveModel(const NaiveHistory& history, const std::string& stream,
                                           Position as_of, const query::QueryScope& scope) {
  const std::vector<NaiveFact> facts = history.InForce(stream, as_of);
  const auto begun = std::find_if(facts.begin(), facts.end(),
                                  [](const NaiveFact& fact) { return Begins(fact.fact); });
  if (begun == facts.end() || begun->holds_from > scope.effective_on) return std::nullopt;
  const auto last = [&](bool (*has)(const v1::Fact&)) {
    return Last(facts, scope.effective_on, has);
  };
  const NaiveFact* described = last(Describes);
  const NaiveFact* placed = last(Places);
  const NaiveFact* kept = last(Keeps);
  const NaiveFact* changed = last(ChangesStatus);
  const NaiveFact* standing = last(SetsStanding);
  for (const NaiveFact* fact : {&*begun, described, placed, kept, changed, standing}) {
    if (fact->classification > scope.reads_up_to) return std::nullopt;
  }
  v1::ModelSummary model;
  model.set_model_id(stream.substr(std::string("model/").size()));
  *model.mutable_definition() = DefinitionIn(described->fact);
  model.mutable_definition()->set_unit_id(Begins(placed->fact)
                                              ? DefinitionIn(placed->fact).unit_id()
                                              : placed->fact.model_transferred().to_unit_id());
  model.mutable_unit()->set_unit_id(model.definition().unit_id());
  model.set_status(StatusIn(changed->fact.has_model_resumed() ? standing->fact : changed->fact));
  if (model.status() == v1::MODEL_STATUS_SUSPENDED) {
    model.set_status_before(StatusIn(standing->fact));
  }
  *model.mutable_status_since() = domain::OnDay(changed->day);
  *model.mutable_began_on() = domain::OnDay(begun->day);
  if (Begins(kept->fact)) {
    model.mutable_agency()->set_agency_id(kept->agency_id);
    model.mutable_agency()->set_name_at_event("Agency");
  } else {
    model.mutable_agency()->set_agency_id(kept->fact.model_transferred().to_agency_id());
  }
  model.set_from_document(begun->from_document);
  model.set_definition_version(static_cast<std::uint32_t>(
      std::count_if(facts.begin(), facts.end(), [&](const NaiveFact& fact) {
        return fact.holds_from <= scope.effective_on && Describes(fact.fact);
      })));
  model.set_revision(history.LastRevision(stream, as_of));
  return model;
}

std::string Bytes(const std::vector<v1::ModelSummary>& models) {
  std::string bytes;
  for (const v1::ModelSummary& model : models) bytes += model.DebugString() + "\n";
  return bytes;
}

RC_GTEST_PROP(ModelListPropertyTest, AnswersAtEveryPositionWhatTheEventsSay, ()) {
  NaiveHistory history({"model/a", "model/b", "model/c"});
  history.Grow(kCommits, RandomFact);
  projector::MemoryRows store;
  RC_ASSERT(projector::FoldAll(*MakeModelList(), history.commits(), store).ok());
  const query::MemoryUnitTree units;
  const absl::CivilDay day = RandomDay();
  const auto reads_up_to =
      *rc::gen::element(v1::CLASSIFICATION_PUBLIC, v1::CLASSIFICATION_INTERNAL);
  for (const projector::Commit& commit : history.commits()) {
    const auto rows = store.AsOf(commit.position);
    const query::QueryScope scope{*rows, day, units, reads_up_to, 100, ""};
    std::vector<v1::ModelSummary> expected;
    std::map<std::string, std::uint64_t> counts;
    for (const std::string& stream : history.streams()) {
      const auto model = NaiveModel(history, stream, commit.position, scope);
      if (!model) continue;
      expected.push_back(*model);
      ++counts[v1::ModelStatus_Name(model->status())];
    }
    RC_ASSERT(Bytes(ListModels(scope, {})->items) == Bytes(expected));
    const auto counted = *CountModels(scope, {}, v1::MODEL_DIMENSION_STATUS);
    RC_ASSERT(counted.named_total == expected.size());
    RC_ASSERT(counted.rows.size() == counts.size());
    for (const v1::CountRow& row : counted.rows) RC_ASSERT(row.named() == counts[row.key()]);
  }
}

RC_GTEST_PROP(ModelListPropertyTest, PagesTogetherAreTheWholeList, ()) {
  NaiveHistory history({"model/a", "model/b", "model/c", "model/d", "model/e"});
  history.Grow(kCommits, RandomFact);
  projector::MemoryRows store;
  RC_ASSERT(projector::FoldAll(*MakeModelList(), history.commits(), store).ok());
  const query::MemoryUnitTree units;
  const auto rows = store.AsOf(history.commits().back().position);
  query::QueryScope scope{*rows, RandomDay(), units, v1::CLASSIFICATION_PUBLIC, 100, ""};
  v1::ModelFilter filter;
  if (*rc::gen::arbitrary<bool>()) filter.set_level(v1::MODEL_LEVEL_COMMUNE);
  const auto whole = ListModels(scope, filter)->items;
  scope.page_size = *rc::gen::inRange<std::size_t>(1, 4);
  std::vector<v1::ModelSummary> paged;
  for (bool more = true; more;) {
    const auto page = *ListModels(scope, filter);
    RC_ASSERT(page.items.size() <= scope.page_size);
    paged.insert(paged.end(), page.items.begin(), page.items.end());
    more = page.next_after.has_value();
    scope.after = page.next_after.value_or("");
  }
  RC_ASSERT(Bytes(paged) == Bytes(whole));
}

}  // namespace
}  // namespace nhanrong::projections
