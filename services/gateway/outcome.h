// What became of a submission, before it is put into the words of a protocol.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/access/access.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/gateway/agency_limits.h"
#include "services/ledger/admission/admission.h"

namespace nhanrong::gateway {

// Field rules broken: nothing was recorded, the id stays open.
struct Invalid {
  domain::Violations violations;
};
// A domain rule said no: recorded, final for this id.
struct Refused {
  std::string ledger;
  Position position;
  domain::Violations violations;
};
// The id was closed by another content.
struct Conflict {
  Position position;
};
// Not now; nothing was written, the reason is ours.
struct Unavailable {
  std::string why;
};
// It may or may not be done: send the same id again to learn it.
struct Unknown {
  std::string why;
};

using Outcome = std::variant<v1::Accepted, Refused, Invalid, Conflict, access::Denied, Overloaded,
                             Unavailable, Unknown>;

// The answer that a commit holds, to the submission with this content hash. Pure: the same commit
// gives the same answer for ever.
Outcome AnswerOf(const ledger::Commit& commit, const v1::Genesis& genesis, const Hash& command_hash,
                 bool repeated);

}  // namespace nhanrong::gateway
