// A generated history as files: what `demo`, `import` and `submit --stream` take.
//
//   demo.json           ledgers, then the three files in order
//   01-map.ndjson       the administrative units (ledger `national`)
//   02-people.ndjson    agencies, people, their rights
//   03-history.ndjson   the work, in the order of time; each line names its sender
//   refusals.ndjson     which lines a rule of the domain will refuse, and by which rules
//   tokens/NAME.token   the senders' tokens, made from the seed: worth nothing but on such a ledger
//
// Writes as it goes: holds no more than a buffer for each file.
#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "services/generator/generate.h"

namespace nhanrong::cli {

class GeneratedFolder final : public generator::Sink {
 public:
  explicit GeneratedFolder(std::string folder);
  // Makes the folder. FAILED_PRECONDITION where it holds something already.
  absl::Status Begin();
  void Put(const generator::Line& line) override;
  void PutToken(std::string_view name, std::string_view bytes) override;
  // demo.json, and the ends of the files. The first fault of any file.
  absl::Status Finish(const generator::Plan& plan, const std::vector<generator::Opening>& openings);

  std::uint64_t lines() const { return lines_; }
  std::uint64_t refusals() const { return refusals_; }
  // Lines of each command.
  const std::map<std::string, std::uint64_t>& commands() const { return commands_; }

 private:
  std::string Path(std::string_view file) const { return folder_ + "/" + std::string(file); }

  const std::string folder_;
  std::array<std::ofstream, 3> books_;
  std::ofstream refusals_file_;
  absl::Status status_;
  std::uint64_t lines_ = 0;
  std::uint64_t refusals_ = 0;
  std::map<std::string, std::uint64_t> commands_;
};

}  // namespace nhanrong::cli
