#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {
namespace {

std::map<std::string, MakeStep> Deeds() {
  using S = Story;
  return {
      {"start_site",
       [](S& s) -> Step {
         return {s.staff.officer, StartSite(s.id, s.model, s.map.commune)};
       }},
      {"record_site_output",
       [](S& s) -> Step {
         return {s.staff.officer, RecordSiteOutput(s.id)};
       }},
      {"stop_site",
       [](S& s) -> Step {
         return {s.staff.leader, StopSite(s.id)};
       }},
      {"record_site_from_document",
       [](S& s) -> Step {
         return {s.staff.officer,
                 RecordSiteFromDocument(s.id, s.model, s.map.commune).On(s.book.Today())};
       }},
  };
}

std::vector<Step> ModelInUse(Story& s) {
  return {{s.staff.officer, RecordModelFromDocument(s.model, s.map.commune)}};
}

std::string Shown(Story& s) {
  v1::ListSitesRequest request;
  *request.mutable_context() = s.staff.officer.Now();
  request.set_site_id(s.id);
  const auto answer = s.staff.officer.client.Ask(request);
  if (answer.value.sites().empty()) return answer.status.message();
  return v1::SiteStatus_Name(answer.value.sites(0).status()).substr(12);
}

}  // namespace

AggregateTable SiteTable() {
  return {
      .aggregate = "site",
      .states = {"ABSENT", "OPERATING", "STOPPED"},
      .transitions = {{"ABSENT", "start_site", "OPERATING"},
                      {"ABSENT", "record_site_from_document", "OPERATING"},
                      {"OPERATING", "record_site_output", "OPERATING"},
                      {"OPERATING", "stop_site", "STOPPED"}},
      .deeds = Deeds(),
      .ways = {{"OPERATING", {"start_site"}}, {"STOPPED", {"start_site", "stop_site"}}},
      .before = ModelInUse,
      .shown = Shown,
  };
}

}  // namespace nhanrong::e2e
