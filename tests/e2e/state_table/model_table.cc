#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {
namespace {

std::map<std::string, MakeStep> Deeds() {
  using S = Story;
  return {
      {"register_model",
       [](S& s) -> Step {
         return {s.staff.officer, RegisterModel(s.id, s.map.commune)};
       }},
      {"submit_model",
       [](S& s) -> Step {
         return {s.staff.leader, SubmitModel(s.id)};
       }},
      {"return_model",
       [](S& s) -> Step {
         return {s.staff.screener, ReturnModel(s.id)};
       }},
      {"screen_model",
       [](S& s) -> Step {
         return {s.staff.screener, ScreenModel(s.id)};
       }},
      {"approve_pilot",
       [](S& s) -> Step {
         return {s.staff.approver, ApprovePilot(s.id)};
       }},
      {"report_progress",
       [](S& s) -> Step {
         return {s.staff.officer, ReportProgress(s.id)};
       }},
      {"close_model",
       [](S& s) -> Step {
         return {s.staff.approver, CloseModel(s.id)};
       }},
      {"record_model_from_document",
       [](S& s) -> Step {
         return {s.staff.officer, RecordModelFromDocument(s.id, s.map.commune).On(s.book.Today())};
       }},
  };
}

std::string Shown(Story& s) {
  v1::GetModelRequest request;
  *request.mutable_context() = s.staff.officer.Now();
  request.set_model_id(s.id);
  const auto answer = s.staff.officer.client.Ask(request);
  return v1::ModelStatus_Name(answer.value.model().status()).substr(13);
}

}  // namespace

AggregateTable ModelTable() {
  return {
      .aggregate = "model",
      .states = {"ABSENT", "DRAFT", "SUBMITTED", "SCREENED", "PILOTING", "ACTIVE", "CLOSED"},
      .transitions = {{"ABSENT", "register_model", "DRAFT"},
                      {"ABSENT", "record_model_from_document", "ACTIVE"},
                      {"DRAFT", "submit_model", "SUBMITTED"},
                      {"SUBMITTED", "return_model", "DRAFT"},
                      {"SUBMITTED", "screen_model", "SCREENED"},
                      {"SCREENED", "approve_pilot", "PILOTING"},
                      {"SCREENED", "close_model", "CLOSED"},
                      {"PILOTING", "report_progress", "PILOTING"},
                      {"PILOTING", "close_model", "CLOSED"},
                      {"ACTIVE", "report_progress", "ACTIVE"},
                      {"ACTIVE", "close_model", "CLOSED"}},
      .deeds = Deeds(),
      .ways = {{"DRAFT", {"register_model"}},
               {"SUBMITTED", {"register_model", "submit_model"}},
               {"SCREENED", {"register_model", "submit_model", "screen_model"}},
               {"PILOTING", {"register_model", "submit_model", "screen_model", "approve_pilot"}},
               {"ACTIVE", {"record_model_from_document"}},
               {"CLOSED", {"record_model_from_document", "close_model"}}},
      .shown = Shown,
  };
}

}  // namespace nhanrong::e2e
