#include "services/cli/import/sender_runs.h"

#include <utility>

namespace nhanrong::cli {

std::optional<std::string> SenderRuns::Next() {
  if (!held_) held_ = lines_.Next();
  return held_ ? std::optional(held_->sender) : std::nullopt;
}

std::optional<ImportLine> SenderRuns::Run::Next() {
  if (ended_) return std::nullopt;
  std::optional<ImportLine>& held = runs_.held_;
  if (!held) held = runs_.lines_.Next();
  if (!held || held->sender != sender_) {
    ended_ = true;  // what is held begins the next run
    return std::nullopt;
  }
  return std::exchange(held, std::nullopt);
}

// A run that has ended leaves the rest of the lines to the next one.
void SenderRuns::Run::Stop() {
  if (!ended_) runs_.lines_.Stop();
}

}  // namespace nhanrong::cli
