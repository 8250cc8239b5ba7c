// Bad submissions on units, agencies, grants and delegations, one row each.
#include "tests/e2e/bad_input_scene.h"

namespace nhanrong::e2e {
namespace {

// The officer is to sign for the leader: a delegation that was changed.
template <typename Change>
Step Delegated(BadInputScene& s, const Change& change) {
  Deed deed = DelegateAuthority(s.staff.officer.actor_id, NewId(), s.staff.leader.actor_id);
  change(*deed.submission.mutable_command()->mutable_delegate_authority());
  return {s.book.administrator(), deed};
}

std::string At(const std::string& field) { return "command.delegate_authority." + field; }

std::vector<Row> Delegations() {
  return {
      {"TUQ without end and without matters",
       [](BadInputScene& s) {
         return Delegated(s, [](auto& d) { d.set_form(v1::DELEGATION_FORM_TUQ); });
       },
       kInvalid,
       {At("valid_to") + " delegation.end_required",
        At("commands") + " delegation.matters_required"}},
      {"delegation by nobody and without a document",
       [](BadInputScene& s) {
         return Delegated(s, [](auto& d) {
           d.clear_principal_actor_id();
           d.clear_document();
         });
       },
       kInvalid,
       {At("principal_actor_id") + " delegation.one_principal",
        At("document") + " field.required"}},
      {"KT for an agency",
       [](BadInputScene& s) {
         return Delegated(s, [](auto& d) {
           d.clear_principal_actor_id();
           d.set_principal_agency_id(NewId());
         });
       },
       kInvalid,
       {At("form") + " delegation.form_agency"}},
      {"delegation of administration",
       [](BadInputScene& s) {
         return Delegated(s, [](auto& d) {
           d.add_commands("grant_role");
           d.add_roles(v1::ROLE_ADMINISTRATOR);
         });
       },
       kInvalid,
       {At("commands[0]") + " delegation.command", At("roles[0]") + " enum.not_allowed"}},
      {"delegation for ever and a day",
       [](BadInputScene& s) { return Delegated(s, [](auto& d) { d.set_valid_to("2999-01-01"); }); },
       kRefused,
       {At("valid_to") + " delegation.too_long"}},
      {"delegation by somebody who is not there",
       [](BadInputScene& s) {
         return Delegated(s, [](auto& d) { d.set_principal_actor_id(NewId()); });
       },
       kRefused,
       {At("principal_actor_id") + " delegation.principal_unknown"}},
      {"delegation to oneself",
       [](BadInputScene& s) {
         return Delegated(s, [&s](auto& d) { d.set_principal_actor_id(s.staff.officer.actor_id); });
       },
       kRefused,
       {At("principal_actor_id") + " delegation.self"}},
      {"delegation by one who may nothing",
       [](BadInputScene& s) {
         return Delegated(s, [](auto& d) { d.add_roles(v1::ROLE_COMPETENT_AUTHORITY); });
       },
       kRefused,
       {At("principal_actor_id") + " delegation.principal_no_right"}},
  };
}

std::vector<Row> Rights() {
  return {
      {"agency of the last administrator",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), SuspendAgency(s.book.administrator().agency_id)};
       },
       kRefused,
       {"command.suspend_agency administrator.last"}},
      {"suspension without a reason",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), SuspendAgency(NewId()).Because("")};
       },
       kInvalid,
       {"reason field.required"}},
      {"grant that is not suspended",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), ResumeGrant(s.staff.officer.actor_id, NewId())};
       },
       kRefused,
       {"command.resume_grant.grant_id grant.not_suspended"}},
  };
}

std::vector<Row> Units() {
  return {
      {"type of another level",
       [](BadInputScene& s) -> Step {
         return {s.map.steward(), RetypeUnit(s.map.commune, v1::UNIT_TYPE_VILLAGE)};
       },
       kRefused,
       {"command.retype_unit.type unit.type_level"}},
      {"parent that it has",
       [](BadInputScene& s) -> Step {
         return {s.map.steward(), ReparentUnit(s.map.commune, s.map.province)};
       },
       kRefused,
       {"command.reparent_unit.parent_unit_id unit.same_parent"}},
      {"code that it does not hold",
       [](BadInputScene& s) -> Step {
         return {s.map.steward(), RetireUnitCode(s.map.commune, "90499", "2021-01-01")};
       },
       kRefused,
       {"command.retire_unit_code.code unit.code_not_held"}},
      {"end before what is told",
       [](BadInputScene& s) -> Step {
         return {s.map.steward(), AbolishUnit(s.map.commune).On("2019-01-01").Because("Nhập muộn")};
       },
       kRefused,
       {"command.abolish_unit unit.abolished_too_early"}},
  };
}

std::vector<Row> RuleVersions() {
  return {
      {"rule version that the program does not know",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), SwitchRuleVersion(2)};
       },
       kInvalid,
       {"command.switch_rule_version.version ledger.rule_version_unknown"}},
      {"rule version that is on",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), SwitchRuleVersion(1)};
       },
       kRefused,
       {"command.switch_rule_version.version ledger.rule_version_on"}},
      {"no rule version",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), SwitchRuleVersion(0)};
       },
       kInvalid,
       {"command.switch_rule_version.version field.required"}},
  };
}

}  // namespace

std::vector<Row> BadAdministration() {
  std::vector<Row> rows;
  for (const auto& some : {Delegations(), Rights(), Units(), RuleVersions()}) {
    rows.insert(rows.end(), some.begin(), some.end());
  }
  return rows;
}

}  // namespace nhanrong::e2e
