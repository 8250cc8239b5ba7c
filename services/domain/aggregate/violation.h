// A violated rule, as data.
#pragma once

#include <string>
#include <vector>

namespace nhanrong::domain {

// One violated rule. Words in both languages come from services/domain/rules by `rule`.
struct Violation {
  std::string rule;    // "model.state", stable
  std::string field;   // path in the submission, "command.submit_model.model_id"; may be empty
  std::string actual;  // what is true (state, revision, limit), never a value of the sender
  friend bool operator==(const Violation&, const Violation&) = default;
};
using Violations = std::vector<Violation>;

}  // namespace nhanrong::domain
