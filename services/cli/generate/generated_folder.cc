#include "services/cli/generate/generated_folder.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "services/cli/client/files.h"
#include "services/cli/client/json.h"
#include "services/cli/client/token.h"
#include "services/cli/demo/plan.pb.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::cli {
namespace {

namespace fs = std::filesystem;

// In the order of generator::Book.
constexpr std::array<std::string_view, 3> kFiles = {"01-map.ndjson", "02-people.ndjson",
                                                    "03-history.ndjson"};
constexpr std::string_view kRefusals = "refusals.ndjson";
constexpr std::string_view kTokens = "tokens";

std::string CommandName(const v1::Command& command) {
  return v1::Command::descriptor()->FindFieldByNumber(command.kind_case())->name();
}

// Names of tokens and ids of submissions need no escapes.
std::string RefusalLine(const generator::Line& line) {
  std::string text = "{\"submissionId\":\"" + line.submission.submission_id() + "\",\"rules\":[";
  for (std::size_t i = 0; i < line.refused_by.size(); ++i) {
    text += (i == 0 ? "\"" : ",\"") + line.refused_by[i] + "\"";
  }
  return text + "]}\n";
}

}  // namespace

GeneratedFolder::GeneratedFolder(std::string folder) : folder_(std::move(folder)) {}

absl::Status GeneratedFolder::Begin() {
  std::error_code error;
  if (fs::exists(folder_, error) && !fs::is_empty(folder_, error)) {
    return absl::FailedPreconditionError("thư mục không trống / the folder is not empty: " +
                                         folder_);
  }
  fs::create_directories(Path(kTokens), error);
  if (error) return FileFault(error.value(), Path(kTokens));
  fs::permissions(Path(kTokens), fs::perms::owner_all, error);
  for (std::size_t i = 0; i < kFiles.size(); ++i) books_[i].open(Path(kFiles[i]));
  refusals_file_.open(Path(kRefusals));
  return absl::OkStatus();
}

void GeneratedFolder::Put(const generator::Line& line) {
  std::ofstream& out = books_[static_cast<std::size_t>(line.book)];
  out << "{\"as\":\"" << line.sender << "\",\"submission\":";
  std::string json = JsonLine(line.submission);
  json.insert(json.size() - 1, "}");
  out << json;
  ++lines_;
  ++commands_[CommandName(line.submission.command())];
  if (line.refused_by.empty()) return;
  ++refusals_;
  refusals_file_ << RefusalLine(line);
}

void GeneratedFolder::PutToken(std::string_view name, std::string_view bytes) {
  status_.Update(WriteTokenFile(Path(std::string(kTokens) + "/" + std::string(name) + ".token"),
                                TokenText(bytes)));
}

absl::Status GeneratedFolder::Finish(const generator::Plan& plan,
                                     const std::vector<generator::Opening>& openings) {
  demo::DemoPlan told;
  const std::string size = std::to_string(plan.communes) + " × " + std::to_string(plan.months);
  told.set_title_vi("Tỉnh giả định, số liệu sinh tự động: " + size + " xã × tháng");
  told.set_title_en("A made-up province, generated: " + size + " communes × months");
  told.set_token_folder(std::string(kTokens));
  for (const generator::Opening& opening : openings) {
    demo::DemoLedger& ledger = *told.add_ledgers();
    ledger.set_token(opening.token);
    v1::CreateLedgerRequest& create = *ledger.mutable_create();
    create.set_name(opening.ledger);
    create.set_simulated_clock(true);
    create.set_agency_id(opening.agency_id);
    create.set_agency_name(opening.agency_name);
    create.set_actor_id(opening.actor_id);
    create.set_administrator_title(opening.title);
    *create.mutable_simulated_recorded_at() = domain::StampOf(opening.at);
    if (opening.book == generator::Book::kMap) create.add_roles(v1::ROLE_MAP_STEWARD);
  }
  for (const std::string_view file : kFiles) {
    demo::DemoImport& step = *told.add_steps()->mutable_import();
    step.set_ledger(file == kFiles[0] ? generator::kNational : plan.ledger);
    step.set_file(std::string(file));
  }
  for (std::ofstream& book : books_) book.close();
  refusals_file_.close();
  bool written = refusals_file_.good();
  for (const std::ofstream& book : books_) written = written && book.good();
  if (!written) status_.Update(absl::UnknownError("không ghi được / cannot write: " + folder_));
  status_.Update(ReplaceFile(Path("demo.json"), Json(told)));
  return status_;
}

}  // namespace nhanrong::cli
