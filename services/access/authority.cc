#include "services/access/authority.h"

#include <algorithm>
#include <utility>

#include "services/access/access_table.h"
#include "services/domain/actor/actor_state.h"
#include "services/domain/actor/delegation.h"

namespace nhanrong::access {
namespace {

using domain::ActorState;
using domain::AgencyState;
using domain::World;

tl::unexpected<Denied> No(Denial denial) { return tl::unexpected(Denied{denial}); }

const ActorState& ActorOf(World& world, const std::string& actor_id) {
  return world.Read("actor/" + actor_id).as<ActorState>();
}
const AgencyState& AgencyOf(World& world, const std::string& agency_id) {
  return world.Read("agency/" + agency_id).as<AgencyState>();
}

Authority Under(std::vector<Grant> grants, std::optional<v1::ActingFor> acting_for) {
  Authority authority{std::move(grants.front()), std::move(acting_for)};
  grants.erase(grants.begin());
  authority.others = std::move(grants);
  return authority;
}

// One command that is to be given under one delegation.
class Lent {
 public:
  Lent(const Caller& caller, const AskedCommand& asked, absl::CivilDay today, World& world,
       const Map& map, const v1::AuthorityDelegated& terms)
      : caller_(caller), asked_(asked), today_(today), world_(world), map_(map), terms_(terms) {}

  tl::expected<Authority, Denied> Decide() const {
    if (!IsForCommand()) return No(Denial::kDelegationNotForCommand);
    if (!Reaches()) return No(Denial::kDelegationOutOfScope);
    return terms_.principal_actor_id().empty() ? OfAgency() : OfPerson();
  }

 private:
  bool Lends(v1::Role role) const {
    const auto& roles = terms_.roles();
    return domain::IsDelegable(role) &&
           (roles.empty() || std::count(roles.begin(), roles.end(), role) > 0);
  }

  bool IsForCommand() const {
    const CommandRule* rule = FindCommandRule(asked_.command);
    if (rule == nullptr || !domain::IsDelegable(asked_.command)) return false;
    const auto& names = terms_.commands();
    const bool named =
        names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return domain::CommandNamed(name) == asked_.command;
        });
    const auto& roles = terms_.roles();
    const bool by_role = roles.empty() || std::any_of(roles.begin(), roles.end(), [&](int role) {
                           return rule->roles.contains(static_cast<v1::Role>(role));
                         });
    return named && by_role;
  }

  bool Reaches() const {
    const std::string& scope = terms_.scope_unit_id();
    if (scope.empty()) return true;
    return !asked_.unit_ids.empty() &&
           std::all_of(asked_.unit_ids.begin(), asked_.unit_ids.end(), [&](const auto& unit_id) {
             return !unit_id.empty() && map_.within(map_.map, unit_id, scope);
           });
  }

  // Whether `agency_id` is the one that the submission says it is sent for.
  std::optional<Denial> CheckAgency(const std::string& agency_id) const {
    const std::string_view said = asked_.on_behalf_of_agency_id;
    if (!said.empty() && said != agency_id) return Denial::kDelegationMissing;
    return WhyNotAtWork(AgencyOf(world_, agency_id));
  }

  Authority Given(std::vector<Grant> grants, const std::string& agency_id,
                  const ActorState& principal) const {
    v1::ActingFor acting_for;
    acting_for.set_delegation_id(terms_.delegation_id());
    acting_for.set_form(terms_.form());
    acting_for.set_principal_actor_id(terms_.principal_actor_id());
    acting_for.set_principal_title(principal.title);
    acting_for.set_principal_subject_id(principal.subject_id);
    *acting_for.mutable_principal_agency() = AgencyRefOf(agency_id, AgencyOf(world_, agency_id));
    *acting_for.mutable_document() = terms_.document();
    return Under(std::move(grants), std::move(acting_for));
  }

  tl::expected<Authority, Denied> OfPerson() const {
    const ActorState& principal = ActorOf(world_, terms_.principal_actor_id());
    if (!principal.registered) return No(Denial::kPrincipalNotEntitled);
    if (const auto denial = CheckAgency(principal.agency_id)) return No(*denial);
    Caller lender;
    for (const auto& [id, grant] : principal.GrantsOn(today_)) {
      if (!Lends(grant.role)) continue;
      lender.grants.push_back({id, grant.role, grant.scope_unit_id, grant.reads_up_to});
    }
    auto grants =
        MayCommand(lender, asked_.command, asked_.unit_ids, asked_.grant_id, map_, asked_.reads);
    if (grants) return Given(*std::move(grants), principal.agency_id, principal);
    const bool lent_himself =
        std::any_of(principal.delegations.begin(), principal.delegations.end(),
                    [&](const auto& held) { return domain::InForce(held.second, today_); });
    return No(lent_himself ? Denial::kDelegationOfDelegation : Denial::kPrincipalNotEntitled);
  }

  // The agency's unit takes the place of the scope of the caller's own grants. An agency without a
  // unit adds nothing to them.
  tl::expected<Authority, Denied> OfAgency() const {
    const std::string& agency_id = terms_.principal_agency_id();
    if (const auto denial = CheckAgency(agency_id)) return No(*denial);
    const std::string& unit_id = AgencyOf(world_, agency_id).unit_id;
    Caller own = caller_;
    std::erase_if(own.grants, [&](const Grant& grant) { return !Lends(grant.role); });
    for (Grant& grant : own.grants) {
      if (!unit_id.empty()) grant.scope_unit_id = unit_id;
    }
    auto grants =
        MayCommand(own, asked_.command, asked_.unit_ids, asked_.grant_id, map_, asked_.reads);
    if (grants) return Given(*std::move(grants), agency_id, {});
    const bool beyond = grants.error().denial == Denial::kOutOfScope && !unit_id.empty();
    return No(beyond ? Denial::kPrincipalNotEntitled : grants.error().denial);
  }

  const Caller& caller_;
  const AskedCommand& asked_;
  const absl::CivilDay today_;
  World& world_;
  const Map& map_;
  const v1::AuthorityDelegated& terms_;
};

tl::expected<Authority, Denied> InHisOwnRight(const Caller& caller, const AskedCommand& asked,
                                              const Map& map) {
  const std::string_view represented = asked.on_behalf_of_agency_id;
  if (!represented.empty() && represented != caller.agency.agency_id()) {
    return No(Denial::kDelegationMissing);
  }
  auto grants = MayCommand(caller, asked.command, asked.unit_ids, asked.grant_id, map, asked.reads);
  if (!grants) return tl::unexpected(grants.error());
  return Under(*std::move(grants), std::nullopt);
}

}  // namespace

tl::expected<Authority, Denied> AuthorityFor(const Caller& caller, const AskedCommand& asked,
                                             absl::CivilDay today, World& world, const Map& map) {
  if (asked.delegation_id.empty()) return InHisOwnRight(caller, asked, map);
  const auto& delegations = ActorOf(world, caller.actor_id).delegations;
  const auto named = delegations.find(std::string(asked.delegation_id));
  if (named == delegations.end()) return No(Denial::kDelegationUnknown);
  const domain::Delegation& delegation = named->second;
  if (delegation.standing == domain::Standing::kRevoked) return No(Denial::kDelegationRevoked);
  if (!domain::InForce(delegation, today)) return No(Denial::kDelegationExpired);
  return Lent(caller, asked, today, world, map, delegation.terms).Decide();
}

}  // namespace nhanrong::access
