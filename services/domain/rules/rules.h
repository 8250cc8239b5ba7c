// Every rule that a submission can break, by name, with its words in Vietnamese and English.
//
// Code names rules by these constants only; rules_test.cc shows that each has words. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "nhanrong/v1/errors.pb.h"
#include "services/domain/aggregate/violation.h"

namespace nhanrong::domain {

enum class Rule : std::size_t {
  // Fields: depend on the submission alone; nothing is recorded.
  kFieldRequired,
  kEnumUnknown,
  kEnumNotAllowed,
  kTextLength,
  kTextNfc,
  kTextCharacters,
  kTextTrimmed,
  kListLength,
  kListDuplicate,
  kIdUlid,
  kIdUuid,
  kIdNotAllowed,
  kLedgerName,
  kStreamForm,
  kHashLength,
  kMediaTypeForm,
  kTimestampRange,
  kQuantityScale,
  kQuantityRawText,
  kQuantityNegative,
  kDateForm,
  kDateDayForm,
  kDateOrder,
  kSourceRequired,
  kChannelMigration,
  kUnitCodeForm,
  kUnitParentOfNation,
  kUnitTypeLevel,
  kAgencyElectronicIdForm,
  kActorSubjectKind,
  kDelegationOnePrincipal,
  kDelegationFormAgency,
  kDelegationEndRequired,
  kDelegationMattersRequired,
  kDelegationCommand,
  kModelChecklistDisagrees,
  kModelStewardHolder,
  kGrantReadsUpTo,
  kSiteOriginSource,
  kSiteOriginNotStated,
  kTransferNothing,
  kLedgerUnknown,
  kLedgerRuleVersionUnknown,
  kClockNotSimulated,
  kSubmissionTooLarge,
  // Domain: depend on the ledger; the refusal is recorded.
  kStreamExpectedRevision,
  kAnyState,  // "<aggregate>.state"
  kAnyTaken,  // "<kind>.taken"
  kDateFuture,
  kDateBeforeLastStep,
  kDateBeforeStart,
  kDateBackdatedReason,
  kLedgerRuleVersionOn,
  kUnitUnknown,
  kUnitNotOnDay,
  kUnitParentLevel,
  kUnitSameName,
  kUnitSameType,
  kUnitSameParent,
  kUnitCodeNotHeld,
  kUnitAbolished,
  kUnitAbolishedTooEarly,
  kAgencySameName,
  kAgencyUnknown,
  kAgencyNotWorking,
  kActorAgencyUnknown,
  kActorAgencyClosed,
  kGrantRoleKind,
  kGrantExists,
  kGrantNotInForce,
  kGrantNotSuspended,
  kCredentialExists,
  kCredentialNotInForce,
  kCredentialCertificateKind,
  kCredentialNotSuspended,
  kDelegationExists,
  kDelegationNotInForce,
  kDelegationSelf,
  kDelegationPersonOnly,
  kDelegationSameAgency,
  kDelegationOwnAgency,
  kDelegationTooLong,
  kDelegationPrincipalUnknown,
  kDelegationPrincipalNoRight,
  kDelegationOfDelegation,
  kAdministratorLast,
  kModelNotAModel,
  kModelThreePeople,
  kModelChecklistMissing,
  kModelOtherItself,
  kModelOtherUnknown,
  kModelOtherGone,
  kModelSameStewards,
  kModelBeforeUse,
  kSiteModelUnknown,
  kSiteModelState,
  kSiteOriginUnknown,
  kSiteOwnInspection,
  kSiteLevelRole,
  kSiteReportUnknown,
  kRevisionSame,
  kTransferSame,
  kFigurePartOfUnknown,
  kCorrectionNotCorrectable,
  kCorrectionNotInForce,
  kCorrectionType,
  kCorrectionRights,
  kCorrectionBreaksLater,
  kCorrectionBreaksOther,
  kCorrectionClassification,
  kCount,  // not a rule
};

// REQUIRES: rule != kCount.
std::string_view RuleName(Rule rule);

// "model.state"; "unit-code.taken" of "reserved/unit-code/82".
std::string StateRule(std::string_view aggregate_prefix);
std::string TakenRule(std::string_view reservation);

// The violation as clients see it; a rule that this program does not know keeps its name.
v1::Violation Words(const Violation& violation);

}  // namespace nhanrong::domain
