#include "services/domain/figure/figure.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

void Evolve(State& state, const StreamFact& fact) {
  if (!fact.fact.has_counted_figure_recorded()) return;
  auto& figure = As<FigureState>(state);
  figure.recorded = true;
  figure.figure = fact.fact.counted_figure_recorded().figure();
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return !As<FigureState>(state).recorded && fact.has_counted_figure_recorded();
}

std::string_view StateName(const State& state) {
  return As<FigureState>(state).recorded ? "RECORDED" : "ABSENT";
}

std::set<std::string> RestsOn(const State& state) {
  const std::string& whole = As<FigureState>(state).figure.part_of_figure_id();
  return whole.empty() ? std::set<std::string>() : std::set{"figure/" + whole};
}

bool CarriesSame(const State& a, const State& b) {
  return As<FigureState>(a).recorded == As<FigureState>(b).recorded;
}

std::string UnitId(const State& state) { return As<FigureState>(state).figure.unit_id(); }

void CheckRecorded(const v1::Fact& fact, const Field& at_fact, Told) {
  const Field at = at_fact / "figure";
  if (!fact.counted_figure_recorded().has_figure()) return at.Break(Rule::kFieldRequired);
  const v1::CountedFigure& figure = fact.counted_figure_recorded().figure();
  CheckEnum(at / "subject", figure.subject());
  CheckUlid(at / "unit_id", figure.unit_id(), Presence::kRequired);
  CheckEnum(at / "level", figure.level(), Presence::kOptional);
  CheckEnum(at / "field", figure.field(), Presence::kOptional);
  CheckEnum(at / "sector_block", figure.sector_block(), Presence::kOptional);
  const Field quantity = at / "quantity";
  if (!figure.has_quantity()) {
    quantity.Break(Rule::kFieldRequired);
  } else {
    CheckQuantity(quantity, figure.quantity(), Told::kByDocument);
    if (figure.quantity().value() < 0) (quantity / "value").Break(Rule::kQuantityNegative);
  }
  // The integers behind a share are often not printed themselves.
  if (figure.has_printed_share()) {
    CheckRatio(at / "printed_share", figure.printed_share(), Told::kFirstHand);
  }
  CheckUlid(at / "part_of_figure_id", figure.part_of_figure_id(), Presence::kOptional);
}

void WholeIsKnown(const NextFact& next, World& world) {
  const std::string& whole = next.fact.counted_figure_recorded().figure().part_of_figure_id();
  if (whole.empty()) return;
  const std::string stream = "figure/" + whole;
  if (stream == next.stream || !world.Read(stream).as<FigureState>().recorded) {
    (next.at / "figure" / "part_of_figure_id").Break(Rule::kFigurePartOfUnknown);
  }
}

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kCountedFigureRecorded,
     .life_cycle_step = true,
     .unit_field = "figure.unit_id",
     .check_fields = CheckRecorded,
     .check_ground = WholeIsKnown},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kRecordCountedFigure,
     .aggregate = &kFigure,
     .makes = v1::Fact::kCountedFigureRecorded,
     .begins = true,
     .period_required = true,
     .document_only = true},
};

}  // namespace

const AggregateType kFigure = {
    .prefix = "figure",
    .facts = kFacts,
    .empty = Empty<FigureState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .rests_on = RestsOn,
    .carries_same = CarriesSame,
    .unit_id = UnitId,
};

const std::span<const CommandType> kFigureCommands = kCommands;

}  // namespace nhanrong::domain
