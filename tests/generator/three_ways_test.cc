// A generated history is the same by whatever way it comes in: the comparison is made by
// `three_ways.py`.
#include <gtest/gtest.h>

#include <iostream>

#include "services/ledger/kafka/test_broker.h"
#include "services/projector/test_directory.h"
#include "tests/crash/process.h"

namespace nhanrong {
namespace {

TEST(ThreeWays, AGeneratedHistoryIsTheSameByCallsByStreamAndByCopy) {
  const projector::TestDirectory scratch;
  const crash::Finished run = crash::RunToEnd(
      {"/usr/bin/python3", NHANRONG_THREE_WAYS, "--communes", "3", "--months", "1", "--kafka",
       ledger::TestBroker::SharedBootstrap(), "--program", NHANRONG_PROGRAM},
      scratch.path());
  EXPECT_EQ(run.exit, 0) << run.out << run.err;
  std::cout << run.out;
}

}  // namespace
}  // namespace nhanrong
