// Agencies with their people and rights, and what became of an agency's submissions.
#include "services/cli/answer_columns.h"
#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

std::string UntilText(const std::string& valid_to, Language language) {
  if (valid_to.empty()) return {};
  return std::string(Pick(language, " đến ", " until ")) + IsoDateText(valid_to, language);
}

std::string GrantText(const v1::GrantEntry& grant, Language language) {
  std::string text = Word(grant.role(), language);
  if (!grant.scope_unit_id().empty()) text += " @" + grant.scope_unit_id();
  text += UntilText(grant.valid_to(), language);
  if (grant.suspended()) text += std::string(Pick(language, " (tạm dừng)", " (suspended)"));
  return text;
}

std::string DelegationText(const v1::DelegationEntry& delegation, Language language) {
  std::string matters;
  for (const std::string& command : delegation.commands()) matters += ", " + command;
  for (const int role : delegation.roles()) {
    matters += ", " + Word(static_cast<v1::Role>(role), language);
  }
  std::string text = ActingForText(delegation.acting_for(), language) + matters;
  if (!delegation.scope_unit_id().empty()) text += " @" + delegation.scope_unit_id();
  text += UntilText(delegation.valid_to(), language);
  return text + std::string(Pick(language, "\nmã ", "\nid ")) +
         delegation.acting_for().delegation_id();
}

// What an actor may do: grants, then delegations.
std::string RightsText(const v1::ActorEntry& actor, Language language) {
  std::string text;
  const auto line = [&](const std::string& right) { text += (text.empty() ? "" : "\n") + right; };
  for (const v1::GrantEntry& grant : actor.grants()) line(GrantText(grant, language));
  for (const v1::DelegationEntry& held : actor.delegations()) line(DelegationText(held, language));
  return text;
}

std::string StatusText(const v1::AgencyEntry& agency, Language language) {
  if (agency.status() == v1::AGENCY_STATUS_ESTABLISHED) return {};
  return Word(agency.status(), language) + std::string(Pick(language, " từ ", " since ")) +
         DateText(agency.status_since(), language);
}

std::string CredentialsText(const v1::ActorEntry& actor, Language language) {
  std::string text = std::to_string(actor.credential_ids_size());
  if (actor.suspended_credential_ids().empty()) return text;
  return text + " (+" + std::to_string(actor.suspended_credential_ids_size()) +
         std::string(Pick(language, " tạm dừng)", " suspended)"));
}

// Agency and role and, where it was sent for somebody else, for whom and by which document.
std::string SenderText(const v1::SubmissionEntry& entry, Language language) {
  std::string text = AgencyText(entry.agency()) + ", " + Word(entry.role(), language);
  const std::string acting_for = ActingForText(entry.acting_for(), language);
  return acting_for.empty() ? text : text + "\n" + acting_for;
}

std::string OutcomeText(const v1::SubmissionEntry& entry, Language language) {
  std::string outcome;
  for (const std::string& stream : entry.streams()) {
    outcome += (outcome.empty() ? "" : "\n") + stream;
  }
  for (const v1::Violation& violation : entry.refused()) {
    outcome += (outcome.empty() ? "" : "\n") +
               std::string(Pick(language, "từ chối: ", "refused: ")) +
               std::string(Pick(language, violation.wrong_vi(), violation.wrong_en()));
  }
  return outcome;
}

}  // namespace

Report AnswerReport(const v1::ListAgenciesResponse& answer, Language language) {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = Pick(language, "Cơ quan", "Agencies");
  sheet.columns = {Left(language, "Cơ quan", "Agency"),
                   Left(language, "Đơn vị", "Unit"),
                   Left(language, "Người, hệ thống", "Actor"),
                   Left(language, "Mã", "Id"),
                   Left(language, "Quyền, ủy quyền", "Grants, delegations"),
                   Right(language, "Thẻ", "Credentials")};
  for (const v1::AgencyEntry& agency : answer.agencies()) {
    sheet.rows.push_back({AgencyText(agency.agency()), UnitText(agency.unit()), Cell(),
                          agency.agency().agency_id(), StatusText(agency, language), Cell()});
    for (const v1::ActorEntry& actor : agency.actors()) {
      sheet.rows.push_back({Cell(), Cell(), actor.title(), actor.actor_id(),
                            RightsText(actor, language), CredentialsText(actor, language)});
    }
  }
  AddFooter(answer.meta(), language, report);
  return report;
}

Report AnswerReport(const v1::ListSubmissionsResponse& answer, Language language) {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = Pick(language, "Việc đã gửi", "Submissions");
  sheet.columns = {Right(language, "Vị trí", "Position"),
                   Left(language, "Ghi lúc", "Recorded"),
                   Left(language, "Mã", "Id"),
                   Left(language, "Lệnh", "Command"),
                   Left(language, "Người gửi", "Sender"),
                   Left(language, "Kết quả", "Outcome")};
  for (const v1::SubmissionEntry& entry : answer.submissions()) {
    sheet.rows.push_back({Ordinal{entry.position()}, FromProto(entry.recorded_at()),
                          entry.submission_id(),
                          entry.command_type().substr(entry.command_type().rfind('.') + 1),
                          SenderText(entry, language), OutcomeText(entry, language)});
  }
  AddFooter(answer.meta(), language, report);
  return report;
}

}  // namespace nhanrong::cli
