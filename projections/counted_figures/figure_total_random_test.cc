// In a made-up world where every source tells the truth, a total never says more than there is.
//
// The world is a set of things, each in one commune with one level and sector block, in one or both
// of two periods. A source counts those of a unit and of what it states; counting is the oracle.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "projections/counted_figures/figure_total.h"
#include "services/projector/memory_rows.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

const std::vector<std::string> kPeriods = {"2016-01-01/2020-12-31", "2021-01-01/2025-12-31"};

struct Thing {
  std::string commune;
  v1::ModelLevel level;
  v1::SectorBlock block;
  std::set<std::string> periods;
};

std::vector<Thing> RandomWorld() {
  std::vector<Thing> world(static_cast<std::size_t>(*rc::gen::inRange(0, 30)));
  for (Thing& thing : world) {
    thing.commune = *rc::gen::element<std::string>("east", "west", "south");
    thing.level = *rc::gen::element(v1::MODEL_LEVEL_COMMUNE, v1::MODEL_LEVEL_DISTRICT);
    thing.block = *rc::gen::element(v1::SECTOR_BLOCK_ECONOMIC, v1::SECTOR_BLOCK_CULTURE_SOCIETY);
    thing.periods =
        *rc::gen::element(std::set<std::string>{kPeriods[0]}, std::set<std::string>{kPeriods[1]},
                          std::set<std::string>{kPeriods[0], kPeriods[1]});
  }
  return world;
}

bool LiesIn(const std::string& commune, const std::string& unit) {
  if (unit == "province" || unit == commune) return true;
  return unit == "district" && commune != "south";
}

// What a figure speaks of.
bool Speaks(const v1::CountedFigure& figure, const Thing& thing) {
  return LiesIn(thing.commune, figure.unit_id()) &&
         (figure.level() == 0 || figure.level() == thing.level) &&
         (figure.sector_block() == 0 || figure.sector_block() == thing.block);
}

v1::CountedFigureRow RandomTruth(const std::vector<Thing>& world, std::size_t index) {
  v1::CountedFigureRow row;
  row.set_figure_id("f" + std::to_string(index));
  v1::CountedFigure& figure = *row.mutable_figure();
  figure.set_unit_id(
      *rc::gen::element<std::string>("province", "district", "east", "west", "south"));
  figure.set_level(*rc::gen::element(v1::MODEL_LEVEL_UNSPECIFIED, v1::MODEL_LEVEL_COMMUNE,
                                     v1::MODEL_LEVEL_DISTRICT));
  figure.set_sector_block(*rc::gen::element(v1::SECTOR_BLOCK_UNSPECIFIED, v1::SECTOR_BLOCK_ECONOMIC,
                                            v1::SECTOR_BLOCK_CULTURE_SOCIETY));
  // Mostly of one period: figures of several have a total less often.
  const std::string period = kPeriods[*rc::gen::element<std::size_t>(0, 0, 0, 1)];
  row.mutable_period()->set_from(period.substr(0, 10));
  row.mutable_period()->set_to(period.substr(11));
  std::int64_t count = 0;
  for (const Thing& thing : world) {
    if (thing.periods.contains(period) && Speaks(figure, thing)) ++count;
  }
  const bool exact = *rc::gen::arbitrary<bool>();
  figure.mutable_quantity()->set_bound(exact ? v1::BOUND_EXACT : v1::BOUND_AT_LEAST);
  figure.mutable_quantity()->set_value(
      exact || count == 0 ? count : *rc::gen::inRange<std::int64_t>(0, count + 1));
  return row;
}

RC_GTEST_PROP(FigureTotalPropertyTest, NeverExceedsWhatTheFiguresSpeakOfInThatPeriod, ()) {
  query::MemoryUnitTree units;
  units.Add("province", "", "Province", v1::UNIT_LEVEL_PROVINCE)
      .Add("district", "province", "District", v1::UNIT_LEVEL_DISTRICT)
      .Add("east", "district", "East", v1::UNIT_LEVEL_COMMUNE)
      .Add("west", "district", "West", v1::UNIT_LEVEL_COMMUNE)
      .Add("south", "province", "South", v1::UNIT_LEVEL_COMMUNE);
  const std::vector<Thing> world = RandomWorld();
  std::vector<v1::CountedFigureRow> rows;
  const std::size_t sources = *rc::gen::inRange<std::size_t>(0, 7);
  rows.reserve(sources);
  while (rows.size() < sources) rows.push_back(RandomTruth(world, rows.size()));
  projector::MemoryRows store;
  const auto reader = store.AsOf(Position(0));
  const query::QueryScope scope{
      *reader, absl::CivilDay(2024, 1, 1), units, v1::CLASSIFICATION_PUBLIC, 100, ""};
  const FigureTotal total = TotalOf(
      scope, [](const std::string&) { return false; }, rows);

  RC_ASSERT(total.quantity.has_value() || total.absent.has_value() || rows.empty());
  if (!total.quantity) return;
  const std::string period = total.period->from() + "/" + total.period->to();
  std::int64_t spoken_of = 0;
  for (const Thing& thing : world) {
    const bool spoken = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
      return row.period().from() == total.period->from() && Speaks(row.figure(), thing);
    });
    if (spoken && thing.periods.contains(period)) ++spoken_of;
  }
  RC_CLASSIFY(total.quantity->bound() == v1::BOUND_EXACT);
  RC_ASSERT(total.quantity->value() <= spoken_of);
  // And an exact total is all of it.
  if (total.quantity->bound() == v1::BOUND_EXACT) RC_ASSERT(total.quantity->value() == spoken_of);
}

}  // namespace
}  // namespace nhanrong::projections
