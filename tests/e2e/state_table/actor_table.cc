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
                      {"REGISTERED", "revoke_credential", "REGISTERED"}},
      .deeds = Deeds(),
      .ways = {{"REGISTERED", {"register_actor", "grant_role", "issue_credential"}}},
      .also_broken = {{"ABSENT revoke_grant", "grant.not_in_force"},
                      {"ABSENT revoke_credential", "credential.not_in_force"}},
  };
}

}  // namespace nhanrong::e2e
