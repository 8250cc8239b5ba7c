#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {
namespace {

std::map<std::string, MakeStep> Deeds() {
  using S = Story;
  return {
      {"register_actor",
       [](S& s) -> Step {
         return {s.administrator(), RegisterActor(s.id, s.administrator().agency_id)};
       }},
      {"grant_role",
       [](S& s) -> Step {
         s.grant = NewId();
         return {s.administrator(), GrantRole(s.id, s.grant, v1::ROLE_COMMUNE_OFFICER)};
       }},
      {"revoke_grant",
       [](S& s) -> Step {
         return {s.administrator(), RevokeGrant(s.id, s.grant)};
       }},
      {"issue_credential",
       [](S& s) -> Step {
         s.credential = NewId();
         return {s.administrator(), IssueCredential(s.id, s.credential, NewToken())};
       }},
      {"revoke_credential",
       [](S& s) -> Step {
         return {s.administrator(), RevokeCredential(s.id, s.credential)};
       }},
      {"suspend_grant",
       [](S& s) -> Step {
         s.suspended_grant = s.grant;
         return {s.administrator(), SuspendGrant(s.id, s.grant)};
       }},
      {"resume_grant",
       [](S& s) -> Step {
         return {s.administrator(), ResumeGrant(s.id, s.suspended_grant)};
       }},
      {"suspend_credential",
       [](S& s) -> Step {
         s.suspended_credential = s.credential;
         return {s.administrator(), SuspendCredential(s.id, s.credential)};
       }},
      {"resume_credential",
       [](S& s) -> Step {
         return {s.administrator(), ResumeCredential(s.id, s.suspended_credential)};
       }},
      {"delegate_authority",
       [](S& s) -> Step {
         s.delegation = NewId();
         return {s.administrator(), DelegateAuthority(s.id, s.delegation, s.staff.leader.actor_id)};
       }},
      {"revoke_delegation",
       [](S& s) -> Step {
         return {s.administrator(), RevokeDelegation(s.id, s.delegation)};
       }},
  };
}

}  // namespace

AggregateTable ActorTable() {
  return {
      .aggregate = "actor",
      .states = {"ABSENT", "REGISTERED"},
      .transitions = {{"ABSENT", "register_actor", "REGISTERED"},
                      {"REGISTERED", "grant_role", "REGISTERED"},
                      {"REGISTERED", "revoke_grant", "REGISTERED"},
                      {"REGISTERED", "issue_credential", "REGISTERED"},
                      {"REGISTERED", "revoke_credential", "REGISTERED"},
                      {"REGISTERED", "suspend_grant", "REGISTERED"},
                      {"REGISTERED", "resume_grant", "REGISTERED"},
                      {"REGISTERED", "suspend_credential", "REGISTERED"},
                      {"REGISTERED", "resume_credential", "REGISTERED"},
                      {"REGISTERED", "delegate_authority", "REGISTERED"},
                      {"REGISTERED", "revoke_delegation", "REGISTERED"}},
      .deeds = Deeds(),
      // One of each in force, and one of each suspended.
      .ways = {{"REGISTERED",
                {"register_actor", "grant_role", "suspend_grant", "grant_role", "issue_credential",
                 "suspend_credential", "issue_credential", "delegate_authority"}}},
      .also_broken = {{"ABSENT revoke_grant", "grant.not_in_force"},
                      {"ABSENT suspend_grant", "grant.not_in_force"},
                      {"ABSENT resume_grant", "grant.not_suspended"},
                      {"ABSENT revoke_credential", "credential.not_in_force"},
                      {"ABSENT suspend_credential", "credential.not_in_force"},
                      {"ABSENT resume_credential", "credential.not_suspended"},
                      {"ABSENT revoke_delegation", "delegation.not_in_force"}},
  };
}

}  // namespace nhanrong::e2e
