#include "tests/kafka_edges/swallowing_proxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "services/base/check.h"

namespace nhanrong::kafka_edges {
namespace {

constexpr int kSliceMs = 50;  // how soon a thread hears that it is to stop

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int Listen(int port) {
  constexpr int kBacklog = 64;
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const sockaddr_in address = Loopback(port);
  NR_CHECK(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
               ::listen(listener, kBacklog) == 0,
           "a proxy listens");
  return listener;
}

bool SendAll(int to, const char* bytes, ssize_t count) {
  while (count > 0) {
    const ssize_t sent = ::send(to, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    count -= sent;
  }
  return true;
}

}  // namespace

SwallowingProxy::SwallowingProxy(int port, int target)
    : target_(target),
      listener_(Listen(port)),
      accepting_([this](const std::stop_token& stop) { Accept(stop); }) {}

SwallowingProxy::~SwallowingProxy() {
  accepting_.request_stop();
  accepting_.join();
  carriers_.clear();
  ::close(listener_);
}

void SwallowingProxy::Accept(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kSliceMs) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    carriers_.emplace_back(
        [this, client](const std::stop_token& ending) { Carry(ending, client); });
  }
}

void SwallowingProxy::Carry(const std::stop_token& stop, int client) const {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(target_);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  bool lost = false;
  std::array<char, 65'536> bytes;
  while (open && !stop.stop_requested()) {
    std::array<pollfd, 2> ends = {pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), kSliceMs) <= 0) continue;
    for (std::size_t i = 0; i < ends.size() && open; ++i) {
      if (ends[i].revents == 0) continue;
      const ssize_t count = ::recv(ends[i].fd, bytes.data(), bytes.size(), 0);
      lost = lost || swallows_;
      open = count > 0 && (lost || SendAll(ends[1 - i].fd, bytes.data(), count));
    }
  }
  ::close(server);
  ::close(client);
}

}  // namespace nhanrong::kafka_edges
