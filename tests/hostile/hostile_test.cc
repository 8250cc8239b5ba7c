// The hostile hour in a minute: every part of it, each once or twice.
#include <gtest/gtest.h>

#include <iostream>

#include "services/projector/test_directory.h"
#include "tests/crash/process.h"

namespace nhanrong::hostile {
namespace {

constexpr char kSeconds[] = "30";
constexpr char kRounds[] = "2";
constexpr char kBetweenSeconds[] = "10";
// It takes a minute and a half; who is not done by then hangs.
constexpr absl::Duration kLimit = absl::Minutes(5);

TEST(HostileTest, TheServiceGoesOnAndEverythingThatWasAcknowledgedIsThereOnce) {
  const projector::TestDirectory directory;
  const std::string out = directory.path() + "/out", err = directory.path() + "/err";

  crash::Process run({NHANRONG_HOSTILE_PYTHON, NHANRONG_HOSTILE, "--program", NHANRONG_PROGRAM,
                      "--clock-library", NHANRONG_HOSTILE_CLOCK, "--folder", directory.path(),
                      "--seconds", kSeconds, "--rounds", kRounds, "--between", kBetweenSeconds},
                     out, err);

  EXPECT_EQ(run.Wait(kLimit), 0) << crash::FileText(err);
  std::cout << crash::FileText(out);
}

}  // namespace
}  // namespace nhanrong::hostile
