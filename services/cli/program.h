// What all commands share: the command line, the common flags, and an open session with a server.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "services/cli/client/client.h"
#include "services/cli/client/errors.h"

namespace nhanrong::cli {

// Common flags as given; empty: the environment, then the default.
struct CommonFlags {
  std::string address;
  std::string token_file;
  double timeout_s = 30;
  std::string language = "vi";
  std::string output = "table";
  std::string output_file;
  std::string ca_file;
  std::string client_cert_file;
  std::string client_key_file;
  bool plaintext = false;
};

// The program while its command line is read. A command adds itself to `app` and, when it is the
// chosen one, sets `run`; main calls `run` after parsing. Outlives every callback of `app`.
struct Program {
  Program();
  CLI::App app;
  CommonFlags flags;
  std::function<int()> run;
};

enum class OutputForm { kTable, kJson, kCsv, kXlsx };
// Which forms a command has: its answer is a table, or text and JSON are all there is.
enum class Forms { kTextAndJson, kTables };

// A connected command: the client and how to speak.
struct Session {
  std::unique_ptr<Client> client;
  ClientOptions options;
  Language language = Language::kVietnamese;
  OutputForm form = OutputForm::kTable;
  bool json = false;
  // Where the answer goes; empty: standard output.
  std::string output_file;
};

Language LanguageOf(const CommonFlags& flags);
// Reads token and certificates. A token is never sent in plaintext to another machine unless
// --plaintext says so. INVALID_ARGUMENT, NOT_FOUND; FAILED_PRECONDITION for a form of output that
// the command does not have.
absl::StatusOr<Session> OpenSession(const CommonFlags& flags, Forms forms = Forms::kTextAndJson);
// The same with a token that the caller has.
absl::StatusOr<Session> OpenSessionAs(const CommonFlags& flags, const std::string& token,
                                      Forms forms = Forms::kTextAndJson);

// To standard output, flushed. False when it cannot be written, of which PrintedAll tells ever
// after.
bool Print(std::string_view text);
// Whether everything that was to be printed has been. Thread-safe.
bool PrintedAll();
void PrintError(std::string_view text);
// Explains on standard error; the exit code.
int Fail(const Failure& failure, Language language);
int Fail(const absl::Status& status);

}  // namespace nhanrong::cli
