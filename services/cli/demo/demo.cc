#include "services/cli/demo/demo.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "services/cli/admin.h"
#include "services/cli/answers.h"
#include "services/cli/client/files.h"
#include "services/cli/client/json.h"
#include "services/cli/client/retry.h"
#include "services/cli/client/token.h"
#include "services/cli/import_file.h"

namespace nhanrong::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kPlanFile[] = "demo.json";

std::vector<fs::path> Roots(const std::string& given, const std::string& name) {
  if (name.find('/') != std::string::npos) return {fs::current_path()};
  if (!given.empty()) return {given};
  std::vector<fs::path> roots;
  if (const char* variable = std::getenv("NHANRONG_DEMO_DIR")) roots.emplace_back(variable);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    roots.push_back(folder / "demo");
  }
  roots.push_back(program.parent_path().parent_path() / "share/nhanrong/demo");
  return roots;
}

absl::Status CheckPlan(const demo::DemoPlan& plan, const std::string& folder) {
  std::set<std::string> tokens;
  const auto need = [&](const std::string& token) {
    return tokens.count(token) > 0
               ? absl::OkStatus()
               : absl::InvalidArgumentError("demo.json: không có thẻ / no such token: " + token);
  };
  absl::Status status;
  for (const demo::DemoLedger& ledger : plan.ledgers()) tokens.insert(ledger.token());
  for (const demo::DemoStep& step : plan.steps()) {
    if (step.has_credential()) {
      status.Update(need(step.credential().as()));
      tokens.insert(step.credential().token());
    } else {
      if (!step.import().as().empty()) status.Update(need(step.import().as()));
      if (!fs::exists(fs::path(folder) / step.import().file())) {
        status.Update(
            absl::NotFoundError("demo.json: không có tệp / no such file: " + step.import().file()));
      }
    }
  }
  for (const demo::DemoQuery& query : plan.queries()) status.Update(need(query.as()));
  return status;
}

// Asks and prints; the context waits for what the run has written.
template <typename Request, typename Response>
int AskOne(const Session& session, Request request,
           const std::map<std::string, std::uint64_t>& positions) {
  v1::QueryContext& context = *request.mutable_context();
  if (const auto known = positions.find(context.ledger()); known != positions.end()) {
    context.set_min_position(known->second);
  }
  Response answer;
  const Failure failure = Retry([&] { return session.client->Call(request, &answer); });
  if (!Ok(failure)) return Fail(failure, session.language);
  Print(session.json ? JsonLine(answer) : AnswerText(answer, session.language) + "\n");
  return 0;
}

}  // namespace

absl::StatusOr<std::string> FindDemo(const std::string& given, const std::string& name) {
  std::string looked;
  for (const fs::path& root : Roots(given, name)) {
    const fs::path folder = root / name;
    std::error_code error;
    if (fs::exists(folder / kPlanFile, error)) return folder.string();
    looked += "\n  " + folder.string();
  }
  return absl::NotFoundError("không tìm thấy phần trình diễn / no such demonstration: " + name +
                             looked);
}

absl::StatusOr<demo::DemoPlan> ReadPlan(const std::string& folder) {
  const absl::StatusOr<std::string> text = ReadWholeFile(folder + "/" + kPlanFile);
  if (!text.ok()) return text.status();
  demo::DemoPlan plan;
  absl::Status status = ParseJson(*text, &plan);
  if (status.ok()) status = CheckPlan(plan, folder);
  if (!status.ok()) return status;
  return plan;
}

DemoRun::DemoRun(const CommonFlags& flags, DemoOptions options, demo::DemoPlan plan)
    : flags_(flags),
      language_(LanguageOf(flags)),
      options_(std::move(options)),
      plan_(std::move(plan)) {}

std::string DemoRun::TokenPath(const std::string& name) const {
  return options_.token_folder + "/" + name + ".token";
}

absl::StatusOr<Session> DemoRun::As(const std::string& token_name) const {
  const absl::StatusOr<std::string> token = ReadTokenFile(TokenPath(token_name));
  if (!token.ok()) return token.status();
  return OpenSessionAs(flags_, *token);
}

int DemoRun::Run() {
  std::error_code error;
  fs::create_directories(options_.token_folder, error);
  if (error) return Fail(absl::UnknownError(options_.token_folder + ": " + error.message()));
  fs::permissions(options_.token_folder, fs::perms::owner_all, error);
  PrintError(std::string(Pick(language_, plan_.title_vi(), plan_.title_en())) + "\n");
  for (const demo::DemoLedger& ledger : plan_.ledgers()) {
    if (const int failed = Create(ledger); failed != 0) return failed;
  }
  for (const demo::DemoStep& step : plan_.steps()) {
    if (step.has_import() && step.import().file() == options_.without) continue;
    const int failed = step.has_import() ? Import(step.import()) : Issue(step.credential());
    if (failed != 0) return failed;
  }
  for (const demo::DemoQuery& query : plan_.queries()) {
    if (const int failed = Ask(query); failed != 0) return failed;
  }
  return 0;
}

int DemoRun::Create(const demo::DemoLedger& ledger) {
  const absl::StatusOr<Session> session = OpenAsOperator(flags_, options_.operator_token_file);
  if (!session.ok()) return Fail(session.status());
  // The token first: a run that ends here is gone on with by the next one.
  const absl::StatusOr<std::string> token = EnsureToken(TokenPath(ledger.token()));
  if (!token.ok()) return Fail(token.status());
  v1::CreateLedgerResponse response;
  const Failure failure = CreateLedger(*session, ledger.create(), *token, &response);
  const bool exists = failure.code() == static_cast<int>(absl::StatusCode::kAlreadyExists);
  if (!Ok(failure) && !exists) return Fail(failure, language_);
  PrintError(std::string(exists ? Pick(language_, "Sổ đã có, bắt đầu khác: ",
                                       "Ledger exists, begun otherwise: ")
                                : Pick(language_, "Sổ: ", "Ledger: ")) +
             ledger.create().name() + "\n");
  return 0;
}

int DemoRun::Import(const demo::DemoImport& step) {
  const absl::StatusOr<Session> session =
      step.as().empty() ? OpenSessionAs(flags_, "") : As(step.as());
  if (!session.ok()) return Fail(session.status());
  Senders senders(flags_, *session, options_.token_folder);
  ImportFileOptions options;
  options.defaults.ledger = step.ledger();
  const absl::StatusOr<ImportFileResult> result =
      ImportFile(senders, language_, options_.folder + "/" + step.file(), options);
  if (!result.ok()) return Fail(result.status());
  std::uint64_t& position = positions_[step.ledger()];
  position = std::max(position, result->last_position);
  PrintError(step.file() + ": " + std::string(Pick(language_, "nhận ", "accepted ")) +
             std::to_string(result->counts.accepted) +
             std::string(Pick(language_, ", lặp ", ", repeated ")) +
             std::to_string(result->counts.repeated) +
             std::string(Pick(language_, ", từ chối ", ", refused ")) +
             std::to_string(result->counts.refused + result->counts.invalid) + "\n");
  if (!Ok(result->stopped)) return Fail(result->stopped, language_);
  if (!result->refused_path.empty()) PrintError("  → " + result->refused_path + "\n");
  return static_cast<int>(result->exit);
}

int DemoRun::Issue(const demo::DemoCredential& step) {
  const absl::StatusOr<Session> session = As(step.as());
  if (!session.ok()) return Fail(session.status());
  const absl::StatusOr<std::string> token = EnsureToken(TokenPath(step.token()));
  if (!token.ok()) return Fail(token.status());
  v1::Command command;
  *command.mutable_issue_credential() = step.issue();
  command.mutable_issue_credential()->set_token_sha256(std::string(AsBytes(*TokenHash(*token))));
  v1::Submission submission = AdminSubmission(step.ledger(), "", std::move(command));
  if (step.has_simulated_recorded_at()) {
    *submission.mutable_simulated_recorded_at() = step.simulated_recorded_at();
  }
  v1::Accepted accepted;
  const Failure failure = SubmitOne(*session, submission, &accepted);
  if (!Ok(failure)) return Fail(failure, language_);
  PrintError(std::string(Pick(language_, "Thẻ: ", "Token: ")) + TokenPath(step.token()) + "\n");
  return 0;
}

int DemoRun::Ask(const demo::DemoQuery& query) {
  const absl::StatusOr<Session> session = As(query.as());
  if (!session.ok()) return Fail(session.status());
  if (!session->json) {
    Print("\n== " + std::string(Pick(language_, query.title_vi(), query.title_en())) + "\n");
  }
  switch (query.request_case()) {
    case demo::DemoQuery::kCountModels:
      return AskOne<v1::CountModelsRequest, v1::CountModelsResponse>(*session, query.count_models(),
                                                                     positions_);
    case demo::DemoQuery::kListModels:
      return AskOne<v1::ListModelsRequest, v1::ListModelsResponse>(*session, query.list_models(),
                                                                   positions_);
    case demo::DemoQuery::kListSites:
      return AskOne<v1::ListSitesRequest, v1::ListSitesResponse>(*session, query.list_sites(),
                                                                 positions_);
    case demo::DemoQuery::kGetModel:
      return AskOne<v1::GetModelRequest, v1::GetModelResponse>(*session, query.get_model(),
                                                               positions_);
    case demo::DemoQuery::REQUEST_NOT_SET:
      break;
  }
  return 0;
}

}  // namespace nhanrong::cli
