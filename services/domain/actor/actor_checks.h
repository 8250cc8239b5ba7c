// Rules of what happens to actors, their grants and credentials (fact_rule.h); delegations have
// their own.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

void CheckActorRegistered(const v1::Fact& fact, const Field& at, Told);
void CheckRoleGranted(const v1::Fact& fact, const Field& at, Told);
void CheckCredentialIssued(const v1::Fact& fact, const Field& at, Told);
// What the command may leave out and the fact says.
void CredentialIsATokenUnlessSaid(v1::Fact& fact);
// Facts that name a grant, a credential or a delegation and say nothing else.
void CheckGrantNamed(const v1::Fact& fact, const Field& at, Told);
void CheckCredentialNamed(const v1::Fact& fact, const Field& at, Told);
void CheckDelegationNamed(const v1::Fact& fact, const Field& at, Told);

void AgencyIsKnown(const NextFact& next, World& world);
void AgencyIsOpen(const NextFact& next, World& world);
void GrantIsNewAndFits(const NextFact& next);
void CredentialIsNewAndFits(const NextFact& next);
// How the grant, credential or delegation that the fact names must stand on its day: in force or
// suspended; in force; suspended.
void GrantMayEnd(const NextFact& next);
void GrantHolds(const NextFact& next);
void GrantIsSuspended(const NextFact& next);
void CredentialMayEnd(const NextFact& next);
void CredentialHolds(const NextFact& next);
void CredentialIsSuspended(const NextFact& next);
void DelegationHolds(const NextFact& next);

}  // namespace nhanrong::domain
