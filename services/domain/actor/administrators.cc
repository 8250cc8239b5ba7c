#include "services/domain/actor/administrators.h"

#include <algorithm>

#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/states.h"

namespace nhanrong::domain {
namespace {

template <typename T>
bool HoldsForGood(const T& held, absl::CivilDay today) {
  return held.valid_to.empty() && InForce(held, today);
}

bool Administers(const ActorState& actor, absl::CivilDay today, World& world) {
  const bool appointed =
      std::any_of(actor.grants.begin(), actor.grants.end(), [&](const auto& held) {
        const Grant& grant = held.second;
        return grant.role == v1::ROLE_ADMINISTRATOR && grant.scope_unit_id.empty() &&
               HoldsForGood(grant, today);
      });
  const bool known =
      std::any_of(actor.credentials.begin(), actor.credentials.end(),
                  [&](const auto& held) { return HoldsForGood(held.second, today); });
  return actor.registered && appointed && known &&
         world.Read("agency/" + actor.agency_id).as<AgencyState>().works();
}

}  // namespace

bool HasAdministratorGrant(const Stream& stream) {
  if (&stream.type() != &kActor) return false;
  const auto& grants = stream.as<ActorState>().grants;
  return std::any_of(grants.begin(), grants.end(),
                     [](const auto& held) { return held.second.role == v1::ROLE_ADMINISTRATOR; });
}

void ActorLeavesAnAdministrator(const StreamChange& change, World& world) {
  if (!Administers(As<ActorState>(change.before), change.today, world)) return;
  if (Administers(As<ActorState>(change.after), change.today, world)) return;
  for (const std::string& name : world.Administrators()) {
    if (name == change.stream) continue;
    if (Administers(world.Read(name).as<ActorState>(), change.today, world)) return;
  }
  change.at.Break(Rule::kAdministratorLast);
}

void AgencyLeavesAnAdministrator(const StreamChange& change, World& world) {
  if (!As<AgencyState>(change.before).works() || As<AgencyState>(change.after).works()) return;
  bool loses_one = false;
  for (const std::string& name : world.Administrators()) {
    const auto& actor = world.Read(name).as<ActorState>();
    if (!Administers(actor, change.today, world)) continue;
    if ("agency/" + actor.agency_id != change.stream) return;
    loses_one = true;
  }
  if (loses_one) change.at.Break(Rule::kAdministratorLast);
}

}  // namespace nhanrong::domain
