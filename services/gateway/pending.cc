#include "services/gateway/pending.h"

#include <utility>

#include "services/base/ids.h"
#include "services/gateway/command_hash.h"

namespace nhanrong::gateway {

Entrant::Entrant(v1::Submission submission, std::optional<access::Proof> proof)
    : pending_(std::make_unique<Pending>()) {
  // An id is a number: the same one in another spelling (RFC 9562: either case) is the same id.
  if (const auto id = ParseUuid(submission.submission_id())) {
    submission.set_submission_id(UuidText(*id));
  }
  pending_->command_hash = CommandHash(submission);
  pending_->broken_fields = domain::CheckFields(submission);
  pending_->bytes = submission.ByteSizeLong();
  pending_->submission = std::move(submission);
  pending_->proof = proof;
}

}  // namespace nhanrong::gateway
