#include "tests/crash/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/time/clock.h"
#include "services/base/check.h"

namespace nhanrong::crash {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Milliseconds(5);
constexpr int kSignalBase = 128;

void Redirect(const std::string& path, int to) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file >= 0) ::dup2(file, to);
}

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

}  // namespace

bool Await(const std::function<bool()>& condition, absl::Duration limit) {
  const absl::Time deadline = absl::Now() + limit;
  while (!condition()) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(kBetweenLooks);
  }
  return true;
}

Process::Process(const std::vector<std::string>& command, const std::string& out,
                 const std::string& err) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));  // execv changes nothing
  }
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  NR_CHECK(pid_ >= 0, "a process can be made");
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(kSignalBase);
    Redirect(out, STDOUT_FILENO);
    Redirect(err, STDERR_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(kSignalBase - 1);
  }
  ended_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  NR_CHECK(ended_ >= 0, "a process can be watched");
}

Process::~Process() {
  Kill();
  ::close(ended_);
}

std::optional<int> Process::Wait(absl::Duration limit) {
  if (exit_) return exit_;
  pollfd watched{ended_, POLLIN, 0};
  if (::poll(&watched, 1, static_cast<int>(absl::ToInt64Milliseconds(limit))) <= 0) return {};
  int how = 0;
  ::waitpid(pid_, &how, 0);
  exit_ = WIFSIGNALED(how) ? kSignalBase + WTERMSIG(how) : WEXITSTATUS(how);
  return exit_;
}

void Process::Signal(int signal) {
  if (Runs()) ::kill(pid_, signal);
}

void Process::Kill() {
  Signal(SIGKILL);
  NR_CHECK(Wait(kPatience).has_value(), "a killed process ends");
}

Finished RunToEnd(const std::vector<std::string>& command, const std::string& scratch,
                  absl::Duration limit) {
  static std::atomic<int> number{0};
  const std::string base = scratch + "/run-" + std::to_string(++number);
  Finished finished;
  Process process(command, base + ".out", base + ".err");
  if (const auto exit = process.Wait(limit)) finished.exit = *exit;
  process.Kill();
  finished.out = FileText(base + ".out");
  finished.err = FileText(base + ".err");
  return finished;
}

int FreePort() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  NR_CHECK(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "no free port");
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

std::string HttpGet(int port, const std::string& path) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  const sockaddr_in address = Loopback(port);
  std::string text;
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const std::string request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
    if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
      char part[4096];
      for (ssize_t n; (n = ::recv(connection, part, sizeof part, 0)) > 0;) text.append(part, n);
    }
  }
  ::close(connection);
  return text;
}

std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace nhanrong::crash
