// What the generator knows of the province that it makes up: its people, and what lives in each
// commune.
//
// A small model of its own, apart from the domain's: it says beforehand what becomes of each
// submission, and shares no code with what decides them. Bounded: what has ended is forgotten, what
// lives in a commune has a limit.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "nhanrong/v1/model.pb.h"
#include "nhanrong/v1/site.pb.h"
#include "nhanrong/v1/values.pb.h"

namespace nhanrong::generator {

// What lives in one commune at a time: twice what the estimate of live objects gives it.
inline constexpr std::size_t kLiveModelsMax = 60;
inline constexpr std::size_t kLiveSitesMax = 90;
// Reports that a correction or an inspection may still name.
inline constexpr std::size_t kRememberedReports = 4;
// Ended models and sites that somebody may still try to write to.
inline constexpr std::size_t kRememberedEnds = 6;

// Somebody who submits.
struct Person {
  std::string token = {};  // name of the file
  std::string actor_id = {};
  std::string agency_id = {};
  std::string title = {};
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::string scope_unit_id = {};
  std::string grant_id = {};
  std::string credential_id = {};
  // Signs under this delegation; empty: in his own right.
  std::string delegation_id = {};
};

// A report in force, by which corrections and inspections name it.
struct Report {
  std::string event_id = {};
  absl::CivilDay day = {};
  std::int64_t amount = 0;
  bool confirmed = false;
};

// What the order of dates asks of a stream.
struct Days {
  absl::CivilDay first;      // of its first fact
  absl::CivilDay last_step;  // of the latest step of its life
  absl::CivilDay last;       // of the latest fact
};

struct Model {
  std::string id;
  v1::ModelStatus status = v1::MODEL_STATUS_DRAFT;
  v1::ModelStatus status_before = v1::MODEL_STATUS_UNSPECIFIED;
  v1::ModelDefinition definition;
  std::string registered_event_id;  // empty: not to be corrected any more
  std::string submitter_id;
  std::string screener_id;
  std::optional<absl::CivilDay> in_use_from;
  Days days;
  int stewards = 0;  // how often they were assigned
  bool with_department = false;
  int revisions = 0;
  std::deque<Report> progress;

  bool in_use() const {
    return status == v1::MODEL_STATUS_PILOTING || status == v1::MODEL_STATUS_ACTIVE;
  }
};

struct Site {
  std::string id;
  v1::SiteStatus status = v1::SITE_STATUS_OPERATING;
  v1::SiteDescription description;
  std::string measure;  // what its outputs are counted in
  bool silent = false;  // reports nothing any more
  // Somebody of a department who reported on it and therefore does not inspect it; empty: nobody.
  std::string outside_reporter_id;
  int revisions = 0;
  Days days;
  std::deque<Report> outputs;
};

struct Commune {
  int number = 0;
  std::string name;
  std::string unit_id;
  std::vector<std::string> villages;
  std::string agency_id;
  Person officer;
  Person leader;
  std::optional<Person> deputy;
  bool suspended = false;
  int renames = 0;
  int credentials = 1;  // that the officer has had
  std::vector<Model> models;
  std::vector<Site> sites;
  std::deque<Model> ended_models;
  std::deque<Site> ended_sites;
  // Thousandths of a month whose work has not been entered yet.
  int officer_owes = 0;
  int leader_owes = 0;
};

// An agency for a time, with one person in it.
struct TaskForce {
  std::string agency_id;
  Person member;
  absl::CivilDay until;  // the first day without its delegation
};

struct World {
  std::string nation_id;
  std::string province_id;
  std::string province_name;
  std::vector<Commune> communes;
  Person map_steward;
  Person administrator;
  std::vector<Person> specialists;
  Person office;
  Person office_deputy;  // signs for the authority
  Person authority;
  Person system;
  std::vector<std::string> department_ids;
  std::deque<TaskForce> task_forces;
};

}  // namespace nhanrong::generator
