// What is to be done with a row, given what was sent about it before.
//
// Pure. The newest accepted submission of the row tells what the ledger holds: the same content is
// done, another content is a correction of the same fact and needs a reason. A refused submission
// is not sent again unless asked, and then under the id of a new attempt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nhanrong/v1/query_service.pb.h"
#include "services/cli/templates/row_identity.h"

namespace nhanrong::cli {

struct RowPlan {
  enum class Kind {
    kSend,
    // The same, as a correction.
    kCorrect,
    // The ledger holds exactly this.
    kRepeated,
    // The ledger held exactly this and was corrected since; the row has no reason to go back.
    kSuperseded,
    kRefusedBefore,
    // The ledger holds another content, and the row gives no reason for a correction.
    kNeedsReason,
  };
  Kind kind = Kind::kSend;
  // kSend, kCorrect: complete.
  v1::Submission submission = {};
  // kRepeated, kSuperseded, kNeedsReason: of what the ledger holds. kRefusedBefore: of the refusal.
  std::uint64_t position = 0;
  std::string submission_id = {};
  std::vector<v1::Violation> refused = {};
};

// `submission`: the row with its references, without id. `before`: all submissions with the row's
// correlation id, the newest first.
RowPlan PlanRow(const Template& form, const RowIdentity& identity, v1::Submission submission,
                const std::vector<v1::SubmissionEntry>& before, bool retry_refused);

}  // namespace nhanrong::cli
