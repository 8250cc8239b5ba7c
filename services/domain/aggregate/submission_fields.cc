// Field rules of a submission: its envelope, then the fact that its command states.
#include "services/base/ids.h"
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/target.h"
#include "services/domain/correction/correction.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

bool FromDocument(const v1::Submission& submission) {
  return submission.channel() == v1::INGEST_CHANNEL_MIGRATION;
}

void CheckDocuments(const Field& at, const v1::Submission& submission) {
  const Field sources = at / "sources";
  CheckListLength(sources, submission.sources_size(), 0, kMaxSources);
  for (int i = 0; i < submission.sources_size(); ++i) {
    CheckSource(sources[i], submission.sources(i));
  }
  if (FromDocument(submission) && submission.sources().empty()) {
    sources.Break(Rule::kSourceRequired);
  }
  const Field evidence = at / "evidence";
  CheckListLength(evidence, submission.evidence_size(), 0, kMaxEvidence);
  for (int i = 0; i < submission.evidence_size(); ++i) {
    CheckEvidence(evidence[i], submission.evidence(i));
  }
}

void CheckEnvelope(const Field& at, const v1::Submission& submission) {
  CheckLedgerName(at / "ledger", submission.ledger());
  CheckUuid(at / "submission_id", submission.submission_id());
  if (submission.has_occurred_on()) CheckBusinessDate(at / "occurred_on", submission.occurred_on());
  if (submission.has_period()) CheckPeriod(at / "period", submission.period());
  CheckText(at / "reason", submission.reason(), kReason);
  CheckDocuments(at, submission);
  CheckEnum(at / "classification", submission.classification(), Presence::kOptional);
  CheckUlid(at / "grant_id", submission.grant_id(), Presence::kOptional);
  CheckUlid(at / "delegation_id", submission.delegation_id(), Presence::kOptional);
  CheckUlid(at / "on_behalf_of_agency_id", submission.on_behalf_of_agency_id(),
            Presence::kOptional);
  CheckEnum(at / "channel", submission.channel(), Presence::kOptional);
  CheckText(at / "causation_id", submission.causation_id(), kForeignId);
  CheckText(at / "correlation_id", submission.correlation_id(), kForeignId);
}

// What this command needs of the envelope.
void CheckNeeds(const Field& at, const CommandType& type, const v1::Submission& submission) {
  if (!type.date_optional && !submission.has_occurred_on()) {
    (at / "occurred_on").Break(Rule::kFieldRequired);
  }
  if (type.reason_required && submission.reason().empty()) {
    (at / "reason").Break(Rule::kFieldRequired);
  }
  if (type.period_required && !submission.has_period()) {
    (at / "period").Break(Rule::kFieldRequired);
  }
  if (type.source_required && submission.sources().empty() && !FromDocument(submission)) {
    (at / "sources").Break(Rule::kSourceRequired);
  }
  if (type.document_only && !FromDocument(submission)) {
    (at / "channel").Break(Rule::kChannelMigration);
  }
}

void CheckStatedFact(const CommandType& type, const v1::Submission& submission, Violations& found) {
  const v1::Command& command = submission.command();
  const Field at = CommandField(command, found);
  if (!type.of_the_ledger) {
    CheckUlid(TargetField(type, at), TextAt(KindMessage(command), IdField(*type.aggregate)),
              type.begins ? Presence::kOptional : Presence::kRequired);
  }
  const FactRule* rule = FindFactRule(type.makes);
  if (rule->check_fields == nullptr) return;
  v1::Fact fact = StatedFact(type, command);
  if (!type.made_id.empty() && TextAt(KindMessage(fact), type.made_id).empty()) {
    // Any ULID: the true one is made when the submission is decided.
    SetText(MutableKind(fact, type.makes), type.made_id, DerivedUlid(absl::UnixEpoch(), ""));
  }
  rule->check_fields(fact, at, FromDocument(submission) ? Told::kByDocument : Told::kFirstHand);
}

}  // namespace

Violations CheckFields(const v1::Submission& submission) {
  Violations found;
  const Field at(found, "");
  CheckEnvelope(at, submission);
  const CommandType* type = FindCommand(submission.command().kind_case());
  if (type == nullptr) {
    (at / "command").Break(Rule::kFieldRequired);
    return found;
  }
  CheckNeeds(at, *type, submission);
  if (type->aggregate == nullptr) {
    CheckCorrectionFields(submission.command(), found);
  } else {
    CheckStatedFact(*type, submission, found);
  }
  return found;
}

}  // namespace nhanrong::domain
