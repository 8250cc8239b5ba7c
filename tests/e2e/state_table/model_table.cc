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
      {"reclassify_model",
       [](S& s) -> Step {
         return {s.staff.screener, ReclassifyModel(s.id)};
       }},
      {"merge_duplicate",
       [](S& s) -> Step {
         return {s.staff.screener, MergeDuplicate(s.id, s.model)};
       }},
      {"reject_model",
       [](S& s) -> Step {
         return {s.staff.approver, RejectModel(s.id)};
       }},
      {"revise_definition",
       [](S& s) -> Step {
         return {s.staff.officer, ReviseDefinition(s.id)};
       }},
      {"assign_stewards",
       [](S& s) -> Step {
         return {s.staff.approver,
                 AssignStewards(s.id, s.map.commune, s.administrator().agency_id)};
       }},
      {"suspend_model",
       [](S& s) -> Step {
         return {s.staff.approver, SuspendModel(s.id)};
       }},
      {"resume_model",
       [](S& s) -> Step {
         return {s.staff.approver, ResumeModel(s.id)};
       }},
      {"transfer_model",
       [](S& s) -> Step {
         return {s.staff.approver, TransferModel(s.id, s.map.other_commune)};
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

MakeStep Reclassifying(v1::ModelReclassification as) {
  return [as](Story& s) -> Step { return {s.staff.screener, ReclassifyModel(s.id, as)}; };
}

// The model that others are merged into.
std::vector<Step> OtherModel(Story& s) {
  return {{s.staff.officer, RecordModelFromDocument(s.model, s.map.commune)}};
}

std::string Shown(Story& s) {
  v1::GetModelRequest request;
  *request.mutable_context() = s.staff.officer.Now();
  request.set_model_id(s.id);
  const auto answer = s.staff.officer.client.Ask(request);
  return v1::ModelStatus_Name(answer.value.model().status()).substr(13);
}

std::vector<Transition> Transitions() {
  return {
      {"ABSENT", "register_model", "DRAFT"},
      {"ABSENT", "record_model_from_document", "ACTIVE"},
      {"DRAFT", "submit_model", "SUBMITTED"},
      {"DRAFT", "revise_definition", "DRAFT"},
      {"SUBMITTED", "return_model", "DRAFT"},
      {"SUBMITTED", "screen_model", "SCREENED"},
      {"SUBMITTED", "reclassify_model", "RECLASSIFIED_AS_STARTUP"},
      {"SUBMITTED", "merge_duplicate", "MERGED"},
      {"SUBMITTED", "reject_model", "REJECTED"},
      {"SCREENED", "reclassify_model", "RECLASSIFIED_AS_STARTUP"},
      {"SCREENED", "merge_duplicate", "MERGED"},
      {"SCREENED", "reject_model", "REJECTED"},
      {"SCREENED", "approve_pilot", "PILOTING"},
      {"SCREENED", "close_model", "CLOSED"},
      {"PILOTING", "report_progress", "PILOTING"},
      {"PILOTING", "revise_definition", "PILOTING"},
      {"PILOTING", "assign_stewards", "PILOTING"},
      {"PILOTING", "transfer_model", "PILOTING"},
      {"PILOTING", "suspend_model", "SUSPENDED"},
      {"PILOTING", "close_model", "CLOSED"},
      {"ACTIVE", "report_progress", "ACTIVE"},
      {"ACTIVE", "revise_definition", "ACTIVE"},
      {"ACTIVE", "assign_stewards", "ACTIVE"},
      {"ACTIVE", "transfer_model", "ACTIVE"},
      {"ACTIVE", "suspend_model", "SUSPENDED"},
      {"ACTIVE", "close_model", "CLOSED"},
      {"SUSPENDED", "revise_definition", "SUSPENDED"},
      {"SUSPENDED", "assign_stewards", "SUSPENDED"},
      {"SUSPENDED", "transfer_model", "SUSPENDED"},
      // The way there begins with a document that says ACTIVE.
      {"SUSPENDED", "resume_model", "ACTIVE"},
      {"SUSPENDED", "close_model", "CLOSED"},
  };
}

std::map<std::string, std::vector<std::string>> Ways() {
  return {
      {"DRAFT", {"register_model"}},
      {"SUBMITTED", {"register_model", "submit_model"}},
      {"SCREENED", {"register_model", "submit_model", "screen_model"}},
      {"PILOTING", {"register_model", "submit_model", "screen_model", "approve_pilot"}},
      {"ACTIVE", {"record_model_from_document"}},
      {"SUSPENDED", {"record_model_from_document", "suspend_model"}},
      {"CLOSED", {"record_model_from_document", "close_model"}},
      {"RECLASSIFIED_AS_STARTUP", {"register_model", "submit_model", "reclassify_model"}},
      {"RECLASSIFIED_AS_INVESTMENT_PROJECT",
       {"register_model", "submit_model", "as an investment project"}},
      {"RECLASSIFIED_AS_INITIATIVE",
       {"register_model", "submit_model", "screen_model", "as an initiative"}},
      {"MERGED", {"register_model", "submit_model", "merge_duplicate"}},
      {"REJECTED", {"register_model", "submit_model", "reject_model"}},
  };
}

}  // namespace

AggregateTable ModelTable() {
  return {
      .aggregate = "model",
      .states = {"ABSENT", "DRAFT", "SUBMITTED", "SCREENED", "PILOTING", "ACTIVE", "SUSPENDED",
                 "CLOSED", "RECLASSIFIED_AS_STARTUP", "RECLASSIFIED_AS_INVESTMENT_PROJECT",
                 "RECLASSIFIED_AS_INITIATIVE", "MERGED", "REJECTED"},
      .transitions = Transitions(),
      .deeds = Deeds(),
      .variants = {{"as an investment project",
                    Reclassifying(v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT)},
                   {"as an initiative", Reclassifying(v1::MODEL_RECLASSIFICATION_INITIATIVE)}},
      .ways = Ways(),
      .before = OtherModel,
      .shown = Shown,
  };
}

}  // namespace nhanrong::e2e
