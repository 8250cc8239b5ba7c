#include "tests/crash/workload.h"

#include "services/base/ids.h"
#include "services/cli/client/json.h"
#include "services/cli/import/lines.h"
#include "tests/crash/installation.h"

namespace nhanrong::crash {
namespace {

// Lines of one round of MakeWorkload.
constexpr int kRound = 8;
// A correction names a line so many rounds before: another batch, perhaps another life of the
// importer.
constexpr int kCorrectsRoundsBefore = 20;

void OnDay(v1::Submission& submission, const std::string& day) {
  submission.mutable_occurred_on()->set_value(day);
  submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
  submission.set_reason("số liệu thử");
}

void FromDocument(v1::Submission& submission) {
  submission.set_channel(v1::INGEST_CHANNEL_MIGRATION);
  v1::SourceDoc& source = *submission.add_sources();
  source.set_kind("Quyết định");
  source.set_issued_on("2024-07-08");
  source.set_issuer("Cơ quan thử");
  source.set_summary("Văn bản thử");
}

v1::Submission Begin(const std::string& submission_id, const std::string& day = "2024-05-05") {
  v1::Submission submission;
  submission.set_ledger(kLedger);
  submission.set_submission_id(submission_id);
  submission.set_channel(v1::INGEST_CHANNEL_IMPORT);
  OnDay(submission, day);
  return submission;
}

void Define(v1::ModelDefinition& definition, const std::string& name) {
  definition.set_name("Mô hình thử " + name);
  definition.set_level(v1::MODEL_LEVEL_PROVINCE);
  definition.set_field(v1::MODEL_FIELD_TOURISM);
  definition.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
  definition.set_unit_id(kUnit);
}

v1::Submission Unit(const std::string& id, const std::string& name, v1::UnitLevel level,
                    const std::string& parent) {
  v1::Submission submission = Begin(SubmissionIdOf(id), "2004-07-08");
  FromDocument(submission);
  v1::EstablishUnit& unit = *submission.mutable_command()->mutable_establish_unit();
  unit.set_unit_id(id);
  unit.set_name(name);
  unit.set_level(level);
  unit.set_parent_unit_id(parent);
  return submission;
}

v1::Submission Correction(const std::string& id, const std::string& of,
                          const std::string& model_id) {
  v1::Submission submission = Begin(id, "2024-06-05");
  v1::CorrectFact& correction = *submission.mutable_command()->mutable_correct_fact();
  correction.set_stream("model/" + model_id);
  correction.set_event_id("@" + of);
  correction.mutable_replacement()->mutable_model_progress_reported()->set_narrative("đã sửa");
  return submission;
}

class Maker {
 public:
  explicit Maker(std::string seed) : seed_(std::move(seed)) {}

  void AddLine(int i) {
    const int round = i / kRound;
    const std::string draft = IdOf(Name("draft", round));
    const std::string in_use = IdOf(Name("in-use", round));
    const std::string id = SubmissionIdOf(Name("line", i));
    switch (i % kRound) {
      case 0: {
        v1::Submission submission = Begin(id);
        auto& model = *submission.mutable_command()->mutable_register_model();
        model.set_model_id(draft);
        Define(*model.mutable_definition(), std::to_string(round));
        return Accepted(submission);
      }
      case 1:
      case 2: {
        v1::Submission submission = Begin(id);
        submission.mutable_command()->mutable_submit_model()->set_model_id(draft);
        return i % kRound == 1 ? Accepted(submission) : Refused(submission);
      }
      case 3: {
        v1::Submission submission = ModelInUse(in_use);
        submission.set_submission_id(id);
        return Accepted(submission);
      }
      case 6:  // a draft makes no progress
        return Refused(Progress(draft, id, "chưa được"));
      case 7:
        if (round >= kCorrectsRoundsBefore) return AddCorrection(id, round - kCorrectsRoundsBefore);
        [[fallthrough]];
      default:
        return Accepted(Progress(in_use, id, "bước " + std::to_string(i)));
    }
  }

  Workload Take() { return std::move(made_); }

 private:
  std::string Name(const std::string& what, int number) const {
    return seed_ + " " + what + " " + std::to_string(number);
  }

  void AddCorrection(const std::string& id, int round) {
    constexpr int kProgressLine = 4;
    Accepted(Correction(id, SubmissionIdOf(Name("line", round * kRound + kProgressLine)),
                        IdOf(Name("in-use", round))));
  }
  void Accepted(const v1::Submission& submission) {
    Add(submission, {submission.submission_id(), true, 1});
    ++made_.accepted;
  }
  void Refused(const v1::Submission& submission) {
    Add(submission, {submission.submission_id(), false, 0});
    ++made_.refused;
  }
  void Add(const v1::Submission& submission, Expected expected) {
    made_.lines += cli::JsonLine(submission);
    made_.expected.push_back(std::move(expected));
  }

  const std::string seed_;
  Workload made_;
};

}  // namespace

std::string IdOf(const std::string& name) {
  return DerivedUlid(absl::FromUnixSeconds(1'700'000'000), name);
}

std::string SubmissionIdOf(const std::string& name) { return Uuid5(Id128{}, name); }

std::string UnitLines() {
  constexpr char kNation[] = "01F0000000000000000000000A";
  return cli::JsonLine(Unit(kNation, "Nước thử", v1::UNIT_LEVEL_NATION, "")) +
         cli::JsonLine(Unit(kUnit, "Tỉnh Thử", v1::UNIT_LEVEL_PROVINCE, kNation));
}

v1::Submission ModelInUse(const std::string& model_id) {
  v1::Submission submission = Begin(SubmissionIdOf(model_id));
  FromDocument(submission);
  auto& model = *submission.mutable_command()->mutable_record_model_from_document();
  model.set_model_id(model_id);
  Define(*model.mutable_definition(), model_id);
  model.set_stated_status(v1::MODEL_STATUS_ACTIVE);
  return submission;
}

v1::Submission Progress(const std::string& model_id, const std::string& submission_id,
                        const std::string& narrative) {
  v1::Submission submission = Begin(submission_id, "2024-06-05");
  auto& report = *submission.mutable_command()->mutable_report_progress();
  report.set_model_id(model_id);
  report.set_narrative(narrative);
  return submission;
}

Workload MakeWorkload(int count, const std::string& seed) {
  Maker maker(seed);
  for (int i = 0; i < count; ++i) maker.AddLine(i);
  return maker.Take();
}

}  // namespace nhanrong::crash
