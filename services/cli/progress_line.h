// How far a run of many lines has come, on standard error.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "services/base/clock.h"
#include "services/cli/format/vietnamese.h"
#include "services/cli/import/journal.h"

namespace nhanrong::cli {

// "1.200/5.000, nhận 1.190, lặp 0, từ chối 4, lỗi 6, 240/giây", drawn over itself on a terminal.
// Nothing is shown of what is done within two seconds.
class ProgressLine {
 public:
  // `total`: of all lines; 0: not known. `already`: done by an earlier run, not part of the rate.
  ProgressLine(std::uint64_t total, std::uint64_t already, Language language);

  void Show(const ImportCounts& counts);
  // Another text on a line of its own.
  void Say(const std::string& text);
  void End();

 private:
  std::string Number(std::uint64_t value) const;
  std::string Text(const ImportCounts& counts, absl::Time now) const;

  const SystemClock clock_{};
  const bool terminal_;
  const std::uint64_t total_;
  const std::uint64_t already_;
  const Language language_;
  const absl::Time start_;
  absl::Time drawn_;
  std::atomic<bool> shown_{false};  // Say comes from another thread
};

}  // namespace nhanrong::cli
