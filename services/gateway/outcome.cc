#include "services/gateway/outcome.h"

#include <utility>

#include "services/domain/values/timestamps.h"

namespace nhanrong::gateway {
namespace {

v1::Accepted AcceptedOf(const ledger::Commit& commit, const v1::Genesis& genesis, bool repeated) {
  v1::Accepted answer;
  answer.set_ledger(genesis.ledger_name());
  answer.set_submission_id(commit.record.submission_id());
  answer.set_position(commit.position.value());
  answer.set_leaf_hash(std::string(AsBytes(commit.leaf)));
  answer.set_simulated_clock(genesis.simulated_clock());
  answer.set_repeated(repeated);
  *answer.mutable_recorded_at() = domain::StampOf(commit.recorded_at);
  if (commit.record.signer().has_acting_for()) {
    *answer.mutable_acting_for() = commit.record.signer().acting_for();
  }
  for (const v1::Event& event : commit.record.events().events()) {
    v1::AcceptedEvent& told = *answer.add_events();
    told.set_event_id(event.event_id());
    told.set_stream(event.stream());
    told.set_revision(event.revision());
    told.set_type(event.type());
  }
  return answer;
}

}  // namespace

Outcome AnswerOf(const ledger::Commit& commit, const v1::Genesis& genesis, const Hash& command_hash,
                 bool repeated) {
  if (commit.record.command_hash() != AsBytes(command_hash)) return Conflict{commit.position};
  if (commit.record.has_events()) return AcceptedOf(commit, genesis, repeated);
  Refused refused{genesis.ledger_name(), commit.position, {}};
  for (const v1::RefusedRule& rule : commit.record.refusal().rules()) {
    refused.violations.push_back({rule.rule(), rule.field(), rule.actual()});
  }
  return refused;
}

}  // namespace nhanrong::gateway
