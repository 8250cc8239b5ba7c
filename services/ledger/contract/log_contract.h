// The contract of a log as tests: one suite, run on every engine.
//
// An engine's test program links this component and says
//   INSTANTIATE_TEST_SUITE_P(Embedded, LogContractTest, testing::ValuesIn(LogContractOn({...})));
// Each case gets an installation of its own, or shares one and uses a ledger name of its own.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "services/ledger/contract/log_probe.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// One installation of an engine, under the test's hand.
class LogInstallation {
 public:
  virtual ~LogInstallation() = default;
  virtual LogStore& store() = 0;
  // Closes the store and opens what it kept, as a new process would.
  // REQUIRES: no Log and no LogReader of it is alive.
  virtual void Restart() = 0;
};

struct LogContractEngine {
  std::string name;
  std::function<std::unique_ptr<LogInstallation>()> make;
  friend std::ostream& operator<<(std::ostream& out, const LogContractEngine& engine) {
    return out << engine.name;
  }
};

// The one value the suite is instantiated with. A function of the component, so that the linker
// keeps the suite, which nothing else refers to.
std::vector<LogContractEngine> LogContractOn(LogContractEngine engine);

class LogContractTest : public ::testing::TestWithParam<LogContractEngine> {
 protected:
  LogContractTest();
  void SetUp() override;

  LogStore& store() { return installation_->store(); }
  // Closes the log, starts a new store over what was kept, opens the log again.
  void Reopen();

  std::string name_;  // of this case alone
  std::unique_ptr<LogInstallation> installation_;
  std::unique_ptr<Log> log_;
};

}  // namespace nhanrong::ledger
