// Delegation of signing authority: what may be lent, to whom, how long (Decree 30/2020/NĐ-CP,
// article 13).
//
// The fact stands in the stream of the delegate. Whether the principal has the right at the moment
// of acting is asked then (services/access), so a delegation never lends more than there is.
#pragma once

#include <string>

#include "nhanrong/v1/command.pb.h"
#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

// Days from the giving to the end. TUQ is for special cases: a year. KT and TL: a term of office of
// five years.
inline constexpr int kDelegationTuqMaxDays = 366;
inline constexpr int kDelegationTermMaxDays = 1827;
// Elements. More commands than people sign; every role once.
inline constexpr int kMaxDelegatedCommands = 50;
inline constexpr int kMaxDelegatedRoles = 12;

// Whether people sign with this role, or systems push with it: administration, the map and reading
// are not lent.
bool IsDelegable(v1::Role role);
// Whether the command states facts of the domain, or corrects them.
bool IsDelegable(v1::Command::KindCase command);
// The command of this name in Command.kind; KIND_NOT_SET: there is none.
v1::Command::KindCase CommandNamed(const std::string& name);

// Rules of AuthorityDelegated (fact_rule.h).
void CheckDelegated(const v1::Fact& fact, const Field& at, Told);
void DelegationIsNewAndFits(const NextFact& next);
void PrincipalHasTheRight(const NextFact& next, World& world);

}  // namespace nhanrong::domain
