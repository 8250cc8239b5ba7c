#include "services/gateway/record_writer.h"

#include <set>

#include "services/base/check.h"
#include "services/domain/ledger/ledger.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::gateway {
namespace {

void AddHead(v1::StreamHead& to, const std::string& stream, const ledger::Admission& admission) {
  to.set_stream(stream);
  if (const auto head = admission.Head(stream)) to.set_head(std::string(AsBytes(*head)));
}

// Said by the submission, or by the delegation where it is another agency's.
std::string RepresentedAgency(const Decision& decision) {
  const std::string& said = decision.submission.on_behalf_of_agency_id();
  if (!said.empty() || !decision.authority.acting_for) return said;
  const std::string& lender = decision.authority.acting_for->principal_agency().agency_id();
  return lender == decision.caller.agency.agency_id() ? std::string() : lender;
}

void SetSigner(v1::Signer& signer, const Decision& decision) {
  signer.set_actor_id(decision.caller.actor_id);
  signer.set_subject_id(decision.caller.subject_id);
  *signer.mutable_agency() = decision.caller.agency;
  signer.set_role(decision.authority.grant.role);
  signer.set_grant_id(decision.authority.grant.grant_id);
  signer.set_on_behalf_of_agency_id(RepresentedAgency(decision));
  signer.set_credential_id(decision.caller.credential_id);
  signer.set_channel(decision.submission.channel());
  if (decision.authority.acting_for) *signer.mutable_acting_for() = *decision.authority.acting_for;
}

std::set<std::string> SetAnswer(v1::Record& record, const Decision& decision,
                                const std::string& target_stream) {
  std::set<std::string> writes;
  if (decision.answer) {
    for (const v1::Event& event : *decision.answer) {
      *record.mutable_events()->add_events() = event;
      writes.insert(event.stream());
    }
    return writes;
  }
  for (const domain::Violation& violation : decision.answer.error()) {
    v1::RefusedRule& rule = *record.mutable_refusal()->add_rules();
    rule.set_rule(violation.rule);
    rule.set_field(violation.field);
    rule.set_actual(violation.actual);
  }
  writes.insert(target_stream);
  return writes;
}

std::string CommandTypeName(const v1::Command& command) {
  const auto* field = v1::Command::descriptor()->FindFieldByNumber(command.kind_case());
  NR_CHECK(field != nullptr, "a well-formed submission holds a command");
  return field->message_type()->full_name();
}

}  // namespace

v1::Record RecordOf(const Decision& decision, const std::string& target_stream,
                    const DecisionWorld& world, const std::optional<National::Known>& national,
                    const ledger::Admission& admission) {
  v1::Record record;
  record.set_rule_version(admission.rule_version());
  record.set_ledger_id(std::string(admission.ledger_id()->begin(), admission.ledger_id()->end()));
  record.set_agency_id(decision.caller.agency.agency_id());
  record.set_submission_id(decision.submission.submission_id());
  record.set_command_hash(std::string(AsBytes(decision.command_hash)));
  record.set_command_type(CommandTypeName(decision.submission.command()));
  record.set_causation_id(decision.submission.causation_id());
  record.set_correlation_id(decision.submission.correlation_id());
  const std::set<std::string> writes = SetAnswer(record, decision, target_stream);
  if (decision.answer) {
    record.set_switches_on_rule_version(domain::RuleVersionSwitchedOnBy(*decision.answer));
  }
  for (const std::string& stream : writes) AddHead(*record.add_writes(), stream, admission);
  std::set<std::string> reads = {"actor/" + decision.caller.actor_id};
  for (const auto& [stream, state] : world.read()) reads.insert(stream);
  for (const std::string& stream : reads) {
    if (!writes.contains(stream)) AddHead(*record.add_reads(), stream, admission);
  }
  record.mutable_anchor()->set_commits(admission.commits());
  record.mutable_anchor()->set_running_hash(std::string(AsBytes(admission.running())));
  *record.mutable_recorded_at() = domain::StampOf(decision.now);
  SetSigner(*record.mutable_signer(), decision);
  if (national) {
    record.mutable_national()->set_ledger_id(
        std::string(national->ledger_id.begin(), national->ledger_id.end()));
    record.mutable_national()->set_commits(national->commits);
  }
  return record;
}

}  // namespace nhanrong::gateway
