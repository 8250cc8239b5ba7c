// What holds for every sequence of commands and corrections, right or wrong.
#include <rapidcheck.h>

#include <gtest/gtest.h>

#include "services/domain/aggregate/demands.h"
#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/correction/correction.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// One random step: which command, when, by whom, or which correction of what.
struct Step {
  int command;   // of the catalogue
  int days_ago;  // 0..40
  int person;    // 0..3
  int target;    // a fact, for corrections
};

class RandomLedger : public DomainTest {
 public:
  // With streams that have a past, so that corrections meet facts that rest on one another.
  explicit RandomLedger(bool with_past) {
    if (!with_past) return;
    Given(ActsInto("model", "PILOTING"));
    Given(ActsInto("actor", "REGISTERED"));
    Given({StartSite(), EstablishUnit(), AssignUnitCode("99003", "2026-03-08")});
  }
  void TestBody() override {}
  void Take(const Step& step) {
    const CommandType& type = *AllCommands()[step.command];
    Act act = type.aggregate != nullptr ? SampleAct(type.kind) : Correction(type, step);
    if (act.submission.command().kind_case() == v1::Command::KIND_NOT_SET) return;
    act = act.On(DayText(today_ - step.days_ago)).Because("Thử");
    if (step.person < 3) act = act.By("người " + std::to_string(step.person));
    When(act);
  }

  DomainTestWorld& world() { return world_; }

 private:
  // Annuls or re-dates a fact of some stream, as a role that may.
  Act Correction(const CommandType& type, const Step& step) {
    std::vector<std::pair<std::string, StreamFact>> facts;
    for (const auto& [name, stream] : world_.streams()) {
      if (stream.type().correctable == Correctable::kNever) continue;
      for (const StreamFact& fact : stream.facts()) facts.emplace_back(name, fact);
    }
    if (facts.empty()) return {};
    const auto& [name, fact] = facts[step.target % facts.size()];
    Act act = type.kind == v1::Command::kAnnulFact ? AnnulFact(name, fact.event_id)
                                                   : CorrectFact(name, fact.event_id, fact.fact);
    if (type.kind == v1::Command::kCorrectFact) {
      *act.submission.mutable_command()->mutable_correct_fact()->mutable_occurred_on() =
          OnDay(today_ - (step.days_ago * 7) % 31);
    }
    switch (FindAggregate(name)->correctable) {
      case Correctable::kByAdministrator:
        return act.As(v1::ROLE_ADMINISTRATOR);
      case Correctable::kByMapSteward:
        return act.As(v1::ROLE_MAP_STEWARD);
      default:
        return act.As(v1::ROLE_COMPETENT_AUTHORITY);
    }
  }
};

std::vector<Step> RandomSteps() {
  const int commands = static_cast<int>(AllCommands().size());
  return *rc::gen::container<std::vector<Step>>(rc::gen::build<Step>(
      rc::gen::set(&Step::command, rc::gen::inRange(0, commands)),
      rc::gen::set(&Step::days_ago, rc::gen::weightedOneOf<int>(
                                        {{3, rc::gen::just(0)}, {1, rc::gen::inRange(0, 40)}})),
      rc::gen::set(&Step::person, rc::gen::inRange(0, 6)),
      rc::gen::set(&Step::target, rc::gen::inRange(0, 1000))));
}

// All that a stream shows, as text.
std::string Shown(const Stream& stream) {
  std::string text(stream.type().state_name(stream.state()));
  for (const StreamFact& fact : stream.facts()) {
    text += "\n" + fact.event_id + " " + fact.fact.SerializeAsString() + " " +
            DayText(fact.days.earliest) + DayText(fact.days.latest);
  }
  if (stream.type().reservations != nullptr) {
    for (const Reservation& held : stream.type().reservations(stream.state())) {
      text += "\n" + held.stream + " " + held.valid_from + " " + held.valid_to;
    }
  }
  return text;
}

template <typename Holds>
bool HoldsForRandomLedgers(const std::string& what, Holds holds) {
  return rc::check(what, [&] {
    RandomLedger ledger(*rc::gen::arbitrary<bool>());
    for (const Step& step : RandomSteps()) ledger.Take(step);
    for (const auto& [name, stream] : ledger.world().streams()) {
      if (!holds(ledger, name, stream)) RC_FAIL(name + "\n" + Shown(stream));
    }
  });
}

TEST(PropertyTest, AStreamFoldedStepByStepEqualsOneFoldedAnew) {
  EXPECT_TRUE(HoldsForRandomLedgers(
      "incremental fold == fold anew",
      [](RandomLedger& ledger, const std::string& name, const Stream& stream) {
        Stream anew(FindAggregate(name));
        for (const StreamFact& fact : ledger.world().History(name)) anew.Apply(fact);
        const Stream copy = stream;
        return Shown(anew) == Shown(stream) && Shown(copy) == Shown(stream);
      }));
}

TEST(PropertyTest, EveryFactInForceHoldsInItsPlace) {
  EXPECT_TRUE(HoldsForRandomLedgers(
      "no broken fact", [](RandomLedger&, const std::string& name, const Stream& stream) {
        // Reservations follow corrections of other streams, whatever their date.
        if (stream.type().correctable == Correctable::kNever) return true;
        return !FirstBroken(stream.type(), name, stream.facts(), 0).has_value();
      }));
}

// Whatever is corrected, whether it is the fact or something on which it rests. (A unit may be
// abolished under what lies in it; that is no correction.)
TEST(PropertyTest, EveryFactInForceHasItsGround) {
  EXPECT_TRUE(HoldsForRandomLedgers(
      "no fact without ground",
      [](RandomLedger& ledger, const std::string& name, const Stream& stream) {
        const std::unique_ptr<State> state = stream.type().empty();
        for (const StreamFact& fact : stream.facts()) {
          Violations found;
          CheckGround(
              {name, fact.fact, *state, fact.days, fact.by, fact.role, nullptr, Field(found, "")},
              ledger.world());
          std::erase_if(found, [](const Violation& one) { return one.rule == "unit.abolished"; });
          // What lies in a unit is not asked when the unit is corrected; units below it are.
          if (stream.type().prefix != "unit") {
            std::erase_if(found, [](const Violation& one) {
              return one.rule == "unit.unknown" || one.rule == "unit.not_on_day";
            });
          }
          if (!found.empty()) return false;
          stream.type().evolve(*state, fact);
        }
        return true;
      }));
}

TEST(PropertyTest, ReservationsAreWhatTheStatesHold) {
  EXPECT_TRUE(HoldsForRandomLedgers(
      "reservations follow",
      [](RandomLedger& ledger, const std::string& name, const Stream& stream) {
        for (const Reservation& held : ReservationsOf(stream)) {
          int found = 0;
          const Stream& reserved = ledger.world().Read(held.stream);
          for (const StreamFact& fact : reserved.facts()) {
            const v1::ValueReserved& told = fact.fact.value_reserved();
            const bool same = told.holder() == name && told.valid_from() == held.valid_from &&
                              told.valid_to() == held.valid_to;
            if (fact.fact.has_value_reserved() && same) ++found;
          }
          if (found == 0) return false;
        }
        return true;
      }));
}

}  // namespace
}  // namespace nhanrong::domain
