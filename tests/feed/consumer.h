// Runs the consumer in another language, and waits for a feed to be done.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nhanrong::feed_out {

struct Consumed {
  int exit = -1;
  std::string why;           // standard error
  std::uint64_t events = 0;  // without doubles
  std::uint64_t doubles = 0;
  std::vector<std::string> lines;  // what it counted, in order
};

Consumed Consume(const std::string& broker, const std::string& topic_prefix,
                 const std::string& ledger);

// Whether the process with this port for /metrics has published what `commits` commits give.
bool IsFed(int http_port, const std::string& ledger, std::uint64_t commits);
// Waits until it has.
bool AwaitFed(int http_port, const std::string& ledger, std::uint64_t commits);

// NHANRONG_FEED_SEED, or another one at each run; printed.
unsigned Seed();

}  // namespace nhanrong::feed_out
