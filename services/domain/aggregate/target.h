// What a command is about: its place in the submission, its stream and the fact that it makes.
#pragma once

#include <string>

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// "command.register_model".
Field CommandField(const v1::Command& command, Violations& found);
// Name of the command's field for the id of its aggregate: "model_id".
std::string IdField(const AggregateType& aggregate);
// The fact that the command states, without ids that are still to be made.
v1::Fact StatedFact(const CommandType& type, const v1::Command& command);
// The same with them.
v1::Fact MadeFact(const CommandType& type, const Request& request);
// The FactCorrected or FactAnnulled of a correction command.
v1::Fact CorrectionFact(const v1::Command& command);
// The fact in force that a correction command names; null: none.
const StreamFact* NamedFact(const Stream& stream, const v1::Command& command);
// The fact's unit (FactRule::unit_field), empty: none.
std::string UnitOf(const v1::Fact& fact);
// The unit that the stream's state lies in, empty: none.
std::string UnitOf(const std::string& stream_name, const Stream& stream);

}  // namespace nhanrong::domain
