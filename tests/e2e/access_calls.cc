#include "tests/e2e/access_calls.h"

#include "services/base/check.h"
#include "services/base/ids.h"

namespace nhanrong::e2e {
namespace {

template <typename Request>
Request About(const std::string& ledger) {
  Request request;
  request.mutable_context()->set_ledger(ledger);
  return request;
}

template <typename Request>
Answer OfLedger(const Client& caller, const std::string& ledger, const Place&) {
  Request request;
  request.set_ledger(ledger);
  return caller.Ask(request);
}

template <typename Request>
Answer Plain(const Client& caller, const std::string& ledger, const Place&) {
  return caller.Ask(About<Request>(ledger));
}

template <typename Request>
Answer ByFilter(const Client& caller, const std::string& ledger, const Place& about) {
  auto request = About<Request>(ledger);
  request.mutable_filter()->set_unit_id(about.unit);
  return caller.Ask(request);
}

template <typename Request>
Answer History(const Client& caller, const std::string& ledger, const Place&) {
  Request request;
  request.mutable_range()->set_ledger(ledger);
  return caller.Ask(request);
}

Answer GetModel(const Client& caller, const std::string& ledger, const Place& about) {
  auto request = About<v1::GetModelRequest>(ledger);
  request.set_model_id(about.model);
  return caller.Ask(request);
}

Answer ListSites(const Client& caller, const std::string& ledger, const Place& about) {
  auto request = About<v1::ListSitesRequest>(ledger);
  request.set_unit_id(about.unit);
  return caller.Ask(request);
}

v1::Fact AnyFact() {
  v1::Fact fact;
  fact.mutable_model_submitted();
  return fact;
}

using MakeDeed = std::function<Deed(const Place&)>;

const std::map<v1::Command::KindCase, MakeDeed>& DeedsOfAdministration() {
  using C = v1::Command;
  static const auto& deeds = *new std::map<C::KindCase, MakeDeed>{
      {C::kEstablishUnit,
       [](const Place& p) { return EstablishUnit(NewId(), v1::UNIT_LEVEL_VILLAGE, p.unit); }},
      {C::kRenameUnit, [](const Place& p) { return RenameUnit(p.unit); }},
      {C::kAssignUnitCode,
       [](const Place& p) { return AssignUnitCode(p.unit, "90333", "2020-01-01"); }},
      {C::kRetypeUnit, [](const Place& p) { return RetypeUnit(p.unit); }},
      {C::kReparentUnit, [](const Place& p) { return ReparentUnit(p.unit, p.unit); }},
      {C::kRetireUnitCode,
       [](const Place& p) { return RetireUnitCode(p.unit, "90333", "2021-01-01"); }},
      {C::kAbolishUnit, [](const Place& p) { return AbolishUnit(p.unit); }},
      // One that is on already: no program of these tests knows another.
      {C::kSwitchRuleVersion, [](const Place&) { return SwitchRuleVersion(1); }},
      {C::kEstablishAgency, [](const Place& p) { return EstablishAgency(NewId(), p.unit); }},
      {C::kRenameAgency, [](const Place& p) { return RenameAgency(p.agency); }},
      {C::kSuspendAgency, [](const Place& p) { return SuspendAgency(p.agency); }},
      {C::kResumeAgency, [](const Place& p) { return ResumeAgency(p.agency); }},
      {C::kCloseAgency, [](const Place& p) { return CloseAgency(p.agency); }},
      {C::kRegisterActor, [](const Place& p) { return RegisterActor(NewId(), p.agency); }},
      {C::kGrantRole,
       [](const Place& p) {
         return GrantRole(p.actor, NewId(), v1::ROLE_COMMUNE_OFFICER, v1::CLASSIFICATION_INTERNAL,
                          p.unit);
       }},
      {C::kRevokeGrant, [](const Place& p) { return RevokeGrant(p.actor, NewId()); }},
      {C::kIssueCredential,
       [](const Place& p) { return IssueCredential(p.actor, NewId(), NewToken()); }},
      {C::kRevokeCredential, [](const Place& p) { return RevokeCredential(p.actor, NewId()); }},
      {C::kSuspendGrant, [](const Place& p) { return SuspendGrant(p.actor, NewId()); }},
      {C::kResumeGrant, [](const Place& p) { return ResumeGrant(p.actor, NewId()); }},
      {C::kSuspendCredential, [](const Place& p) { return SuspendCredential(p.actor, NewId()); }},
      {C::kResumeCredential, [](const Place& p) { return ResumeCredential(p.actor, NewId()); }},
      {C::kDelegateAuthority,
       [](const Place& p) { return DelegateAuthority(p.actor, NewId(), p.actor); }},
      {C::kRevokeDelegation, [](const Place& p) { return RevokeDelegation(p.actor, NewId()); }},
      {C::kCorrectFact,
       [](const Place& p) { return CorrectFact("model/" + p.model, RandomUuid4(), AnyFact()); }},
      {C::kAnnulFact, [](const Place& p) { return AnnulFact("model/" + p.model, RandomUuid4()); }},
  };
  return deeds;
}

const std::map<v1::Command::KindCase, MakeDeed>& DeedsOfModels() {
  using C = v1::Command;
  static const auto& deeds = *new std::map<C::KindCase, MakeDeed>{
      {C::kRegisterModel, [](const Place& p) { return RegisterModel(NewId(), p.unit); }},
      {C::kSubmitModel, [](const Place& p) { return SubmitModel(p.model); }},
      {C::kReturnModel, [](const Place& p) { return ReturnModel(p.model); }},
      {C::kScreenModel, [](const Place& p) { return ScreenModel(p.model); }},
      {C::kApprovePilot, [](const Place& p) { return ApprovePilot(p.model); }},
      {C::kReportProgress, [](const Place& p) { return ReportProgress(p.model); }},
      {C::kReclassifyModel, [](const Place& p) { return ReclassifyModel(p.model); }},
      {C::kMergeDuplicate, [](const Place& p) { return MergeDuplicate(p.model, NewId()); }},
      {C::kRejectModel, [](const Place& p) { return RejectModel(p.model); }},
      {C::kReviseDefinition, [](const Place& p) { return ReviseDefinition(p.model); }},
      {C::kAssignStewards,
       [](const Place& p) { return AssignStewards(p.model, p.unit, p.agency); }},
      {C::kSuspendModel, [](const Place& p) { return SuspendModel(p.model); }},
      {C::kResumeModel, [](const Place& p) { return ResumeModel(p.model); }},
      {C::kTransferModel, [](const Place& p) { return TransferModel(p.model, p.unit); }},
      {C::kCloseModel, [](const Place& p) { return CloseModel(p.model); }},
      {C::kRecordModelFromDocument,
       [](const Place& p) { return RecordModelFromDocument(NewId(), p.unit); }},
      {C::kStartSite, [](const Place& p) { return StartSite(NewId(), p.model, p.unit); }},
      {C::kRecordSiteOutput, [](const Place& p) { return RecordSiteOutput(p.site); }},
      {C::kInspectSite, [](const Place& p) { return InspectSite(p.site); }},
      {C::kEndFunding, [](const Place& p) { return EndFunding(p.site); }},
      {C::kTransferSite, [](const Place& p) { return TransferSite(p.site, p.unit); }},
      {C::kReviseDescription, [](const Place& p) { return ReviseDescription(p.site); }},
      {C::kStopSite, [](const Place& p) { return StopSite(p.site); }},
      {C::kRecordSiteFromDocument,
       [](const Place& p) { return RecordSiteFromDocument(NewId(), p.model, p.unit); }},
      {C::kRecordCountedFigure,
       [](const Place& p) { return RecordCountedFigure(NewId(), p.unit); }},
  };
  return deeds;
}

}  // namespace

Place Furnish(LedgerScene& scene, const Staff& staff, const std::string& unit) {
  const Place place = {unit, NewId(), NewId(), NewId(), NewId(), NewId()};
  const Person& administrator = scene.administrator();
  const auto must = [](const Submitted& answer) {
    NR_CHECK(answer.ok(), "a place can be furnished");
  };
  must(administrator.Does(EstablishAgency(place.agency, unit)));
  must(administrator.Does(RegisterActor(place.actor, place.agency)));
  must(staff.officer.Does(
      RecordModelFromDocument(place.model, unit).Classified(v1::CLASSIFICATION_PUBLIC)));
  must(staff.officer.Does(
      RecordSiteFromDocument(place.site, place.model, unit).Classified(v1::CLASSIFICATION_PUBLIC)));
  must(staff.officer.Does(
      RecordCountedFigure(place.figure, unit).Classified(v1::CLASSIFICATION_PUBLIC)));
  return place;
}

const RpcCall* FindRpcCall(std::string_view rpc) {
  static const auto& calls = *new std::map<std::string, RpcCall, std::less<>>{
      {"QueryService/GetModel", GetModel},
      {"QueryService/ListModels", ByFilter<v1::ListModelsRequest>},
      {"QueryService/CountModels", ByFilter<v1::CountModelsRequest>},
      {"QueryService/ListSites", ListSites},
      {"QueryService/ListAgencies", Plain<v1::ListAgenciesRequest>},
      {"QueryService/ListSubmissions", Plain<v1::ListSubmissionsRequest>},
      {"QueryService/ListUnits", Plain<v1::ListUnitsRequest>},
      {"HistoryService/Read", History<v1::ReadRequest>},
      {"HistoryService/Follow", History<v1::FollowRequest>},
      {"AdminService/ListProjections", OfLedger<v1::ListProjectionsRequest>},
      {"AdminService/CheckProjections", OfLedger<v1::CheckProjectionsRequest>},
      {"AdminService/ResumeProjections", OfLedger<v1::ResumeProjectionsRequest>},
  };
  const auto found = calls.find(rpc);
  return found == calls.end() ? nullptr : &found->second;
}

Deed DeedAbout(v1::Command::KindCase command, const Place& place) {
  for (const auto* deeds : {&DeedsOfAdministration(), &DeedsOfModels()}) {
    if (const auto found = deeds->find(command); found != deeds->end()) {
      return found->second(place);
    }
  }
  NR_CHECK(false, "every command has its deed");
  return {};
}

}  // namespace nhanrong::e2e
