#include "services/ledger/admission/admission.h"

namespace nhanrong::ledger {

// Alone in this file: a program that is to know another version brings this one definition.
const std::uint32_t kRuleVersionKnown = 1;

}  // namespace nhanrong::ledger
