#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {
namespace {

// As the directory shows it to somebody of another agency.
std::string Shown(Story& story) {
  v1::ListAgenciesRequest request;
  *request.mutable_context() = story.staff.officer.Now();
  request.set_agency_id(story.id);
  const auto answer = story.staff.officer.client.Ask(request);
  if (answer.value.agencies().empty()) return answer.status.message();
  return v1::AgencyStatus_Name(answer.value.agencies(0).status())
      .substr(std::string("AGENCY_STATUS_").size());
}

std::map<std::string, MakeStep> Deeds() {
  using S = Story;
  return {
      {"establish_agency",
       [](S& s) -> Step {
         return {s.administrator(), EstablishAgency(s.id, s.map.commune)};
       }},
      {"rename_agency",
       [](S& s) -> Step {
         return {s.administrator(), RenameAgency(s.id)};
       }},
      {"suspend_agency",
       [](S& s) -> Step {
         return {s.administrator(), SuspendAgency(s.id)};
       }},
      {"resume_agency",
       [](S& s) -> Step {
         return {s.administrator(), ResumeAgency(s.id)};
       }},
      {"close_agency",
       [](S& s) -> Step {
         return {s.administrator(), CloseAgency(s.id)};
       }},
  };
}

}  // namespace

AggregateTable AgencyTable() {
  return {
      .aggregate = "agency",
      .states = {"ABSENT", "ESTABLISHED", "SUSPENDED", "CLOSED"},
      .transitions = {{"ABSENT", "establish_agency", "ESTABLISHED"},
                      {"ESTABLISHED", "rename_agency", "ESTABLISHED"},
                      {"ESTABLISHED", "suspend_agency", "SUSPENDED"},
                      {"ESTABLISHED", "close_agency", "CLOSED"},
                      {"SUSPENDED", "rename_agency", "SUSPENDED"},
                      {"SUSPENDED", "resume_agency", "ESTABLISHED"},
                      {"SUSPENDED", "close_agency", "CLOSED"}},
      .deeds = Deeds(),
      .ways = {{"ESTABLISHED", {"establish_agency"}},
               {"SUSPENDED", {"establish_agency", "suspend_agency"}},
               {"CLOSED", {"establish_agency", "close_agency"}}},
      .shown = Shown,
  };
}

}  // namespace nhanrong::e2e
