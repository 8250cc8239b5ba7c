// The administrator's work of a month: agencies and people come, rest, change their tokens and go.
#include <utility>

#include "services/domain/values/dates.h"
#include "services/generator/appointing.h"
#include "services/generator/parts.h"

namespace nhanrong::generator {
namespace {

constexpr std::size_t kTaskForcesMax = 5;
constexpr int kTaskForceDays = 90;

bool SuspendAgency(const Moment& at) {
  if (at.commune.suspended) return false;
  const Appointing by(at.world, at.scribe);
  v1::Submission submission = by.Begin();
  submission.set_reason("Kiểm tra tài khoản của cơ quan");
  submission.mutable_command()->mutable_suspend_agency()->set_agency_id(at.commune.agency_id);
  by.Send(std::move(submission));
  at.commune.suspended = true;
  return true;
}

bool ResumeAgency(const Moment& at) {
  if (!at.commune.suspended) return false;
  const Appointing by(at.world, at.scribe);
  v1::Submission submission = by.Begin();
  submission.set_reason("Đã kiểm tra xong");
  submission.mutable_command()->mutable_resume_agency()->set_agency_id(at.commune.agency_id);
  by.Send(std::move(submission));
  at.commune.suspended = false;
  return true;
}

bool RenameAgency(const Moment& at) {
  const Appointing by(at.world, at.scribe);
  v1::Submission submission = by.Begin();
  v1::RenameAgency& told = *submission.mutable_command()->mutable_rename_agency();
  told.set_agency_id(at.commune.agency_id);
  told.set_name("UBND " + at.commune.name + " (tên thứ " +
                std::to_string(++at.commune.renames + 1) + ")");
  by.Send(std::move(submission));
  return true;
}

// The officer gets another token; the old one ends.
bool RenewToken(const Moment& at) {
  const Appointing by(at.world, at.scribe);
  Person& officer = at.commune.officer;
  v1::Submission submission = by.Begin();
  v1::RevokeCredential& told = *submission.mutable_command()->mutable_revoke_credential();
  told.set_actor_id(officer.actor_id);
  told.set_credential_id(officer.credential_id);
  const std::string first = officer.token.substr(0, officer.token.find('_'));
  officer.token = first + "_" + std::to_string(++at.commune.credentials);
  by.IssueCredential(officer);
  by.Send(std::move(submission));
  return true;
}

bool MissADevice(const Moment& at) {
  const Appointing by(at.world, at.scribe);
  const Person& leader = at.commune.leader;
  v1::Submission lost = by.Begin();
  lost.set_reason("Thất lạc thiết bị");
  v1::SuspendCredential& suspended = *lost.mutable_command()->mutable_suspend_credential();
  suspended.set_actor_id(leader.actor_id);
  suspended.set_credential_id(leader.credential_id);
  by.Send(std::move(lost));
  v1::Submission found = by.Begin();
  found.set_reason("Đã tìm thấy thiết bị");
  v1::ResumeCredential& resumed = *found.mutable_command()->mutable_resume_credential();
  resumed.set_actor_id(leader.actor_id);
  resumed.set_credential_id(leader.credential_id);
  by.Send(std::move(found));
  return true;
}

bool PauseAGrant(const Moment& at) {
  const Appointing by(at.world, at.scribe);
  const Person& officer = at.commune.officer;
  v1::Submission paused = by.Begin();
  paused.set_reason("Rà soát phân quyền");
  v1::SuspendGrant& suspended = *paused.mutable_command()->mutable_suspend_grant();
  suspended.set_actor_id(officer.actor_id);
  suspended.set_grant_id(officer.grant_id);
  by.Send(std::move(paused));
  v1::Submission again = by.Begin();
  again.set_reason("Phân quyền đúng");
  v1::ResumeGrant& resumed = *again.mutable_command()->mutable_resume_grant();
  resumed.set_actor_id(officer.actor_id);
  resumed.set_grant_id(officer.grant_id);
  by.Send(std::move(again));
  return true;
}

bool FormATaskForce(const Moment& at) {
  if (at.commune.suspended || at.world.task_forces.size() >= kTaskForcesMax) return false;
  const Appointing by(at.world, at.scribe);
  TaskForce force;
  force.agency_id = by.Establish("Tổ công tác liên ngành", at.world.province_id, "");
  force.until = at.today + kTaskForceDays;
  const std::string name = at.scribe.NewId("task force");
  force.member = by.Appoint({.token = "to-cong-tac-" + name,
                             .agency_id = force.agency_id,
                             .title = "Thành viên tổ công tác",
                             .role = v1::ROLE_DEPARTMENT_SPECIALIST,
                             .scope_unit_id = at.world.province_id});
  by.Delegate(force.member, {.form = v1::DELEGATION_FORM_TUQ,
                             .principal_agency_id = at.commune.agency_id,
                             .command = "report_progress",
                             .valid_to = domain::DayText(force.until)});
  at.world.task_forces.push_back(std::move(force));
  return true;
}

// The one that came first.
bool EndATaskForce(const Moment& at) {
  if (at.world.task_forces.empty()) return false;
  const TaskForce force = std::move(at.world.task_forces.front());
  at.world.task_forces.pop_front();
  const Appointing by(at.world, at.scribe);
  const auto send = [&](const auto& fill) {
    v1::Submission submission = by.Begin();
    submission.set_reason("Tổ công tác đã xong việc");
    fill(*submission.mutable_command());
    by.Send(std::move(submission));
  };
  if (at.today < force.until) {
    send([&](v1::Command& command) {
      command.mutable_revoke_delegation()->set_actor_id(force.member.actor_id);
      command.mutable_revoke_delegation()->set_delegation_id(force.member.delegation_id);
    });
  }
  send([&](v1::Command& command) {
    command.mutable_revoke_grant()->set_actor_id(force.member.actor_id);
    command.mutable_revoke_grant()->set_grant_id(force.member.grant_id);
  });
  send([&](v1::Command& command) {
    command.mutable_close_agency()->set_agency_id(force.agency_id);
  });
  return true;
}

// No newer rule exists that a generated history could go by.
bool SwitchOnWhatIsOn(const Moment& at) {
  v1::Submission submission = at.scribe.Begin();
  submission.mutable_command()->mutable_switch_rule_version()->set_version(1);
  at.scribe.Refused(at.world.administrator, std::move(submission),
                    domain::Rule::kLedgerRuleVersionOn);
  return true;
}

constexpr Act kActs[] = {
    {"suspend an agency", Desk::kAdministrator, 40, SuspendAgency},
    {"resume an agency", Desk::kAdministrator, 3'000, ResumeAgency},
    {"rename an agency", Desk::kAdministrator, 15, RenameAgency},
    {"renew a token", Desk::kAdministrator, 40, RenewToken},
    {"miss a device", Desk::kAdministrator, 25, MissADevice},
    {"pause a grant", Desk::kAdministrator, 20, PauseAGrant},
    {"form a task force", Desk::kAdministrator, 15, FormATaskForce},
    {"end a task force", Desk::kAdministrator, 15, EndATaskForce},
    {"switch on a rule that is on", Desk::kAdministrator, 5, SwitchOnWhatIsOn},
};

}  // namespace

std::span<const Act> AdministrationActs() { return kActs; }

}  // namespace nhanrong::generator
