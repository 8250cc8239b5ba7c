// A TCP proxy on 127.0.0.1 that can lose what passes through it without ending a connection, as a
// router does that forgot about it.
//
// Threads: a few for itself and for each connection; they end with it.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace nhanrong::kafka_edges {

class SwallowingProxy {
 public:
  // Connections to `port` go to `target`, which need not be there yet.
  SwallowingProxy(int port, int target);
  ~SwallowingProxy();
  SwallowingProxy(const SwallowingProxy&) = delete;
  SwallowingProxy& operator=(const SwallowingProxy&) = delete;

  // From now on every byte of connections that are there, and of new ones, is lost.
  void Swallow() { swallows_ = true; }
  // New connections pass again; those that lost something never do.
  void Pass() { swallows_ = false; }

 private:
  void Accept(const std::stop_token& stop);
  void Carry(const std::stop_token& stop, int client) const;

  const int target_;
  const int listener_;
  std::atomic<bool> swallows_ = false;
  std::vector<std::jthread> carriers_;  // of the accepting thread alone
  std::jthread accepting_;              // must be the last field
};

}  // namespace nhanrong::kafka_edges
