// Lines of an open file or pipe, as they come: what `submit --stream` reads.
//
// A line longer than kLineBytesMax is one malformed line; no more than that is held of it.
#pragma once

#include <atomic>
#include <string>

#include "services/cli/import/lines.h"

namespace nhanrong::cli {

class LineStream final : public LineSource {
 public:
  // Reads `descriptor`, which stays its owner's, to its end. Lines up to `after_line` are passed
  // over.
  LineStream(int descriptor, ImportDefaults defaults, std::uint64_t after_line = 0);

  std::optional<ImportLine> Next() override;
  void Stop() override { stopped_ = true; }
  // Why it ended before the end of the file; empty: it did not. After Next gave nothing.
  const std::string& fault() const { return fault_; }

 private:
  // False: the end.
  bool ReadMore();
  std::optional<std::string> NextText();

  const int descriptor_;
  const ImportDefaults defaults_;
  const std::uint64_t after_line_;
  std::atomic<bool> stopped_{false};
  std::string fault_;
  std::string rest_;  // read and, from begin_ on, not yet given
  std::size_t begin_ = 0;
  bool ended_ = false;
  std::uint64_t number_ = 0;
};

}  // namespace nhanrong::cli
