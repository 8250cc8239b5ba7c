#include "tests/e2e/harness/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/time/clock.h"
#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"

namespace nhanrong::e2e {
namespace {

// A cold start on a busy machine, with a broker, takes some seconds.
constexpr absl::Duration kReadyLimit = absl::Seconds(60);
// Another process may take a free port before the server does.
constexpr int kStartsMax = 3;
constexpr absl::Duration kLookInterval = absl::Milliseconds(20);

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int FreePort() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  NR_CHECK(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "no free port");
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

// Whether GET /readyz answers 200.
bool IsReady(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  const timeval limit{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  constexpr std::string_view kRequest =
      "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  char answer[16] = {};
  const bool answered =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::send(socket, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) > 0 &&
      ::recv(socket, answer, sizeof answer - 1, MSG_WAITALL) > 0;
  ::close(socket);
  return answered && std::string_view(answer).starts_with("HTTP/1.1 200");
}

std::string Content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

ServerProcess::ServerProcess(std::string kafka)
    : folder_(std::filesystem::temp_directory_path() / ("nr-e2e-" + ToHex(RandomBytes(8)))),
      kafka_(std::move(kafka)) {
  std::filesystem::create_directories(folder_);
  for (int tries = 0; tries < kStartsMax; ++tries) {
    port_ = FreePort();
    http_port_ = FreePort();
    Spawn();
    if (BecomesReady()) return;
  }
  std::fprintf(stderr, "the server did not become ready:\n%s\n", log().c_str());
  std::exit(EXIT_FAILURE);
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) Kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void ServerProcess::Spawn() {
  std::vector<std::string> words = {
      NHANRONG_PROGRAM, "serve",   "--data-dir", (folder_ / "data").string(),
      "--listen",       address(), "--http",     "127.0.0.1:" + std::to_string(http_port_)};
  if (!kafka_.empty()) {
    words.insert(words.end(),
                 {"--kafka", kafka_, "--single-broker", "--topic-prefix", topic_prefix()});
  }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const std::string log_path = (folder_ / "log").string();
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  NR_CHECK(pid_ >= 0, "cannot start another process");
  if (pid_ > 0) return;
  // In the child, up to exec: system calls only.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(EXIT_FAILURE);
  const int log_file = ::open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(log_file, STDOUT_FILENO);
  ::dup2(log_file, STDERR_FILENO);
  ::execv(arguments[0], arguments.data());
  ::_exit(EXIT_FAILURE);
}

bool ServerProcess::BecomesReady() {
  const absl::Time deadline = absl::Now() + kReadyLimit;
  while (absl::Now() < deadline) {
    if (IsReady(http_port_)) return true;
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = -1;
      return false;
    }
    absl::SleepFor(kLookInterval);
  }
  Kill();
  return false;
}

int ServerProcess::Wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int ServerProcess::Stop() {
  ::kill(pid_, SIGTERM);
  return Wait();
}

void ServerProcess::Kill() {
  ::kill(pid_, SIGKILL);
  Wait();
}

void ServerProcess::Start() {
  Spawn();
  if (BecomesReady()) return;
  std::fprintf(stderr, "the server did not become ready again:\n%s\n", log().c_str());
  std::exit(EXIT_FAILURE);
}

std::string ServerProcess::operator_token() const {
  const std::string text = Content(folder_ / "data" / "operator.token");
  return text.substr(0, text.find('\n'));
}

std::string ServerProcess::log() const { return Content(folder_ / "log"); }

}  // namespace nhanrong::e2e
