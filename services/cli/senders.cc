#include "services/cli/senders.h"

#include <utility>

#include "services/cli/client/token.h"

namespace nhanrong::cli {

Senders::Senders(const CommonFlags& flags, const Session& session, std::string token_folder)
    : flags_(flags), session_(session), token_folder_(std::move(token_folder)) {}

absl::StatusOr<const Session*> Senders::Of(const std::string& sender) {
  if (sender.empty()) return &session_;
  if (sender == open_name_) return &open_;
  if (token_folder_.empty() || sender.find('/') != std::string::npos) {
    return absl::InvalidArgumentError(
        "dòng nêu người gửi \"" + sender +
        "\": cần --token-dir với NAME.token / a line names its sender: --token-dir is needed");
  }
  const absl::StatusOr<std::string> token = ReadTokenFile(token_folder_ + "/" + sender + ".token");
  if (!token.ok()) return token.status();
  absl::StatusOr<Session> opened = OpenSessionAs(flags_, *token);
  if (!opened.ok()) return opened.status();
  open_ = *std::move(opened);
  open_name_ = sender;
  return &open_;
}

Failure Senders::SendAll(LineSource& lines,
                         const std::function<Failure(const Session&, LineSource&)>& send) {
  SenderRuns runs(lines);
  while (const auto sender = runs.Next()) {
    const absl::StatusOr<const Session*> session = Of(*sender);
    if (!session.ok()) {
      return MakeFailure(session.status().code(), std::string(session.status().message()));
    }
    SenderRuns::Run run(runs);
    if (Failure failure = send(**session, run); !Ok(failure)) return failure;
  }
  return {};
}

}  // namespace nhanrong::cli
