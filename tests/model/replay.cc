#include "tests/model/replay.h"

#include <tuple>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/check.h"
#include "services/ledger/admission/record_kit.h"

namespace nhanrong::model {
namespace {

using ledger::Admission;
using ledger::RecordKit;

constexpr int kEvents = 1;
constexpr int kSwitch = 7;  // the kind of submission that switches on rule version 2
constexpr int kNotNamed = 255;
constexpr std::string_view kTheLog = "log";
constexpr std::string_view kGatewayOfTheNewVersion = "B";

int Number(std::string_view text) {
  int number = 0;
  NR_CHECK(absl::SimpleAtoi(std::string(text), &number), "the model prints numbers");
  return number;
}

std::string StreamName(int stream) { return absl::StrCat("stream/", stream); }

// The events of a record, or the refusal, on one of its streams.
void Name(RecordKit& kit, bool writes, bool events, int stream, const std::optional<Hash>& head,
          const std::string& record) {
  if (!writes) {
    kit.Reads(StreamName(stream), head);
  } else if (events) {
    kit.Writes(StreamName(stream), head, record);
  } else {
    kit.Refuses(StreamName(stream), head);
  }
}

void SwitchVersion(RecordKit& kit, int kind, bool events) {
  if (kind == kSwitch && events) kit.record().set_switches_on_rule_version(2);
}

Admission Opened(std::uint32_t rule_version_known) {
  Admission reader(std::nullopt, rule_version_known);
  std::ignore = reader.Judge(RecordKit(reader, "genesis").Opens().Bytes());
  return reader;
}

std::uint32_t VersionKnownBy(std::string_view reader) {
  return reader == kTheLog || reader == kGatewayOfTheNewVersion ? 2 : 1;
}

}  // namespace

ModelVerdict VerdictOf(const ledger::Verdict& verdict) {
  if (std::holds_alternative<ledger::Commit>(verdict)) return ModelVerdict::kAccepted;
  if (std::holds_alternative<ledger::Stop>(verdict)) return ModelVerdict::kStopped;
  switch (std::get<ledger::Void>(verdict).reason) {
    case ledger::VoidReason::kIdClosed:
      return ModelVerdict::kIdClosed;
    case ledger::VoidReason::kStaleWrite:
      return ModelVerdict::kStaleWrite;
    case ledger::VoidReason::kStaleRead:
      return ModelVerdict::kStaleRead;
    case ledger::VoidReason::kRuleVersion:
      return ModelVerdict::kOtherVersion;
    case ledger::VoidReason::kUndecodable:
    case ledger::VoidReason::kOtherLedger:
    case ledger::VoidReason::kBeforeGenesis:
      break;
  }
  NR_CHECK(false, "the replay makes well-formed records of one ledger");
  return ModelVerdict::kStopped;
}

RunReplay::RunReplay() {
  for (const std::string_view reader : {std::string_view("A"), std::string_view("B"), kTheLog}) {
    Restart(std::string(reader));
  }
}

void RunReplay::Restart(const std::string& reader) {
  readers_.erase(reader);
  readers_.emplace(reader, Opened(VersionKnownBy(reader)));
}

// PROPOSES gateway submission kind answer (w|r)stream=head... as record after commits version n
void RunReplay::Propose(const std::vector<std::string>& words) {
  const Admission& writer = readers_.at(words[1]);
  const bool events = Number(words[4]) == kEvents;
  RecordKit kit(writer, absl::StrCat("S", words[2]));
  kit.record().set_rule_version(static_cast<std::uint32_t>(Number(words.back())));
  SwitchVersion(kit, Number(words[3]), events);
  std::size_t at = 5;
  std::vector<std::pair<std::string, std::string>> named;
  for (; words.at(at) != "as"; ++at) named.push_back(absl::StrSplit(words[at], '='));
  const std::string& record = words[at + 1];
  for (const auto& [stream, head] : named) {
    std::optional<Hash> leaf;
    if (head != "none") leaf = LeafHash(bytes_.at(head));
    Name(kit, stream[0] == 'w', events, Number(stream.substr(1)), leaf, record);
  }
  bytes_[record] = kit.Bytes();
}

void RunReplay::Judge(const std::string& reader, const std::string& record, const std::string& line,
                      const std::string& model_verdict) {
  const ModelVerdict code = VerdictOf(readers_.at(reader).Judge(bytes_.at(record)));
  ++judged_;
  std::optional<ModelVerdict> model;
  if (!model_verdict.empty()) model = static_cast<ModelVerdict>(Number(model_verdict));
  const bool broken_by_the_model = !model && code == ModelVerdict::kAccepted;
  if (model != code && !broken_by_the_model) differences_.push_back({line, model, code});
}

void RunReplay::Step(const std::string& line) {
  const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  const std::string verdict = words.size() > 3 ? words[3] : "";
  if (words[0] == "PROPOSES") {
    Propose(words);
  } else if (words[0] == "PLACE") {
    log_.push_back(words[2]);
    Judge(std::string(kTheLog), words[2], line, verdict);
  } else if (words[0] == "READS") {
    Judge(words[1], words[2], line, verdict);
  } else if (words[0] == "CRASH") {
    Restart(words[1]);
  } else if (words[0] == "TRUNCATED") {
    log_.resize(static_cast<std::size_t>(Number(words[1])));
    Restart(std::string(kTheLog));
    for (const std::string& record : log_) {
      std::ignore = readers_.at(std::string(kTheLog)).Judge(bytes_.at(record));
    }
  }
}

namespace {

// One line of `run --logs`: Rrecord/submission/kind/answer/head/head... and Precord/verdict...
class PrintedLog {
 public:
  explicit PrintedLog(std::string_view line) : reader_(Opened(2)) {
    for (const std::string& word :
         std::vector<std::string>(absl::StrSplit(std::string(line), ' ', absl::SkipEmpty()))) {
      std::vector<int> numbers;
      for (const std::string& number :
           std::vector<std::string>(absl::StrSplit(word.substr(1), '/'))) {
        numbers.push_back(Number(number));
      }
      if (word[0] == 'R') records_[numbers[0]] = numbers;
      if (word[0] == 'P') places_.emplace_back(numbers[0], numbers[1]);
    }
  }

  LogReplay Judge() {
    LogReplay replay;
    for (const auto& [record, verdict] : places_) {
      const ModelVerdict code = VerdictOf(reader_.Judge(Bytes(record)));
      const auto model = static_cast<ModelVerdict>(verdict);
      if (code != model)
        replay.differences.push_back({absl::StrCat("record ", record), model, code});
      ++replay.judged;
    }
    return replay;
  }

 private:
  // A record's bytes hold the leaf hashes of others, so these come first. No record cites a later
  // one.
  const std::string& Bytes(int record) {
    if (const auto known = bytes_.find(record); known != bytes_.end()) return known->second;
    const std::vector<int>& numbers = records_.at(record);
    const int kind = numbers[2];
    const bool events = numbers[3] == kEvents;
    RecordKit kit(reader_at_the_beginning_, absl::StrCat("S", numbers[1]));
    SwitchVersion(kit, kind, events);
    for (std::size_t at = 4; at < numbers.size(); ++at) {
      const int head = numbers[at];
      const int stream = static_cast<int>(at) - 4;
      if (head == kNotNamed) continue;
      std::optional<Hash> leaf;
      if (head != 0) leaf = LeafHash(Bytes(head));
      Name(kit, IsWritten(kind, stream), events, stream, leaf, absl::StrCat("record ", record));
    }
    return bytes_[record] = kit.Bytes();
  }
  // Of the kinds that name two streams, one reads the first of them.
  static bool IsWritten(int kind, int stream) {
    constexpr int kDepend = 3;
    return !(kind == kDepend && stream == 0);
  }

  const Admission reader_at_the_beginning_ = Opened(2);
  Admission reader_;
  std::map<int, std::vector<int>> records_;
  std::vector<std::pair<int, int>> places_;
  std::map<int, std::string> bytes_;
};

}  // namespace

LogReplay ReplayLog(std::string_view line) { return PrintedLog(line).Judge(); }

}  // namespace nhanrong::model
