// The real program `nhanrong serve` in a temporary folder, on free ports of 127.0.0.1.
//
// A server that does not become ready ends the test program with the server's log: everything after
// it would only fail for want of a server. The process dies with the test program. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace nhanrong::e2e {

class ServerProcess {
 public:
  // `kafka`: bootstrap servers of a single broker; empty: the embedded log. Waits until it is
  // ready.
  explicit ServerProcess(std::string kafka = "");
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // SIGTERM; waits for the end and gives the exit code.
  int Stop();
  // SIGKILL.
  void Kill();
  // After Stop or Kill: the same data on the same ports. Waits until it is ready.
  void Start();

  // On Kafka: before the name of each ledger's topic.
  std::string topic_prefix() const { return "e2e-" + folder_.filename().string() + "."; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // The text of the operator's token of this installation.
  std::string operator_token() const;
  // What the server wrote to its standard error.
  std::string log() const;

 private:
  void Spawn();
  // False: the process ended instead.
  bool BecomesReady();
  int Wait();

  const std::filesystem::path folder_;
  const std::string kafka_;
  int port_ = 0;
  int http_port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace nhanrong::e2e
