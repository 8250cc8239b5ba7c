// A source of lines, taken apart where the sender changes.
//
// One stream and one call have one sender. So the lines of one sender that stand together are one
// run; the next run begins when all of it is answered, which keeps the order of the file.
#pragma once

#include <atomic>
#include <optional>

#include "services/cli/import/lines.h"

namespace nhanrong::cli {

class SenderRuns {
 public:
  // `lines` outlives it.
  explicit SenderRuns(LineSource& lines) : lines_(lines) {}

  // Sender of the next run; absent: no more lines. May wait. Not while a run is being read.
  std::optional<std::string> Next();
  // The lines of that run.
  class Run final : public LineSource {
   public:
    explicit Run(SenderRuns& runs) : runs_(runs), sender_(runs.held_->sender) {}
    std::optional<ImportLine> Next() override;
    void Stop() override;

   private:
    SenderRuns& runs_;
    const std::string sender_;
    std::atomic<bool> ended_{false};
  };

 private:
  LineSource& lines_;
  std::optional<ImportLine> held_;
};

}  // namespace nhanrong::cli
