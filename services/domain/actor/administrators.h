// A ledger keeps somebody who can administer it: whatever takes that from the last one is refused.
//
// Those count who hold the role ADMINISTRATOR for the whole ledger and a credential, both in force
// and without an end, in an agency that works. Every stream that shows that one remains is read, so
// that two removals at the same time cannot rely on each other's victim. Pure.
#pragma once

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// The stream is an actor's with an administrator's grant, in force or not.
bool HasAdministratorGrant(const Stream& stream);

// AggregateType::check_after of actors and of agencies. Break administrator.last.
void ActorLeavesAnAdministrator(const StreamChange& change, World& world);
void AgencyLeavesAnAdministrator(const StreamChange& change, World& world);

}  // namespace nhanrong::domain
