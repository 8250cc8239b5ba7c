// The real admission component under what the model did: the records of a printed run or log as
// real bytes, judged by the real code, verdict against verdict.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ledger/admission/admission.h"

namespace nhanrong::model {

// The model's verdicts, by the numbers that it prints (bounds.pml).
enum class ModelVerdict {
  kAccepted = 1,
  kIdClosed,
  kStaleWrite,
  kStaleRead,
  kOtherVersion,
  kStopped
};
ModelVerdict VerdictOf(const ledger::Verdict& verdict);

// Where the code and the model said something else about one record.
struct Difference {
  std::string line;
  // Absent: the model accepted the record and then found it wrong.
  std::optional<ModelVerdict> model;
  ModelVerdict code;
};

// A run of the model, line by line as `run --keep` leaves it. Each gateway of the model gets an
// Admission of its own, and so does a reader that sees each record when it gets its place.
class RunReplay {
 public:
  RunReplay();
  void Step(const std::string& line);
  const std::vector<Difference>& differences() const { return differences_; }
  std::size_t judged() const { return judged_; }

 private:
  void Propose(const std::vector<std::string>& words);
  void Judge(const std::string& reader, const std::string& record, const std::string& line,
             const std::string& model_verdict);
  void Restart(const std::string& reader);

  std::map<std::string, ledger::Admission> readers_;
  std::map<std::string, std::string> bytes_;  // by the record's name
  std::vector<std::string> log_;
  std::vector<Difference> differences_;
  std::size_t judged_ = 0;
};

// A whole log of the model, one line of `run --logs`: judged from its beginning by a new reader.
struct LogReplay {
  std::vector<Difference> differences;
  std::size_t judged = 0;
};
LogReplay ReplayLog(std::string_view line);

}  // namespace nhanrong::model
