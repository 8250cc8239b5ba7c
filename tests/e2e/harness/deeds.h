// Submissions as people would write them: one well-formed deed of every command, on made-up things.
//
// Ledger, submission id and day are filled in by the person who sends it.
#pragma once

#include <string>

#include "nhanrong/v1/command.pb.h"

namespace nhanrong::e2e {

struct Deed {
  v1::Submission submission;
  bool undated = false;  // no day is filled in

  // Changed copies.
  Deed On(const std::string& day, v1::DatePrecision precision = v1::DATE_PRECISION_DAY) const;
  Deed Undated() const;
  Deed Because(const std::string& reason) const;
  Deed Classified(v1::Classification classification) const;
  Deed Expecting(std::uint64_t revision) const;
  Deed WithId(const std::string& submission_id) const;
  // Sent under a delegation, and on behalf of an agency.
  Deed Under(const std::string& delegation) const;
  Deed OnBehalfOf(const std::string& agency) const;
};

// A new ULID.
std::string NewId();

Deed DeedOf(const v1::Command& command);

// Reference data. `code`: may be empty.
Deed EstablishUnit(const std::string& unit, v1::UnitLevel level, const std::string& parent,
                   const std::string& code = "");
Deed RenameUnit(const std::string& unit);
Deed AssignUnitCode(const std::string& unit, const std::string& code, const std::string& from);
Deed RetypeUnit(const std::string& unit, v1::UnitType type = v1::UNIT_TYPE_WARD);
Deed ReparentUnit(const std::string& unit, const std::string& parent);
Deed RetireUnitCode(const std::string& unit, const std::string& code, const std::string& to);
Deed AbolishUnit(const std::string& unit);

// The ledger itself.
Deed SwitchRuleVersion(std::uint32_t version);

// Agencies and people.
Deed EstablishAgency(const std::string& agency, const std::string& unit,
                     const std::string& electronic_id = "");
Deed RenameAgency(const std::string& agency);
Deed SuspendAgency(const std::string& agency);
Deed ResumeAgency(const std::string& agency);
Deed CloseAgency(const std::string& agency);
Deed RegisterActor(const std::string& actor, const std::string& agency,
                   v1::ActorKind kind = v1::ACTOR_KIND_PERSON);
Deed GrantRole(const std::string& actor, const std::string& grant, v1::Role role,
               v1::Classification reads_up_to = v1::CLASSIFICATION_INTERNAL,
               const std::string& scope_unit = "");
Deed RevokeGrant(const std::string& actor, const std::string& grant);
// `token`: its text. `valid_to`: may be empty.
Deed IssueCredential(const std::string& actor, const std::string& credential,
                     const std::string& token, const std::string& valid_to = "");
Deed RevokeCredential(const std::string& actor, const std::string& credential);
Deed SuspendGrant(const std::string& actor, const std::string& grant);
Deed ResumeGrant(const std::string& actor, const std::string& grant);
Deed SuspendCredential(const std::string& actor, const std::string& credential);
Deed ResumeCredential(const std::string& actor, const std::string& credential);
// KT. for a person of the same agency, without an end.
Deed DelegateAuthority(const std::string& delegate, const std::string& delegation,
                       const std::string& principal);
// TUQ. for another agency, for everything that this role does, until a day.
Deed DelegateForAgency(const std::string& delegate, const std::string& delegation,
                       const std::string& agency, v1::Role role, const std::string& valid_to);
Deed RevokeDelegation(const std::string& delegate, const std::string& delegation);
v1::SourceDoc DelegationDocument();

// Models, sites, figures.
Deed RegisterModel(const std::string& model, const std::string& unit,
                   const std::string& name = "Nuôi cá trong ruộng lúa");
Deed SubmitModel(const std::string& model);
Deed ReturnModel(const std::string& model);
Deed ScreenModel(const std::string& model);
Deed ApprovePilot(const std::string& model);
Deed ReportProgress(const std::string& model);
Deed CloseModel(const std::string& model,
                v1::ModelCloseReason reason = v1::MODEL_CLOSE_REASON_COMPLETED,
                const std::string& other = "");
Deed ReclassifyModel(const std::string& model,
                     v1::ModelReclassification as = v1::MODEL_RECLASSIFICATION_STARTUP);
Deed MergeDuplicate(const std::string& model, const std::string& other);
Deed RejectModel(const std::string& model);
Deed ReviseDefinition(const std::string& model,
                      const std::string& name = "Nuôi cá trong ruộng lúa, bản hai");
// A unit follows it, an agency inspects it.
Deed AssignStewards(const std::string& model, const std::string& unit, const std::string& agency);
Deed SuspendModel(const std::string& model);
Deed ResumeModel(const std::string& model);
// Either may be empty.
Deed TransferModel(const std::string& model, const std::string& unit,
                   const std::string& agency = "");
Deed RecordModelFromDocument(const std::string& model, const std::string& unit,
                             v1::ModelStatus status = v1::MODEL_STATUS_ACTIVE);
Deed StartSite(const std::string& site, const std::string& model, const std::string& unit);
Deed RecordSiteOutput(const std::string& site);
Deed StopSite(const std::string& site);
Deed InspectSite(const std::string& site,
                 v1::InspectionResult result = v1::INSPECTION_RESULT_CONFIRMED,
                 v1::VerificationLevel level = v1::VERIFICATION_LEVEL_DEPARTMENT_VERIFIED);
Deed EndFunding(const std::string& site);
Deed TransferSite(const std::string& site, const std::string& unit);
Deed ReviseDescription(const std::string& site);
Deed RecordSiteFromDocument(const std::string& site, const std::string& model,
                            const std::string& unit,
                            v1::SiteStatus status = v1::SITE_STATUS_OPERATING);
Deed RecordCountedFigure(const std::string& figure, const std::string& unit);

// `stream`: "model/01J…".
Deed CorrectFact(const std::string& stream, const std::string& event_id, const v1::Fact& fact);
Deed AnnulFact(const std::string& stream, const std::string& event_id);

v1::ModelDefinition Definition(const std::string& unit, const std::string& name);

}  // namespace nhanrong::e2e
