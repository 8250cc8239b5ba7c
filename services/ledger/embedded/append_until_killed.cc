// Appends numbered records to <root>/ledger until it is killed, and prints the number of each one
// that the log has acknowledged: `append_until_killed <root>`. For crash_test.
#include <unistd.h>

#include <cstdio>
#include <semaphore>
#include <string>

#include "services/ledger/embedded/embedded_log.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  nhanrong::ledger::EmbeddedLogStore store({.root = argv[1], .segment_bytes = 50'000});
  (void)store.Create("ledger");
  auto log = store.Open("ledger");
  if (!log.ok()) {
    std::fprintf(stderr, "%s\n", log.status().ToString().c_str());
    return 1;
  }
  std::counting_semaphore<> in_flight(64);
  for (std::uint64_t number = (*log)->Bounds()->end.value();; ++number) {
    in_flight.acquire();
    (*log)->Append(std::to_string(number) + std::string(300, '.'),
                   [&, number](const absl::StatusOr<nhanrong::Place>& place) {
                     const std::string line = std::to_string(number) + "\n";
                     if (!place.ok() || ::write(1, line.data(), line.size()) < 0) _exit(1);
                     in_flight.release();
                   });
  }
}
