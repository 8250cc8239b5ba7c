// Deeds on units, agencies and people, and what can be changed on every deed.
#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "services/base/bytes.h"
#include "tests/e2e/harness/deeds.h"

namespace nhanrong::e2e {
namespace {

// SHA-256 of the 32 bytes of a token: all that the service ever sees of it.
std::string TokenHash(const std::string& token) {
  std::string bytes;
  absl::WebSafeBase64Unescape(absl::StripPrefix(token, "nr1_"), &bytes);
  return std::string(AsBytes(Sha256(bytes)));
}

}  // namespace

Deed Deed::On(const std::string& day, v1::DatePrecision precision) const {
  Deed deed = *this;
  deed.submission.mutable_occurred_on()->set_value(day);
  deed.submission.mutable_occurred_on()->set_precision(precision);
  return deed;
}

Deed Deed::Undated() const {
  Deed deed = *this;
  deed.submission.clear_occurred_on();
  deed.undated = true;
  return deed;
}

Deed Deed::Because(const std::string& reason) const {
  Deed deed = *this;
  deed.submission.set_reason(reason);
  return deed;
}

Deed Deed::Classified(v1::Classification classification) const {
  Deed deed = *this;
  deed.submission.set_classification(classification);
  return deed;
}

Deed Deed::Expecting(std::uint64_t revision) const {
  Deed deed = *this;
  deed.submission.set_expected_revision(revision);
  return deed;
}

Deed Deed::WithId(const std::string& submission_id) const {
  Deed deed = *this;
  deed.submission.set_submission_id(submission_id);
  return deed;
}

Deed Deed::Under(const std::string& delegation) const {
  Deed deed = *this;
  deed.submission.set_delegation_id(delegation);
  return deed;
}

Deed Deed::OnBehalfOf(const std::string& agency) const {
  Deed deed = *this;
  deed.submission.set_on_behalf_of_agency_id(agency);
  return deed;
}

Deed DeedOf(const v1::Command& command) {
  Deed deed;
  *deed.submission.mutable_command() = command;
  return deed;
}

Deed EstablishUnit(const std::string& unit, v1::UnitLevel level, const std::string& parent,
                   const std::string& code) {
  v1::Command command;
  v1::EstablishUnit& told = *command.mutable_establish_unit();
  told.set_unit_id(unit);
  told.set_name("Đơn vị " + unit);
  told.set_level(level);
  told.set_parent_unit_id(parent);
  told.set_code(code);
  return DeedOf(command).On("2001-01-01").Because("Nhập danh mục");
}

Deed RenameUnit(const std::string& unit) {
  v1::Command command;
  command.mutable_rename_unit()->set_unit_id(unit);
  command.mutable_rename_unit()->set_name("Xã Cồn Én");
  return DeedOf(command);
}

Deed AssignUnitCode(const std::string& unit, const std::string& code, const std::string& from) {
  v1::Command command;
  command.mutable_assign_unit_code()->set_unit_id(unit);
  command.mutable_assign_unit_code()->set_code(code);
  command.mutable_assign_unit_code()->set_valid_from(from);
  return DeedOf(command);
}

Deed SwitchRuleVersion(std::uint32_t version) {
  v1::Command command;
  command.mutable_switch_rule_version()->set_version(version);
  return DeedOf(command).Undated();
}

Deed EstablishAgency(const std::string& agency, const std::string& unit,
                     const std::string& electronic_id) {
  v1::Command command;
  v1::EstablishAgency& told = *command.mutable_establish_agency();
  told.set_agency_id(agency);
  told.set_name("Phòng Kinh tế " + agency);
  told.set_unit_id(unit);
  told.set_electronic_id(electronic_id);
  return DeedOf(command).Undated();
}

Deed RenameAgency(const std::string& agency) {
  v1::Command command;
  command.mutable_rename_agency()->set_agency_id(agency);
  command.mutable_rename_agency()->set_name("Phòng Nông nghiệp và Môi trường");
  return DeedOf(command).Undated();
}

Deed RegisterActor(const std::string& actor, const std::string& agency, v1::ActorKind kind) {
  v1::Command command;
  v1::RegisterActor& told = *command.mutable_register_actor();
  told.set_actor_id(actor);
  told.set_agency_id(agency);
  told.set_kind(kind);
  told.set_title("Chuyên viên");
  if (kind == v1::ACTOR_KIND_PERSON) told.mutable_subject()->set_subject_id(NewId());
  return DeedOf(command).Undated();
}

Deed GrantRole(const std::string& actor, const std::string& grant, v1::Role role,
               v1::Classification reads_up_to, const std::string& scope_unit) {
  v1::Command command;
  v1::GrantRole& told = *command.mutable_grant_role();
  told.set_actor_id(actor);
  told.set_grant_id(grant);
  told.set_role(role);
  told.set_scope_unit_id(scope_unit);
  told.set_reads_up_to(reads_up_to);
  return DeedOf(command).Undated();
}

Deed IssueCredential(const std::string& actor, const std::string& credential,
                     const std::string& token, const std::string& valid_to) {
  v1::Command command;
  v1::IssueCredential& told = *command.mutable_issue_credential();
  told.set_actor_id(actor);
  told.set_credential_id(credential);
  told.set_token_sha256(TokenHash(token));
  told.set_valid_to(valid_to);
  return DeedOf(command).Undated();
}

}  // namespace nhanrong::e2e
