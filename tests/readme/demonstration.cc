#include "tests/readme/demonstration.h"

#include <fstream>

#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"
#include "tests/tidy/command.h"
#include "tests/tidy/text.h"

namespace nhanrong::readme {
namespace {

using tidy::Concat;
using tidy::Quoted;

// Two ports side by side that nobody listens on; the second one is for HTTP.
constexpr const char* kFindPorts =
    "while p=$((20000 + RANDOM % 12000))"
    " && { (exec 3<>/dev/tcp/127.0.0.1/$p) || (exec 3<>/dev/tcp/127.0.0.1/$((p + 1))); }"
    " 2>/dev/null; do :; done; echo $p";

int FreePort() {
  return std::stoi(tidy::RunCommand(Concat("bash -c ", Quoted(kFindPorts))).output);
}

// `nhanrong`, with a server that does not live for ever.
void WriteProgram(const std::filesystem::path& path) {
  std::ofstream(path) << "#!/bin/sh\n"
                      << "export NHANRONG_DEMO_DIR=" << Quoted(NHANRONG_SOURCE_DIR "/demo") << "\n"
                      << "[ \"$1\" != serve ] || exec timeout " << kServerSecondsMax << " "
                      << NHANRONG_PROGRAM << " \"$@\"\n"
                      << "exec " << NHANRONG_PROGRAM << " \"$@\"\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

}  // namespace

Demonstration::Demonstration()
    : home_(std::filesystem::temp_directory_path() / ("nr-readme-" + ToHex(RandomBytes(8)))),
      port_(FreePort()) {
  std::filesystem::create_directories(home_ / "bin");
  WriteProgram(home_ / "bin" / "nhanrong");
  const tidy::CommandResult started = tidy::RunCommand(Quickstart(""));
  if (started.exit_code != 0) tidy::RunCommand(Quickstart(" --stop"));
  NR_CHECK(started.exit_code == 0, started.output.c_str());
}

Demonstration::~Demonstration() {
  tidy::RunCommand(Quickstart(" --stop"));
  std::filesystem::remove_all(home_);
}

std::string Demonstration::Quickstart(const std::string& more) const {
  return Concat("NHANRONG_PROGRAM=", Quoted((home_ / "bin" / "nhanrong").string()), " ",
                Quoted(NHANRONG_SOURCE_DIR "/deploy/quickstart"), " --home ",
                Quoted(home_.string()), " --port ", port_, " --http-port ", port_ + 1, more);
}

std::string Demonstration::OutputOf(const std::string& command,
                                    const std::string& token_file) const {
  const tidy::CommandResult result = tidy::RunCommand(Concat(
      "export PATH=", Quoted((home_ / "bin").string()), ":$PATH NHANRONG_ADDRESS=127.0.0.1:", port_,
      " NHANRONG_TOKEN_FILE=", Quoted(token_file), "; ", command));
  if (result.exit_code == 0) return result.output;
  return Concat(result.output, "(exit code ", result.exit_code, ")\n");
}

}  // namespace nhanrong::readme
