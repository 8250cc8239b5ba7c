// The content of a submission as one hash: the same id with another hash is a conflict.
#pragma once

#include "nhanrong/v1/command.pb.h"
#include "services/base/bytes.h"

namespace nhanrong::gateway {

// SHA-256 over the submission in deterministic serialisation, without its submission_id. The
// contract has no maps and no floats, so equal messages have equal bytes whichever client or
// encoding sent them.
Hash CommandHash(const v1::Submission& submission);

}  // namespace nhanrong::gateway
