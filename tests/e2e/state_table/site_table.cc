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
      {"inspect_site",
       [](S& s) -> Step {
         return {s.staff.screener, InspectSite(s.id)};
       }},
      {"end_funding",
       [](S& s) -> Step {
         return {s.staff.officer, EndFunding(s.id)};
       }},
      {"transfer_site",
       [](S& s) -> Step {
         return {s.staff.leader, TransferSite(s.id, s.map.other_commune)};
       }},
      {"revise_description",
       [](S& s) -> Step {
         return {s.staff.officer, ReviseDescription(s.id)};
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

Step FindsNothing(Story& s) {
  return {s.staff.screener, InspectSite(s.id, v1::INSPECTION_RESULT_NOT_FOUND)};
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
      .states = {"ABSENT", "OPERATING", "FUNDING_ENDED", "STOPPED", "INVALIDATED"},
      .transitions = {{"ABSENT", "start_site", "OPERATING"},
                      {"ABSENT", "record_site_from_document", "OPERATING"},
                      {"OPERATING", "record_site_output", "OPERATING"},
                      {"OPERATING", "inspect_site", "OPERATING"},
                      {"OPERATING", "end_funding", "FUNDING_ENDED"},
                      {"OPERATING", "transfer_site", "OPERATING"},
                      {"OPERATING", "revise_description", "OPERATING"},
                      {"OPERATING", "stop_site", "STOPPED"},
                      {"FUNDING_ENDED", "record_site_output", "FUNDING_ENDED"},
                      {"FUNDING_ENDED", "inspect_site", "FUNDING_ENDED"},
                      {"FUNDING_ENDED", "transfer_site", "FUNDING_ENDED"},
                      {"FUNDING_ENDED", "revise_description", "FUNDING_ENDED"},
                      {"FUNDING_ENDED", "stop_site", "STOPPED"},
                      {"STOPPED", "inspect_site", "STOPPED"}},
      .deeds = Deeds(),
      .variants = {{"finds nothing", FindsNothing}},
      .ways = {{"OPERATING", {"start_site"}},
               {"FUNDING_ENDED", {"start_site", "end_funding"}},
               {"STOPPED", {"start_site", "stop_site"}},
               {"INVALIDATED", {"start_site", "finds nothing"}}},
      .before = ModelInUse,
      .shown = Shown,
  };
}

}  // namespace nhanrong::e2e
