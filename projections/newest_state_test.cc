// Of every history that the domain accepts, with dates of every precision and corrections, read
// models show today what the domain decides on.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "projections/agency_directory/agency_directory.h"
#include "projections/agency_directory/agency_directory_query.h"
#include "projections/counted_figures/counted_figures.h"
#include "projections/counted_figures/counted_figures_query.h"
#include "projections/model_list/model_list.h"
#include "projections/model_list/model_list_query.h"
#include "projections/sites/sites.h"
#include "projections/sites/sites_query.h"
#include "projections/units/unit_tree.h"
#include "projections/units/units.h"
#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/figure/figure.h"
#include "services/domain/model/model.h"
#include "services/domain/site/site.h"
#include "services/domain/values/dates.h"
#include "services/projector/projection_test_kit.h"

namespace nhanrong::projections {
namespace {

using domain::Act;
using domain::Stream;

// One random step: which command, on which day of how precise a date, or which correction of what.
struct Step {
  int command;   // of the catalogue
  int days_ago;  // 0..40
  int precision;
  int person;
  int target;  // a fact, for corrections
};

v1::BusinessDate DateOf(absl::CivilDay day, int precision) {
  const std::string text = domain::DayText(day);
  v1::BusinessDate date = domain::OnDay(day);
  if (precision == 1) {
    date.set_value(text.substr(0, 7));
    date.set_precision(v1::DATE_PRECISION_MONTH);
  } else if (precision == 2) {
    date.set_value(text.substr(0, 4));
    date.set_precision(v1::DATE_PRECISION_YEAR);
  }
  return date;
}

// Takes steps, and keeps the commits of those that the domain accepted.
class RandomHistory : public domain::DomainTest {
 public:
  void TestBody() override {}

  void Take(const Step& step) {
    const domain::CommandType& type = *domain::AllCommands()[step.command];
    Act act = type.aggregate != nullptr ? domain::SampleAct(type.kind) : Correction(type, step);
    if (act.submission.command().kind_case() == v1::Command::KIND_NOT_SET) return;
    const v1::BusinessDate date = DateOf(today_ - step.days_ago, step.precision);
    Send(act.On(date.value(), date.precision())
             .Because("Thử")
             .By("người " + std::to_string(step.person)));
  }

  // Acts that must be accepted.
  void Live(const std::vector<Act>& acts) {
    for (const Act& act : acts) RC_ASSERT(Send(act));
  }

  const Stream& StreamOf(const std::string& name) { return world_.Read(name); }
  const std::vector<projector::Commit>& commits() const { return commits_; }
  std::vector<std::string> streams() const {
    std::vector<std::string> names;
    for (const auto& [name, facts] : facts_) names.push_back(name);
    return names;
  }
  absl::CivilDay today() const { return today_; }

 private:
  bool Send(const Act& act) {
    domain::Outcome outcome = When(act);
    if (outcome.events.empty()) return false;
    projector::Commit commit;
    commit.position = Position(commits_.size());
    commit.recorded_at = RequestOf(act).now;
    commit.record.mutable_signer()->set_channel(act.submission.channel());
    for (v1::Event& event : outcome.events) {
      event.set_classification(v1::CLASSIFICATION_PUBLIC);
      facts_[event.stream()].push_back(event.event_id());
      *commit.record.mutable_events()->add_events() = std::move(event);
    }
    commits_.push_back(std::move(commit));
    return true;
  }

  // Annuls or re-dates a fact of some stream, as a role that may.
  Act Correction(const domain::CommandType& type, const Step& step) {
    std::vector<std::pair<std::string, domain::StreamFact>> facts;
    for (const auto& [name, ids] : facts_) {
      const Stream& stream = StreamOf(name);
      if (stream.type().correctable == domain::Correctable::kNever) continue;
      for (const domain::StreamFact& fact : stream.facts()) facts.emplace_back(name, fact);
    }
    if (facts.empty()) return {};
    const auto& [name, fact] = facts[step.target % facts.size()];
    Act act = type.kind == v1::Command::kAnnulFact
                  ? domain::AnnulFact(name, fact.event_id)
                  : domain::CorrectFact(name, fact.event_id, fact.fact);
    if (type.kind == v1::Command::kCorrectFact) {
      *act.submission.mutable_command()->mutable_correct_fact()->mutable_occurred_on() =
          DateOf(today_ - (step.days_ago * 7) % 41, (step.precision + 1) % 3);
    }
    switch (domain::FindAggregate(name)->correctable) {
      case domain::Correctable::kByAdministrator:
        return act.As(v1::ROLE_ADMINISTRATOR);
      case domain::Correctable::kByMapSteward:
        return act.As(v1::ROLE_MAP_STEWARD);
      default:
        return act.As(v1::ROLE_COMPETENT_AUTHORITY);
    }
  }

  std::vector<projector::Commit> commits_;
  std::map<std::string, std::vector<std::string>> facts_;
};

// Every read model of a history, asked about today by somebody who reads everything.
class Shown {
 public:
  explicit Shown(const RandomHistory& history)
      : today_(history.today()),
        last_(history.commits().size() - 1),
        models_(*MakeModelList(), history.commits()),
        sites_(*MakeSites(), history.commits()),
        figures_(*MakeCountedFigures(), history.commits()),
        agencies_(*MakeAgencyDirectory(), history.commits()),
        units_(*MakeUnits(), history.commits()),
        tree_(nullptr, units_.rows.AsOf(last_)) {}

  // What is shown of the state, as text; empty: nothing.
  std::string Model(const std::string& id) const {
    const auto model = *FindModel(Scope(models_), id);
    if (!model) return {};
    return std::string(domain::ModelStatusName(model->status())) + model->definition().name() +
           model->definition().unit_id();
  }
  std::string Site(const std::string& id) const {
    v1::ListSitesRequest request;
    request.set_site_id(id);
    const auto sites = ListSites(Scope(sites_), request);
    if (sites->page.items.empty()) return {};
    const v1::SiteSummary& site = sites->page.items.front();
    return v1::SiteStatus_Name(site.status()) + site.description().SerializeAsString();
  }
  std::string Figure(const std::string& id) const {
    const auto all =
        *ListCountedFigures(Scope(figures_), v1::FIGURE_SUBJECT_MODELS, {},
                            [](std::string_view) { return v1::CLASSIFICATION_SENSITIVE; });
    for (const v1::CountedFigureRow& row : all.page.items) {
      if (row.figure_id() == id) return row.figure().SerializeAsString();
    }
    return {};
  }
  std::string Unit(const std::string& id, absl::CivilDay day) const {
    const auto unit = tree_.Ref(id, day);
    return unit ? unit->SerializeAsString() : std::string();
  }
  bool IsWithin(const std::string& id, const std::string& other, absl::CivilDay day) const {
    return tree_.IsWithin(id, other, day);
  }
  std::string Agency(const std::string& id) const {
    v1::ListAgenciesRequest request;
    request.set_agency_id(id);
    const auto page = *ListAgencies(Scope(agencies_), request);
    return page.items.empty() ? std::string() : page.items.front().agency().name_at_event();
  }

 private:
  struct Folded {
    Folded(projector::Projection& projection, const std::vector<projector::Commit>& commits) {
      RC_ASSERT(projector::FoldAll(projection, commits, rows).ok());
    }
    Folded(projector::Projection&& projection, const std::vector<projector::Commit>& commits)
        : Folded(projection, commits) {}
    projector::MemoryRows rows;
  };
  query::QueryScope Scope(const Folded& folded) const {
    read_ = folded.rows.AsOf(last_);
    return {*read_, today_, tree_, v1::CLASSIFICATION_SENSITIVE, 100, ""};
  }

  const absl::CivilDay today_;
  const Position last_;
  Folded models_, sites_, figures_, agencies_, units_;
  StoredUnitTree tree_;
  mutable std::shared_ptr<projector::RowReader> read_;
};

// The same of the state that the domain decides on.
std::string StateOf(const Stream& stream) {
  const std::string_view kind = stream.type().prefix;
  if (stream.type().state_name(stream.state()) == "ABSENT") return {};
  if (kind == "model") {
    const auto& model = stream.as<domain::ModelState>();
    return std::string(domain::ModelStatusName(model.status)) + model.definition.name() +
           model.definition.unit_id();
  }
  if (kind == "site") {
    const auto& site = stream.as<domain::SiteState>();
    return v1::SiteStatus_Name(site.status) + site.description.SerializeAsString();
  }
  if (kind == "agency") return stream.as<domain::AgencyState>().name;
  return stream.as<domain::FigureState>().figure.SerializeAsString();
}

void CheckUnit(const Shown& shown, const std::string& id, const domain::UnitState& unit,
               absl::CivilDay day) {
  if (!unit.KnownOn(day)) {
    RC_ASSERT(shown.Unit(id, day).empty());
    return;
  }
  RC_ASSERT(shown.Unit(id, day) == domain::UnitRefOn(id, unit, day).SerializeAsString());
  RC_ASSERT(shown.IsWithin(id, unit.ParentOn(day).value_or(id), day));
}

void CheckStream(RandomHistory& history, const Shown& shown, const std::string& name) {
  const std::string kind = name.substr(0, name.find('/'));
  const std::string id = name.substr(name.find('/') + 1);
  const Stream& stream = history.StreamOf(name);
  if (kind == "model") RC_ASSERT(shown.Model(id) == StateOf(stream));
  if (kind == "site") RC_ASSERT(shown.Site(id) == StateOf(stream));
  if (kind == "figure") RC_ASSERT(shown.Figure(id) == StateOf(stream));
  if (kind == "agency") RC_ASSERT(shown.Agency(id) == StateOf(stream));
  if (kind != "unit") return;
  for (int ago = 0; ago < 60; ++ago) {
    CheckUnit(shown, id, stream.as<domain::UnitState>(), history.today() - ago);
  }
}

std::vector<Step> RandomSteps() {
  const int commands = static_cast<int>(domain::AllCommands().size());
  return *rc::gen::container<std::vector<Step>>(
      60, rc::gen::build<Step>(rc::gen::set(&Step::command, rc::gen::inRange(0, commands)),
                               rc::gen::set(&Step::days_ago, rc::gen::inRange(0, 40)),
                               rc::gen::set(&Step::precision, rc::gen::inRange(0, 3)),
                               rc::gen::set(&Step::person, rc::gen::inRange(0, 5)),
                               rc::gen::set(&Step::target, rc::gen::inRange(0, 1000))));
}

RC_GTEST_PROP(NewestStateTest, ReadModelsShowTodayWhatTheDomainDecidesOn, ()) {
  RandomHistory history;
  // Streams with a past of one day, so that what follows is often accepted.
  if (*rc::gen::arbitrary<bool>()) {
    const auto some = *rc::gen::element<std::string>("DRAFT", "SCREENED", "PILOTING");
    history.Live(domain::ActsInto("model", some));
    history.Live({domain::EstablishUnit(), domain::EstablishAgency()});
  }
  for (const Step& step : RandomSteps()) history.Take(step);
  if (history.commits().empty()) return;
  const Shown shown(history);
  for (const std::string& name : history.streams()) CheckStream(history, shown, name);
}

}  // namespace
}  // namespace nhanrong::projections
