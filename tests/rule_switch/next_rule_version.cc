// What makes nhanrong_next: it knows rule version 2, which judges as version 1 does.
#include "services/ledger/admission/admission.h"

namespace nhanrong::ledger {

const std::uint32_t kRuleVersionKnown = 2;

}  // namespace nhanrong::ledger
