// Under whose name lines are sent: one session for all, or for each line the token that it names.
#pragma once

#include <functional>
#include <string>

#include "services/cli/import/sender_runs.h"
#include "services/cli/program.h"

namespace nhanrong::cli {

class Senders {
 public:
  // All lines under `session`, which outlives it; lines that name a sender take FOLDER/NAME.token,
  // where a folder is given.
  Senders(const CommonFlags& flags, const Session& session, std::string token_folder);

  // Holds until the next call. NOT_FOUND: there is no such token; INVALID_ARGUMENT: the name is
  // none, or no folder was given.
  absl::StatusOr<const Session*> Of(const std::string& sender);
  // Sends run after run; a failure ends it. `send` sends the lines of one sender to their end.
  Failure SendAll(LineSource& lines,
                  const std::function<Failure(const Session&, LineSource&)>& send);

 private:
  const CommonFlags flags_;
  const Session& session_;
  const std::string token_folder_;
  // One after another: gRPC keeps the connection as long as one channel to the server is open.
  std::string open_name_;
  Session open_;
};

}  // namespace nhanrong::cli
