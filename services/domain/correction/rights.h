// Who may correct or annul a fact.
#pragma once

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// Breaks correction.rights, naming who may. A fact with a role of its own (screening, approval) is
// mended by that role alone; grants, people and agencies by administrators alone, so that nobody
// widens his own rights; units by map stewards; the rest by the agency that recorded it and by the
// province.
void CheckRights(const Request& request, const AggregateType& type, const StreamFact& fact,
                 const Field& at);

// Breaks correction.classification, naming who may, where the correction or annulment is classified
// below the fact: only those who may mend the facts of all agencies make anything known to more
// people. (That the sender reads the fact at all is asked before, ReadsNeeded.)
void CheckDeclassifies(const Request& request, const AggregateType& type, const StreamFact& fact,
                       const Field& at);

}  // namespace nhanrong::domain
