// What takes away, stops, moves or lends: the later deeds on units, agencies, grants and
// credentials.
#include "tests/e2e/harness/deeds.h"

namespace nhanrong::e2e {
namespace {

// A command on something of an actor, with a reason where it only stops it.
template <typename Command>
Deed OnGrant(const std::string& actor, const std::string& grant, Command* (v1::Command::*kind)()) {
  v1::Command command;
  (command.*kind)()->set_actor_id(actor);
  (command.*kind)()->set_grant_id(grant);
  return DeedOf(command).Undated().Because("Xác minh");
}
template <typename Command>
Deed OnCredential(const std::string& actor, const std::string& credential,
                  Command* (v1::Command::*kind)()) {
  v1::Command command;
  (command.*kind)()->set_actor_id(actor);
  (command.*kind)()->set_credential_id(credential);
  return DeedOf(command).Undated().Because("Xác minh");
}
template <typename Command>
Deed OnAgency(const std::string& agency, Command* (v1::Command::*kind)()) {
  v1::Command command;
  (command.*kind)()->set_agency_id(agency);
  return DeedOf(command).Undated().Because("Xác minh");
}

}  // namespace

Deed RetypeUnit(const std::string& unit, v1::UnitType type) {
  v1::Command command;
  command.mutable_retype_unit()->set_unit_id(unit);
  command.mutable_retype_unit()->set_type(type);
  command.mutable_retype_unit()->set_name("Phường Cồn Én");
  return DeedOf(command);
}

Deed ReparentUnit(const std::string& unit, const std::string& parent) {
  v1::Command command;
  command.mutable_reparent_unit()->set_unit_id(unit);
  command.mutable_reparent_unit()->set_parent_unit_id(parent);
  return DeedOf(command);
}

Deed RetireUnitCode(const std::string& unit, const std::string& code, const std::string& to) {
  v1::Command command;
  command.mutable_retire_unit_code()->set_unit_id(unit);
  command.mutable_retire_unit_code()->set_code(code);
  command.mutable_retire_unit_code()->set_valid_to(to);
  return DeedOf(command);
}

Deed AbolishUnit(const std::string& unit) {
  v1::Command command;
  command.mutable_abolish_unit()->set_unit_id(unit);
  return DeedOf(command);
}

Deed SuspendAgency(const std::string& agency) {
  return OnAgency(agency, &v1::Command::mutable_suspend_agency);
}
Deed ResumeAgency(const std::string& agency) {
  return OnAgency(agency, &v1::Command::mutable_resume_agency);
}
Deed CloseAgency(const std::string& agency) {
  return OnAgency(agency, &v1::Command::mutable_close_agency);
}

Deed RevokeGrant(const std::string& actor, const std::string& grant) {
  return OnGrant(actor, grant, &v1::Command::mutable_revoke_grant);
}
Deed SuspendGrant(const std::string& actor, const std::string& grant) {
  return OnGrant(actor, grant, &v1::Command::mutable_suspend_grant);
}
Deed ResumeGrant(const std::string& actor, const std::string& grant) {
  return OnGrant(actor, grant, &v1::Command::mutable_resume_grant);
}

Deed RevokeCredential(const std::string& actor, const std::string& credential) {
  return OnCredential(actor, credential, &v1::Command::mutable_revoke_credential);
}
Deed SuspendCredential(const std::string& actor, const std::string& credential) {
  return OnCredential(actor, credential, &v1::Command::mutable_suspend_credential);
}
Deed ResumeCredential(const std::string& actor, const std::string& credential) {
  return OnCredential(actor, credential, &v1::Command::mutable_resume_credential);
}

v1::SourceDoc DelegationDocument() {
  v1::SourceDoc document;
  document.set_number("3/QĐ-UBND");
  document.set_kind("Quyết định");
  document.set_issued_on("2014-01-06");
  document.set_issuer("UBND xã Cồn Sáo");
  document.set_summary("Phân công ký văn bản");
  return document;
}

Deed DelegateAuthority(const std::string& delegate, const std::string& delegation,
                       const std::string& principal) {
  v1::Command command;
  v1::DelegateAuthority& told = *command.mutable_delegate_authority();
  told.set_actor_id(delegate);
  told.set_delegation_id(delegation);
  told.set_form(v1::DELEGATION_FORM_KT);
  told.set_principal_actor_id(principal);
  *told.mutable_document() = DelegationDocument();
  return DeedOf(command).Undated();
}

Deed DelegateForAgency(const std::string& delegate, const std::string& delegation,
                       const std::string& agency, v1::Role role, const std::string& valid_to) {
  v1::Command command;
  v1::DelegateAuthority& told = *command.mutable_delegate_authority();
  told.set_actor_id(delegate);
  told.set_delegation_id(delegation);
  told.set_form(v1::DELEGATION_FORM_TUQ);
  told.set_principal_agency_id(agency);
  told.add_roles(role);
  told.set_valid_to(valid_to);
  *told.mutable_document() = DelegationDocument();
  return DeedOf(command).Undated();
}

Deed RevokeDelegation(const std::string& delegate, const std::string& delegation) {
  v1::Command command;
  command.mutable_revoke_delegation()->set_actor_id(delegate);
  command.mutable_revoke_delegation()->set_delegation_id(delegation);
  return DeedOf(command).Undated();
}

}  // namespace nhanrong::e2e
