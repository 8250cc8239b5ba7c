// What rests on a stream, and whether it still would.
#include <algorithm>
#include <set>

#include "services/domain/aggregate/demands.h"
#include "services/domain/correction/correction.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/unit/unit.h"

namespace nhanrong::domain {
namespace {

// A world in which one stream is another.
class Changed final : public World {
 public:
  Changed(World& world, const std::string& stream, const Stream& after)
      : world_(world), stream_(stream), after_(after) {}

  const Stream& Read(std::string_view stream) override {
    return stream == stream_ ? after_ : world_.Read(stream);
  }
  const Stream& ReadUnit(std::string_view unit_id) override {
    return UnitStream(unit_id) == stream_ ? after_ : world_.ReadUnit(unit_id);
  }
  std::vector<std::string> Administrators() override { return world_.Administrators(); }

 private:
  World& world_;
  const std::string& stream_;
  const Stream& after_;
};

// What the facts of a stream lack of their ground: event, rule and field of each.
std::set<std::string> Lacking(const std::string& name, const Stream& stream, World& world) {
  std::set<std::string> lacking;
  const std::unique_ptr<State> state = stream.type().empty();
  for (const StreamFact& fact : stream.facts()) {
    Violations found;
    CheckGround({name, fact.fact, *state, fact.days, fact.by, fact.role, nullptr, Field(found, "")},
                world);
    for (const Violation& one : found) {
      lacking.insert(fact.event_id + "|" + one.rule + "|" + one.field);
    }
    stream.type().evolve(*state, fact);
  }
  return lacking;
}

}  // namespace

std::optional<std::string> FirstShaken(const std::string& stream, const Stream& before,
                                       const Stream& after, World& world) {
  const auto carries_same = before.type().carries_same;
  if (carries_same == nullptr || carries_same(before.state(), after.state())) return std::nullopt;
  Changed changed(world, stream, after);
  for (const auto& use : world.Read(UseStream(stream)).as<ReservationState>().spans) {
    const Stream& user = world.Read(use.holder);
    const std::set<std::string> before_it = Lacking(use.holder, user, world);
    const std::set<std::string> after_it = Lacking(use.holder, user, changed);
    // What lacked something already may not come to lack another thing.
    if (!std::includes(before_it.begin(), before_it.end(), after_it.begin(), after_it.end())) {
      return use.holder;
    }
  }
  return std::nullopt;
}

}  // namespace nhanrong::domain
