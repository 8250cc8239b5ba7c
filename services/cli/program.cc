#include "services/cli/program.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "services/cli/client/files.h"
#include "services/cli/client/token.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kDefaultAddress = "127.0.0.1:7400";

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string FirstOf(const std::string& flag, const char* variable, std::string_view otherwise) {
  if (!flag.empty()) return flag;
  const std::string value = Environment(variable);
  return value.empty() ? std::string(otherwise) : value;
}

bool IsLoopback(const std::string& address) {
  const std::string host = address.substr(0, address.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.rfind("127.", 0) == 0 ||
         address.rfind("unix:", 0) == 0;
}

absl::StatusOr<std::string> TokenOf(const CommonFlags& flags) {
  const std::string file = FirstOf(flags.token_file, "NHANRONG_TOKEN_FILE", "");
  if (!file.empty()) return ReadTokenFile(file);
  const std::string token = Environment("NHANRONG_TOKEN");
  if (!token.empty() && !TokenHash(token)) {
    return absl::InvalidArgumentError("NHANRONG_TOKEN: không phải thẻ dạng nr1_… / not a token");
  }
  return token;
}

absl::Status ReadInto(const std::string& flag, const char* variable, std::string& text) {
  const std::string file = FirstOf(flag, variable, "");
  if (file.empty()) return absl::OkStatus();
  absl::StatusOr<std::string> content = ReadWholeFile(file);
  if (!content.ok()) return content.status();
  text = *std::move(content);
  return absl::OkStatus();
}

absl::Status ReadCertificates(const CommonFlags& flags, ClientOptions& options) {
  absl::Status read = ReadInto(flags.ca_file, "NHANRONG_CA", options.tls_roots);
  read.Update(ReadInto(flags.client_cert_file, "NHANRONG_CLIENT_CERT", options.client_chain));
  read.Update(ReadInto(flags.client_key_file, "NHANRONG_CLIENT_KEY", options.client_key));
  if (!read.ok()) return read;
  const bool certificate = !options.client_chain.empty();
  if (certificate != !options.client_key.empty() || (certificate && options.tls_roots.empty())) {
    return absl::FailedPreconditionError(
        "--client-cert và --client-key đi cùng nhau, và cần --ca / --client-cert and --client-key "
        "go together, and need --ca");
  }
  return absl::OkStatus();
}

OutputForm FormOf(const std::string& name) {
  if (name == "json") return OutputForm::kJson;
  if (name == "csv") return OutputForm::kCsv;
  return name == "xlsx" ? OutputForm::kXlsx : OutputForm::kTable;
}

absl::Status CheckForm(const Session& session, Forms forms) {
  const bool sheet = session.form == OutputForm::kCsv || session.form == OutputForm::kXlsx;
  if (forms == Forms::kTextAndJson && (sheet || !session.output_file.empty())) {
    return absl::FailedPreconditionError(
        "lệnh này chỉ có --output table, json, không có --output-file / this command has only "
        "--output table, json and no --output-file");
  }
  if (session.form == OutputForm::kXlsx && session.output_file.empty()) {
    return absl::FailedPreconditionError(
        "--output xlsx cần --output-file FILE.xlsx / --output xlsx needs --output-file FILE.xlsx");
  }
  return absl::OkStatus();
}

ExitCode ExitCodeOfLocal(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return ExitCode::kInvalid;
    case absl::StatusCode::kFailedPrecondition:
      return ExitCode::kUsage;
    default:
      return ExitCode::kLocal;
  }
}

std::atomic<bool>& SomethingWasLost() {
  static std::atomic<bool> lost{false};
  return lost;
}

}  // namespace

Program::Program()
    : app("Nhân Rộng: sổ cái sự kiện của các mô hình, cách làm hay / the ledger of good models") {
  app.add_option("--address", flags.address,
                 "Máy chủ gRPC / server [NHANRONG_ADDRESS, 127.0.0.1:7400]");
  app.add_option("--token-file", flags.token_file,
                 "Tệp chứa thẻ truy cập / file with the token "
                 "[NHANRONG_TOKEN_FILE, hoặc/or NHANRONG_TOKEN]");
  app.add_option("--timeout", flags.timeout_s, "Thời hạn mỗi lời gọi, giây / seconds for a call")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  app.add_option("--lang", flags.language, "Ngôn ngữ / language: vi, en")
      ->check(CLI::IsMember({"vi", "en"}))
      ->capture_default_str();
  app.add_option(
         "--output", flags.output,
         "Dạng kết quả / form of the answer: table, json; query, history, import: csv, xlsx")
      ->check(CLI::IsMember({"table", "json", "csv", "xlsx"}))
      ->capture_default_str();
  app.add_option("--output-file", flags.output_file,
                 "Tệp nhận kết quả của query, history, import / file for their answer");
  app.add_option("--ca", flags.ca_file,
                 "Chứng thư gốc (PEM): dùng TLS / PEM roots: use TLS [NHANRONG_CA]");
  app.add_option("--client-cert", flags.client_cert_file,
                 "Chứng thư của máy khách (PEM) / client certificate [NHANRONG_CLIENT_CERT]");
  app.add_option("--client-key", flags.client_key_file,
                 "Khóa riêng của chứng thư ấy (PEM) / its private key [NHANRONG_CLIENT_KEY]");
  app.add_flag("--plaintext", flags.plaintext,
               "Cho phép gửi thẻ không mã hóa tới máy khác / send the token unencrypted to another "
               "machine [NHANRONG_PLAINTEXT=1]");
  app.require_subcommand(1);
  // Common flags may stand before or after the command.
  app.fallthrough();
  app.footer(ExitCodesText());
}

Language LanguageOf(const CommonFlags& flags) {
  return flags.language == "en" ? Language::kEnglish : Language::kVietnamese;
}

absl::StatusOr<Session> OpenSessionAs(const CommonFlags& flags, const std::string& token,
                                      Forms forms) {
  Session session;
  session.language = LanguageOf(flags);
  session.form = FormOf(flags.output);
  session.json = session.form == OutputForm::kJson;
  session.output_file = flags.output_file;
  if (absl::Status status = CheckForm(session, forms); !status.ok()) return status;
  session.options.address = FirstOf(flags.address, "NHANRONG_ADDRESS", kDefaultAddress);
  session.options.timeout = absl::Seconds(flags.timeout_s);
  session.options.token = token;
  session.options.language = session.language;
  if (absl::Status read = ReadCertificates(flags, session.options); !read.ok()) return read;
  const bool plaintext = flags.plaintext || Environment("NHANRONG_PLAINTEXT") == "1";
  if (!token.empty() && session.options.tls_roots.empty() && !plaintext &&
      !IsLoopback(session.options.address)) {
    return absl::FailedPreconditionError(
        "không gửi thẻ truy cập không mã hóa tới máy khác: dùng --ca hoặc --plaintext / "
        "refusing to send the token unencrypted to " +
        session.options.address + ": use --ca or --plaintext");
  }
  session.client = std::make_unique<Client>(session.options);
  return session;
}

absl::StatusOr<Session> OpenSession(const CommonFlags& flags, Forms forms) {
  const absl::StatusOr<std::string> token = TokenOf(flags);
  if (!token.ok()) return token.status();
  return OpenSessionAs(flags, *token, forms);
}

bool Print(std::string_view text) {
  bool printed = std::fflush(stdout) == 0;
  // One write for the whole text: a kill leaves whole lines in a file.
  while (printed && !text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    printed = written > 0;
    if (printed) text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!printed) SomethingWasLost() = true;
  return printed;
}

bool PrintedAll() { return std::fflush(stdout) == 0 && !SomethingWasLost(); }

void PrintError(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

int Fail(const Failure& failure, Language language) {
  PrintError(FailureText(failure, language));
  return static_cast<int>(ExitCodeOf(failure));
}

int Fail(const absl::Status& status) {
  PrintError(std::string(status.message()) + "\n");
  return static_cast<int>(ExitCodeOfLocal(status));
}

}  // namespace nhanrong::cli
