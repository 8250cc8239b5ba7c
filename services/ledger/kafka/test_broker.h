// A real Kafka broker for tests, run by deploy/kafka/broker on free ports of 127.0.0.1 in a
// temporary directory. A broker that cannot be started (no java, no mvn) ends the test program:
// tests that would be skipped prove nothing. Not thread-safe. The broker dies with the program.
#pragma once

#include <filesystem>
#include <string>

namespace nhanrong::ledger {

class TestBroker {
 public:
  // Starts it; about 5 s.
  TestBroker();
  ~TestBroker();
  TestBroker(const TestBroker&) = delete;
  TestBroker& operator=(const TestBroker&) = delete;

  std::string bootstrap() const { return "127.0.0.1:" + std::to_string(port_); }
  // SIGKILL, and as an operator would.
  void Kill() { Run("kill"); }
  void Stop() { Run("stop"); }
  // After Kill or Stop, with the same data on the same port; after Kill about 6 s.
  void Start();

  // The bootstrap address in NHANRONG_TEST_KAFKA, or that of one broker for this program.
  static std::string SharedBootstrap();

 private:
  void Run(const std::string& command);

  const std::filesystem::path directory_;
  const int port_;
};

}  // namespace nhanrong::ledger
