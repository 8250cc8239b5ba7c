// The contract is well-formed, and nothing of it that was released has changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"
#include "tests/tidy/command.h"
#include "tests/tidy/text.h"

namespace nhanrong::contract {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using tidy::Concat;
using tidy::Quoted;

const fs::path kRoot = NHANRONG_SOURCE_DIR;

tidy::CommandResult Buf(const std::string& arguments) {
  return tidy::RunCommand(Concat(Quoted((kRoot / "tests/contract/buf").string()), " ", arguments));
}

tidy::CommandResult Lint(const fs::path& contract) {
  return Buf(Concat("lint ", Quoted(contract.string())));
}

tidy::CommandResult Breaking(const fs::path& contract) {
  return Buf(Concat("breaking ", Quoted(contract.string()), " --against ",
                    Quoted((kRoot / "tests/contract/released.binpb").string())));
}

// A copy of the contract with one text replaced.
class ChangedContract {
 public:
  ChangedContract(const std::string& file, const std::string& from, const std::string& to)
      : path_(fs::temp_directory_path() / ("nr-contract-" + ToHex(RandomBytes(8)))) {
    fs::copy(kRoot / "proto", path_, fs::copy_options::recursive);
    const fs::path changed = path_ / file;
    std::stringstream text;
    text << std::ifstream(changed).rdbuf();
    std::string whole = text.str();
    const std::size_t at = whole.find(from);
    NR_CHECK(at != std::string::npos, ("not in the contract any more: " + from).c_str());
    whole.replace(at, from.size(), to);
    std::ofstream(changed) << whole;
  }
  ~ChangedContract() { fs::remove_all(path_); }
  ChangedContract(const ChangedContract&) = delete;
  ChangedContract& operator=(const ChangedContract&) = delete;

  const fs::path& path() const { return path_; }

 private:
  const fs::path path_;
};

class ContractTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const tidy::CommandResult fetched = Buf("--fetch");
    ASSERT_EQ(fetched.exit_code, 0) << fetched.output;
  }
};

TEST_F(ContractTest, EveryRuleOfNamesAndCommentsHolds) {
  const tidy::CommandResult result = Lint(kRoot / "proto");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

TEST_F(ContractTest, NothingThatWasReleasedHasChanged) {
  const tidy::CommandResult result = Breaking(kRoot / "proto");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

struct Fault {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* found;  // in what buf says
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

std::string NameOf(const ::testing::TestParamInfo<Fault>& fault) { return fault.param.name; }

constexpr const char* kValues = "nhanrong/v1/values.proto";

class LintTest : public ContractTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(LintTest, Finds) {
  const ChangedContract changed(GetParam().file, GetParam().from, GetParam().to);
  const tidy::CommandResult result = Lint(changed.path());
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.output, HasSubstr(GetParam().found));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, LintTest,
    ::testing::Values(Fault{"AFieldWithoutAComment", kValues,
                            "  // The digits without the comma.\n", "",
                            "\"value\" should have a non-empty comment"},
                      Fault{"AFieldInCamelCase", kValues, "uint32 scale = 2;",
                            "uint32 scaleDigits = 2;", "should be lower_snake_case"},
                      Fault{"AnEnumeratorWithoutItsPrefix", kValues, "BOUND_EXACT = 1;",
                            "EXACT = 1;", "should be prefixed with \"BOUND_\""}),
    NameOf);

class BreakingTest : public ContractTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(BreakingTest, Finds) {
  const ChangedContract changed(GetParam().file, GetParam().from, GetParam().to);
  const tidy::CommandResult result = Breaking(changed.path());
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.output, HasSubstr(GetParam().found));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BreakingTest,
    ::testing::Values(Fault{"ARemovedField", kValues, "  uint32 scale = 2;\n", "",
                            "\"2\" with name \"scale\""},
                      Fault{"ARenamedField", kValues, "uint32 scale = 2;", "uint32 digits = 2;",
                            "changed name from \"scale\" to \"digits\""},
                      Fault{"ARenumberedField", kValues, "uint32 scale = 2;", "uint32 scale = 9;",
                            "\"2\" with name \"scale\""},
                      Fault{"ARetypedField", kValues, "uint32 scale = 2;", "int64 scale = 2;",
                            "changed type from \"uint32\" to \"int64\""},
                      Fault{"ARemovedMethod", "nhanrong/v1/submission_service.proto",
                            "  rpc Submit(SubmitRequest) returns (SubmitResponse);\n", "",
                            "\"Submit\" on service \"SubmissionService\" was deleted"},
                      Fault{"ARenamedEnumerator", kValues, "BOUND_EXACT = 1;", "BOUND_PRECISE = 1;",
                            "changed name from \"BOUND_EXACT\""}),
    NameOf);

TEST_F(ContractTest, ANewFieldBreaksNothing) {
  const ChangedContract changed(kValues, "uint32 scale = 2;",
                                "uint32 scale = 2;\n  // New.\n  string remark = 77;");
  const tidy::CommandResult result = Breaking(changed.path());
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

TEST_F(ContractTest, ARowOfAReadModelMayChange) {
  const ChangedContract changed("nhanrong/rows/v1/sites.proto", "SiteSpan spans = 1;",
                                "SiteSpan spans = 9;");
  const tidy::CommandResult result = Breaking(changed.path());
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

}  // namespace
}  // namespace nhanrong::contract
