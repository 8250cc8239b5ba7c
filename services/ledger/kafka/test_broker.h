// A real Kafka broker for tests, run by deploy/kafka/broker on free ports of 127.0.0.1 in a
// temporary directory. A broker that cannot be started (no java, no mvn) ends the test program:
// tests that would be skipped prove nothing. Not thread-safe. The broker dies with the program.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nhanrong::ledger {

class TestBroker {
 public:
  struct Options {
    // Lines that go before those of deploy/kafka/broker in its server.properties.
    std::string properties = {};
    // "SCRAM-SHA-512=[name=N,password=P]"
    std::vector<std::string> scram_users = {};
  };

  // Starts it; about 5 s.
  TestBroker() : TestBroker(Options()) {}
  explicit TestBroker(const Options& options);
  ~TestBroker();
  TestBroker(const TestBroker&) = delete;
  TestBroker& operator=(const TestBroker&) = delete;

  int port() const { return port_; }
  std::string bootstrap() const { return "127.0.0.1:" + std::to_string(port_); }
  // SIGKILL, and as an operator would.
  void Kill() { Run("kill"); }
  void Stop() { Run("stop"); }
  // After Kill or Stop, with the same data on the same port; after Kill about 6 s.
  void Start();
  // SIGSTOP: it answers nothing, and its connections stay; until Resume, Kill or Stop.
  void Freeze() const;
  void Resume() const;
  // Where the files of partition 0 of a topic lie.
  std::filesystem::path LogOf(const std::string& topic) const;

  // The bootstrap address in NHANRONG_TEST_KAFKA, or that of one broker for this program.
  static std::string SharedBootstrap();

 private:
  void Run(const std::string& command);
  int Pid() const;

  const std::filesystem::path directory_;
  const std::vector<std::string> scram_users_;
  const int port_;
};

}  // namespace nhanrong::ledger
