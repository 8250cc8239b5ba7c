// Acts on agencies and actors, and one act of every command of administration.
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

Act ByAdministrator(const v1::Command& command) {
  return ActOf(command).Undated().As(v1::ROLE_ADMINISTRATOR);
}

// A command that names an agency, or a grant, credential or delegation of "Bình", and says nothing
// else.
Act Naming(v1::Command::KindCase kind, std::string_view field, const std::string& name) {
  v1::Command command;
  google::protobuf::Message& message = MutableKind(command, kind);
  if (field != "agency_id") SetText(message, "actor_id", Id("Bình"));
  SetText(message, field, Id(name));
  return ByAdministrator(command);
}
Act Stopping(v1::Command::KindCase kind, std::string_view field, const std::string& name) {
  return Naming(kind, field, name).Because("Đang xác minh");
}

Act Changed(Act act, std::string_view field, const std::string& name) {
  v1::Command& command = *act.submission.mutable_command();
  SetText(MutableKind(command, command.kind_case()), field, Id(name));
  return act;
}

}  // namespace

Act ThatOf(Act act, const std::string& actor) { return Changed(std::move(act), "actor_id", actor); }

Act OfAgency(Act act, const std::string& agency) {
  return Changed(std::move(act), "agency_id", agency);
}

Act SwitchRuleVersion(std::uint32_t version) {
  v1::Command command;
  command.mutable_switch_rule_version()->set_version(version);
  return ByAdministrator(command);
}

Act AgencyNamed(const std::string& name) {
  v1::Command command;
  v1::EstablishAgency& agency = *command.mutable_establish_agency();
  agency.set_agency_id(Id(name));
  agency.set_name(name);
  agency.set_unit_id(Id("tỉnh"));
  return ByAdministrator(command);
}

Act EstablishAgency() {
  Act act = AgencyNamed("Sở mới");
  act.submission.mutable_command()->mutable_establish_agency()->set_electronic_id("T99.01");
  return act;
}

Act RenameAgency(const std::string& name) {
  v1::Command command;
  command.mutable_rename_agency()->set_agency_id(Id("Sở mới"));
  command.mutable_rename_agency()->set_name(name);
  return ByAdministrator(command);
}

Act RegisterActor() {
  v1::Command command;
  v1::RegisterActor& actor = *command.mutable_register_actor();
  actor.set_actor_id(Id("Bình"));
  actor.set_agency_id(Id("Sở A"));
  actor.set_kind(v1::ACTOR_KIND_PERSON);
  actor.set_title("Chuyên viên");
  actor.mutable_subject()->set_subject_id(Id("bí danh"));
  return ByAdministrator(command);
}

Act GrantRole(const std::string& grant, v1::Role role) {
  v1::Command command;
  v1::GrantRole& granted = *command.mutable_grant_role();
  granted.set_actor_id(Id("Bình"));
  granted.set_grant_id(Id(grant));
  granted.set_role(role);
  granted.set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
  return ByAdministrator(command);
}

Act RevokeGrant(const std::string& grant) {
  v1::Command command;
  command.mutable_revoke_grant()->set_actor_id(Id("Bình"));
  command.mutable_revoke_grant()->set_grant_id(Id(grant));
  return ByAdministrator(command);
}

std::string Token(char byte) { return std::string(32, byte); }

Act IssueCredential(const std::string& credential, char token) {
  v1::Command command;
  v1::IssueCredential& issued = *command.mutable_issue_credential();
  issued.set_actor_id(Id("Bình"));
  issued.set_credential_id(Id(credential));
  issued.set_token_sha256(Token(token));
  return ByAdministrator(command);
}

Act RevokeCredential(const std::string& credential) {
  v1::Command command;
  command.mutable_revoke_credential()->set_actor_id(Id("Bình"));
  command.mutable_revoke_credential()->set_credential_id(Id(credential));
  return ByAdministrator(command);
}

Act SuspendAgency() { return Stopping(v1::Command::kSuspendAgency, "agency_id", "Sở mới"); }
Act ResumeAgency() { return Stopping(v1::Command::kResumeAgency, "agency_id", "Sở mới"); }
Act CloseAgency() { return Stopping(v1::Command::kCloseAgency, "agency_id", "Sở mới"); }

Act SuspendGrant(const std::string& grant) {
  return Stopping(v1::Command::kSuspendGrant, "grant_id", grant);
}
Act ResumeGrant(const std::string& grant) {
  return Stopping(v1::Command::kResumeGrant, "grant_id", grant);
}
Act SuspendCredential(const std::string& credential) {
  return Stopping(v1::Command::kSuspendCredential, "credential_id", credential);
}
Act ResumeCredential(const std::string& credential) {
  return Stopping(v1::Command::kResumeCredential, "credential_id", credential);
}

Act DelegateAuthority(const std::string& delegation) {
  v1::Command command;
  v1::DelegateAuthority& told = *command.mutable_delegate_authority();
  told.set_actor_id(Id("Bình"));
  told.set_delegation_id(Id(delegation));
  told.set_form(v1::DELEGATION_FORM_KT);
  told.set_principal_actor_id(Id("Trưởng"));
  *told.mutable_document() = SampleSource();
  return ByAdministrator(command);
}

Act RevokeDelegation(const std::string& delegation) {
  return Naming(v1::Command::kRevokeDelegation, "delegation_id", delegation);
}

std::vector<Act> Chief(v1::Role role) {
  return {ThatOf(RegisterActor(), "Trưởng"), ThatOf(GrantRole("quyền của Trưởng", role), "Trưởng")};
}

const Samples& SamplesOfAdministration() {
  static const auto& samples = *new Samples{
      {v1::Command::kSwitchRuleVersion, [] { return SwitchRuleVersion(); }},
      {v1::Command::kEstablishUnit, EstablishUnit},
      {v1::Command::kRenameUnit, [] { return RenameUnit("Xã Mới Hơn"); }},
      {v1::Command::kAssignUnitCode, [] { return AssignUnitCode("99002", "2026-03-05"); }},
      {v1::Command::kRetypeUnit, [] { return RetypeUnit(v1::UNIT_TYPE_WARD, "Phường Mới"); }},
      {v1::Command::kReparentUnit, [] { return ReparentUnit("nước"); }},
      {v1::Command::kRetireUnitCode, [] { return RetireUnitCode("99001", "2026-03-09"); }},
      {v1::Command::kAbolishUnit, AbolishUnit},
      {v1::Command::kEstablishAgency, EstablishAgency},
      {v1::Command::kRenameAgency, [] { return RenameAgency("Sở mới hơn"); }},
      {v1::Command::kSuspendAgency, SuspendAgency},
      {v1::Command::kResumeAgency, ResumeAgency},
      {v1::Command::kCloseAgency, CloseAgency},
      {v1::Command::kRegisterActor, RegisterActor},
      {v1::Command::kGrantRole, [] { return GrantRole("quyền 2"); }},
      {v1::Command::kRevokeGrant, [] { return RevokeGrant("quyền 1"); }},
      {v1::Command::kIssueCredential, [] { return IssueCredential("chứng thực 2", 'b'); }},
      {v1::Command::kRevokeCredential, [] { return RevokeCredential("chứng thực 1"); }},
      {v1::Command::kSuspendGrant, [] { return SuspendGrant("quyền 1"); }},
      {v1::Command::kResumeGrant, [] { return ResumeGrant("quyền dừng"); }},
      {v1::Command::kSuspendCredential, [] { return SuspendCredential("chứng thực 1"); }},
      {v1::Command::kResumeCredential, [] { return ResumeCredential("chứng thực dừng"); }},
      {v1::Command::kDelegateAuthority, [] { return DelegateAuthority("ủy quyền 2"); }},
      {v1::Command::kRevokeDelegation, [] { return RevokeDelegation("ủy quyền 1"); }},
  };
  return samples;
}

WaysIn WaysIntoAdministration() {
  std::vector<Act> registered = {RegisterActor(),
                                 GrantRole("quyền 1"),
                                 IssueCredential("chứng thực 1", 'a'),
                                 GrantRole("quyền dừng"),
                                 SuspendGrant("quyền dừng"),
                                 IssueCredential("chứng thực dừng", 'd'),
                                 SuspendCredential("chứng thực dừng")};
  for (const Act& act : Chief()) registered.push_back(act);
  registered.push_back(DelegateAuthority("ủy quyền 1"));
  return {
      {"ledger OPENED", {}},
      {"unit ABSENT", {}},
      {"unit ESTABLISHED", {EstablishUnit()}},
      {"unit ABOLISHED", {EstablishUnit(), AbolishUnit()}},
      {"agency ABSENT", {}},
      {"agency ESTABLISHED", {EstablishAgency()}},
      {"agency SUSPENDED", {EstablishAgency(), SuspendAgency()}},
      {"agency CLOSED", {EstablishAgency(), CloseAgency()}},
      {"actor ABSENT", {}},
      {"actor REGISTERED", registered},
  };
}

}  // namespace nhanrong::domain
