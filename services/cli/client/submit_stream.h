// One open stream of submissions, as its sender sees it.
//
// Write and Read block, and may run in two threads at once; Cancel from any thread ends both.
#pragma once

#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/client/errors.h"

namespace nhanrong::cli {

class SubmitStream {
 public:
  virtual ~SubmitStream() = default;
  // False: the stream has ended; Finish says why. Waits while the server reads no further.
  virtual bool Write(const v1::SubmitStreamRequest& frame) = 0;
  // Nothing more will be written.
  virtual void WritesDone() = 0;
  // False: the stream has ended.
  virtual bool Read(v1::SubmitStreamResponse* answer) = 0;
  // Why it ended. After Read said false, and no Write under way.
  virtual Failure Finish() = 0;
  virtual void Cancel() = 0;
};

}  // namespace nhanrong::cli
