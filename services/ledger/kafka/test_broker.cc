#include "services/ledger/kafka/test_broker.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"

namespace nhanrong::ledger {
namespace {

int FreePort() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  NR_CHECK(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "no free port");
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

}  // namespace

TestBroker::TestBroker(const Options& options)
    : directory_(std::filesystem::temp_directory_path() / ("nr-kafka-" + ToHex(RandomBytes(8)))),
      scram_users_(options.scram_users),
      port_(FreePort()) {
  std::filesystem::create_directories(directory_);
  std::ofstream(directory_ / "more.properties") << options.properties;
  Start();
}

TestBroker::~TestBroker() {
  Resume();
  Run("kill");
  std::filesystem::remove_all(directory_);
}

void TestBroker::Start() {
  std::string command = "start --port " + std::to_string(port_) + " --until-exit " +
                        std::to_string(::getpid()) + " --properties '" +
                        (directory_ / "more.properties").string() + "'";
  for (const std::string& user : scram_users_) command += " --scram '" + user + "'";
  Run(command);
}

int TestBroker::Pid() const {
  int pid = 0;
  std::ifstream(directory_ / "broker" / "pid") >> pid;
  return pid;
}

void TestBroker::Freeze() const {
  NR_CHECK(Pid() > 0 && ::kill(Pid(), SIGSTOP) == 0, "the broker runs");
}

void TestBroker::Resume() const {
  if (const int pid = Pid(); pid > 0) ::kill(pid, SIGCONT);
}

std::filesystem::path TestBroker::LogOf(const std::string& topic) const {
  return directory_ / "broker" / "data" / (topic + "-0");
}

void TestBroker::Run(const std::string& command) {
  const std::string output = (directory_ / "command.out").string();
  const std::string line = NHANRONG_BROKER_COMMAND " " + command + " --dir '" +
                           (directory_ / "broker").string() + "' >'" + output + "' 2>&1";
  if (std::system(line.c_str()) == 0) return;
  std::cerr << "the broker for tests failed (" << command << "):\n"
            << std::ifstream(output).rdbuf() << std::endl;
  std::exit(EXIT_FAILURE);
}

std::string TestBroker::SharedBootstrap() {
  if (const char* given = std::getenv("NHANRONG_TEST_KAFKA"); given != nullptr && *given != '\0') {
    return given;
  }
  static const TestBroker broker;
  return broker.bootstrap();
}

}  // namespace nhanrong::ledger
