// Faults on the sender's own side: files that cannot be read, a token that is not the right one.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/crash/installation.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {
namespace {

using ::testing::HasSubstr;

constexpr int kSubmissions = 300;
// Exit codes of README.md.
constexpr int kDone = 0;
constexpr int kRefused = 2;
constexpr int kNotAllowed = 4;
constexpr int kLocalFile = 8;

class LocalFaultsTest : public ::testing::Test {
 protected:
  LocalFaultsTest() : server_(installation_.Add("serve", "data")) {
    installation_.Start(*server_);
    installation_.Found(*server_);
  }
  Finished Run(const std::string& who, std::vector<std::string> arguments) const {
    return installation_.Cli(*server_, who, std::move(arguments));
  }
  std::string MakeFolder() const {
    std::string folder = installation_.root() + "/thu-muc";
    std::filesystem::create_directories(folder);
    return folder;
  }

  Installation installation_;
  std::unique_ptr<Server> server_;
};

TEST_F(LocalFaultsTest, AFolderInPlaceOfAFileIsToldAsWhatItIs) {
  const std::string folder = MakeFolder();
  const std::vector<std::vector<std::string>> commands = {
      {"import", folder, "--ledger", kLedger},
      {"submit", folder},
      {"history", "read", "--ledger", kLedger, "--resume-file", folder},
      {"query", "units", "--ledger", kLedger, "--ca", folder}};
  for (const auto& command : commands) {
    const Finished finished = Run("auditor", command);
    EXPECT_EQ(finished.exit, kLocalFile) << command[0] << ": " << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(folder)) << command[0];
  }
}

TEST_F(LocalFaultsTest, AnAnswerThatDoesNotFitOnTheDiskIsToldWhateverWasAsked) {
  const Workload workload = MakeWorkload(1, "full");
  const std::string file = installation_.root() + "/one.json";
  WriteFile(file, workload.lines);
  const std::string said = installation_.root() + "/said";
  const std::vector<std::pair<std::string, std::vector<std::string>>> commands = {
      {"administrator", {"admin", "projection", "list", "--ledger", kLedger}},
      {"administrator",
       {"admin", "agency", "rename", "--ledger", kLedger, "--agency", kAgency, "--name", "Sở"}},
      {"officer", {"submit", file}},
      {"officer", {"import", file, "--ledger", kLedger}},
      {"auditor", {"query", "models", "--ledger", kLedger}}};
  for (const auto& [who, command] : commands) {
    std::filesystem::remove(said);
    Process process(installation_.Command(*server_, who, command), "/dev/full", said);
    EXPECT_EQ(process.Wait(kPatience), kLocalFile) << command[0] << ": " << FileText(said);
    EXPECT_THAT(FileText(said), HasSubstr("cannot")) << command[0];
  }
}

TEST_F(LocalFaultsTest, AnImportWithTheWrongTokenEndsAndIsResumedWithTheRightOne) {
  const Workload workload = MakeWorkload(kSubmissions, "token");
  const std::string file = installation_.root() + "/work.ndjson";
  WriteFile(file, workload.lines);
  const std::vector<std::string> import = {"import", file, "--ledger", kLedger, "--resume"};
  const std::uint64_t before = installation_.Info(*server_).commits();

  const Finished wrong = Run("auditor", import);
  EXPECT_EQ(wrong.exit, kNotAllowed) << wrong.err;
  EXPECT_EQ(installation_.Info(*server_).commits(), before);

  const Finished right = Run("officer", import);
  EXPECT_EQ(right.exit, workload.refused > 0 ? kRefused : kDone) << right.err;
  EXPECT_EQ(installation_.Info(*server_).commits(),
            before + static_cast<std::uint64_t>(workload.accepted + workload.refused));
}

}  // namespace
}  // namespace nhanrong::crash
