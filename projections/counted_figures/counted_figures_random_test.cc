// As of every position and on random days, counted_figures answers what the events themselves say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "projections/counted_figures/counted_figures.h"
#include "projections/counted_figures/counted_figures_query.h"
#include "projections/dated_spans/naive_history.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

const std::vector<std::string> kIds = {"a", "b", "c", "d"};

v1::Fact RandomFigure(const v1::Fact*) {
  v1::Fact fact;
  v1::CountedFigure& figure = *fact.mutable_counted_figure_recorded()->mutable_figure();
  figure.set_subject(v1::FIGURE_SUBJECT_MODELS);
  figure.set_level(*rc::gen::element(v1::MODEL_LEVEL_UNSPECIFIED, v1::MODEL_LEVEL_COMMUNE));
  figure.mutable_quantity()->set_value(*rc::gen::inRange(0, 100));
  figure.mutable_quantity()->set_bound(*rc::gen::element(v1::BOUND_EXACT, v1::BOUND_AT_LEAST));
  // Itself, another one, or none.
  figure.set_part_of_figure_id(*rc::gen::element<std::string>("a", "b", "c", "d", "", ""));
  return fact;
}

using Figures = std::map<std::string, v1::CountedFigure>;

Figures NaiveFigures(const NaiveHistory& history, Position as_of, const query::QueryScope& scope) {
  Figures figures;
  for (const std::string& id : kIds) {
    const NaiveFact* last = nullptr;
    const std::vector<NaiveFact> facts = history.InForce("figure/" + id, as_of);
    for (const NaiveFact& fact : facts) {
      if (fact.holds_from <= scope.effective_on) last = &fact;
    }
    if (last != nullptr && last->classification <= scope.reads_up_to) {
      figures[id] = last->fact.counted_figure_recorded().figure();
    }
  }
  return figures;
}

RC_GTEST_PROP(CountedFiguresPropertyTest, AnswersAtEveryPositionWhatTheEventsSay, ()) {
  NaiveHistory history({"figure/a", "figure/b", "figure/c", "figure/d"});
  history.Grow(12, RandomFigure);
  projector::MemoryRows store;
  RC_ASSERT(projector::FoldAll(*MakeCountedFigures(), history.commits(), store).ok());
  const query::MemoryUnitTree units;
  const absl::CivilDay day = RandomDay();
  v1::ModelFilter filter;
  filter.set_level(*rc::gen::element(v1::MODEL_LEVEL_UNSPECIFIED, v1::MODEL_LEVEL_COMMUNE));
  const auto reads_up_to =
      *rc::gen::element(v1::CLASSIFICATION_PUBLIC, v1::CLASSIFICATION_INTERNAL);
  for (const projector::Commit& commit : history.commits()) {
    const auto rows = store.AsOf(commit.position);
    const query::QueryScope scope{*rows, day, units, reads_up_to, 100, ""};
    const Figures figures = NaiveFigures(history, commit.position, scope);
    const auto reads = [&](std::string_view) { return reads_up_to; };
    const auto shown =
        ListCountedFigures(scope, v1::FIGURE_SUBJECT_MODELS, filter, reads)->page.items;
    std::size_t listed = 0;
    for (const auto& [id, figure] : figures) {
      if (filter.level() != 0 && figure.level() != filter.level()) continue;
      RC_ASSERT(listed < shown.size());
      const v1::CountedFigureRow& row = shown[listed++];
      RC_ASSERT(row.figure_id() == id);
      RC_ASSERT(row.figure().SerializeAsString() == figure.SerializeAsString());
      RC_ASSERT(row.has_share() == figures.contains(figure.part_of_figure_id()));
    }
    RC_ASSERT(listed == shown.size());
  }
}

}  // namespace
}  // namespace nhanrong::projections
