// Runs a demonstration from its data: ledgers, tokens, files, then a few questions with answers.
//
// May be run again at any point of an earlier run: ledgers that exist are used, tokens that exist
// are kept, files sent again are answered as repeated. Nothing here names a place, figure or
// document.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "services/cli/demo/plan.pb.h"
#include "services/cli/program.h"

namespace nhanrong::cli {

void AddDemo(Program& program);

// Folder of demonstration `name`: itself where it is a path, else below `given`, NHANRONG_DEMO_DIR,
// a `demo` folder beside or above the program, or its share/nhanrong/demo. NOT_FOUND lists where it
// looked.
absl::StatusOr<std::string> FindDemo(const std::string& given, const std::string& name);
// Reads FOLDER/demo.json and checks that every file and token that it names is there or made by it.
absl::StatusOr<demo::DemoPlan> ReadPlan(const std::string& folder);

struct DemoOptions {
  std::string folder;
  std::string token_folder;
  std::string operator_token_file;
  // A file that is left out; empty: none.
  std::string without = {};
};

class DemoRun {
 public:
  DemoRun(const CommonFlags& flags, DemoOptions options, demo::DemoPlan plan);
  // The exit code; says on standard error what it does.
  int Run();

 private:
  int Create(const demo::DemoLedger& ledger);
  int Import(const demo::DemoImport& step);
  int Issue(const demo::DemoCredential& step);
  int Ask(const demo::DemoQuery& query);
  std::string TokenPath(const std::string& name) const;
  absl::StatusOr<Session> As(const std::string& token_name) const;

  const CommonFlags& flags_;
  Language language_;
  DemoOptions options_;
  demo::DemoPlan plan_;
  // Highest position known of each ledger.
  std::map<std::string, std::uint64_t> positions_;
};

}  // namespace nhanrong::cli
