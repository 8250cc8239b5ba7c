// One well-formed act of every command, on made-up units, agencies and models.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "services/domain/aggregate/domain_test_kit.h"

namespace nhanrong::domain {

v1::SourceDoc SampleSource();
v1::Quantity SampleQuantity();
v1::ReportingPeriod SamplePeriod();
v1::ModelDefinition SampleDefinition();
v1::ClassificationChecklist SampleChecklist();
v1::SiteDescription SampleDescription();
v1::SiteParticulars SampleParticulars();
v1::CountedFigure SampleFigure();

// Nation, province and commune of every test, the agency "Sở A", and the model "mô hình kia" in
// use.
std::vector<Act> BaseActs();

// Acts on the subjects of the tests: the ledger itself, unit "xã mới", agency "Sở mới", actor
// "Bình", model "mô hình", site "điểm", figure "số liệu".
Act SwitchRuleVersion(std::uint32_t version = 2);
Act EstablishUnit();
Act RenameUnit(const std::string& name);
Act AssignUnitCode(const std::string& code, const std::string& from, const std::string& to = "");
Act RetypeUnit(v1::UnitType type, const std::string& name);
Act ReparentUnit(const std::string& parent);
Act RetireUnitCode(const std::string& code, const std::string& to);
Act AbolishUnit();
Act EstablishAgency();
// An agency of the province, without an electronic id.
Act AgencyNamed(const std::string& name);
Act RenameAgency(const std::string& name);
Act SuspendAgency();
Act ResumeAgency();
Act CloseAgency();
Act RegisterActor();
Act GrantRole(const std::string& grant, v1::Role role = v1::ROLE_COMMUNE_OFFICER);
Act RevokeGrant(const std::string& grant);
Act IssueCredential(const std::string& credential, char token);
Act RevokeCredential(const std::string& credential);
Act SuspendGrant(const std::string& grant);
Act ResumeGrant(const std::string& grant);
Act SuspendCredential(const std::string& credential);
Act ResumeCredential(const std::string& credential);
// KT. for "Trưởng", of the same agency, without an end.
Act DelegateAuthority(const std::string& delegation);
Act RevokeDelegation(const std::string& delegation);
// The same act about another actor; and about another agency.
Act ThatOf(Act act, const std::string& actor);
Act OfAgency(Act act, const std::string& agency);
// "Trưởng" registered, with a grant of this role.
std::vector<Act> Chief(v1::Role role = v1::ROLE_COMMUNE_LEADER);
Act RegisterModel();
Act SubmitModel();
Act ReturnModel();
Act ScreenModel();
Act ApprovePilot();
Act ReportProgress();
Act CloseModel();
// Closed for a reason that names a model.
Act CloseModel(v1::ModelCloseReason reason, const std::string& other);
Act ReclassifyModel(v1::ModelReclassification as = v1::MODEL_RECLASSIFICATION_STARTUP);
Act MergeDuplicate(const std::string& other = "mô hình kia");
Act RejectModel();
Act ReviseDefinition(const std::string& name = "Nuôi lươn không bùn, tuần hoàn nước");
Act AssignStewards();
Act SuspendModel();
Act ResumeModel();
Act TransferModel(const std::string& unit = "tỉnh", const std::string& agency = "");
Act RecordModelFromDocument(v1::ModelStatus status);
Act StartSite();
Act RecordSiteOutput();
Act StopSite();
Act InspectSite(v1::InspectionResult result = v1::INSPECTION_RESULT_CONFIRMED,
                v1::VerificationLevel level = v1::VERIFICATION_LEVEL_DEPARTMENT_VERIFIED);
Act EndFunding();
Act TransferSite(const std::string& unit = "tỉnh");
Act ReviseDescription();
Act RecordSiteFromDocument(v1::SiteStatus status);
Act RecordCountedFigure();
Act CorrectFact(const std::string& stream, const std::string& event_id, const v1::Fact& fact);
Act AnnulFact(const std::string& stream, const std::string& event_id);

// 32 equal bytes.
std::string Token(char byte);

// By command; and by "<aggregate> <state>" the acts that lead from nothing into it.
using Samples = std::map<v1::Command::KindCase, std::function<Act()>>;
using WaysIn = std::map<std::string, std::vector<Act>>;
// Units, agencies, actors.
const Samples& SamplesOfAdministration();
WaysIn WaysIntoAdministration();
// Models, sites, figures.
const Samples& SamplesOfModels();
WaysIn WaysIntoModels();

// The act of a command (not a correction) that its aggregate's states are tried with.
Act SampleAct(v1::Command::KindCase kind);
// Acts that bring an aggregate from nothing into a state. Every state of the table has an entry.
std::vector<Act> ActsInto(const std::string& aggregate, const std::string& state);

}  // namespace nhanrong::domain
