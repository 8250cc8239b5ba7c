// Puts a decision into the bytes of a record. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/access/authority.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/gateway/decision_world.h"
#include "services/ledger/admission/admission.h"

namespace nhanrong::gateway {

struct Decision {
  const v1::Submission& submission;
  const Hash& command_hash;
  const access::Caller& caller;
  const access::Authority& authority;
  absl::Time now;
  tl::expected<std::vector<v1::Event>, domain::Violations> answer;
};

// The record, on the heads of `admission`: writes are the streams of the events (of a refusal: the
// stream that the command would have written), reads all others that `world` saw and the stream of
// the actor.
v1::Record RecordOf(const Decision& decision, const std::string& target_stream,
                    const DecisionWorld& world, const std::optional<National::Known>& national,
                    const ledger::Admission& admission);

}  // namespace nhanrong::gateway
