// The one program `nhanrong`: puts the commands together, runs the chosen one, gives its exit code.
#include <exception>

#include "services/cli/commands.h"
#include "services/cli/demo/demo.h"
#include "services/cli/generate/generate_command.h"
#include "services/program/copy_command.h"
#include "services/program/server_commands.h"

namespace nhanrong {
namespace {

// The code of a run whose answer did not arrive, however it came out: what was done was done.
int CodeOf(int code) {
  constexpr int kLocal = static_cast<int>(cli::ExitCode::kLocal);
  if (cli::PrintedAll() || code >= kLocal) return code;
  cli::PrintError(
      "không ghi được kết quả ra đầu ra chuẩn (đĩa đầy?) / cannot write the answer to "
      "standard output (is the disk full?)\n");
  return kLocal;
}

int Main(int argc, char** argv) {
  cli::Program program;
  AddServerCommands(program);
  cli::AddClientCommands(program);
  AddLedgerCopy(program);
  cli::AddDemo(program);
  cli::AddGenerate(program);
  try {
    program.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help gives 0; everything else is a wrong command line.
    const int code = program.app.exit(error);
    return code == 0 ? 0 : static_cast<int>(cli::ExitCode::kUsage);
  }
  // Faults are values here; what a library throws all the same is said, with the code for it.
  try {
    return program.run ? CodeOf(program.run()) : static_cast<int>(cli::ExitCode::kUsage);
  } catch (const std::exception& error) {
    cli::PrintError("nhanrong: " + std::string(error.what()) + "\n");
    return static_cast<int>(cli::ExitCode::kInternal);
  }
}

}  // namespace
}  // namespace nhanrong

int main(int argc, char** argv) { return nhanrong::Main(argc, argv); }
