// /metrics, /livez and /readyz over HTTP/1.1, for machines that watch.
//
// Threads: a few of its own; the functions it is given are called from them. Stop is idempotent.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace nhanrong::operations {

// One time series: name, labels, value, taken when /metrics is asked.
struct Sample {
  enum class Kind { kCounter, kGauge };
  std::string name;  // "nhanrong_ledger_commits_total"
  std::string help;
  Kind kind = Kind::kCounter;
  std::vector<std::pair<std::string, std::string>> labels;
  double value = 0;
};

struct Probe {
  bool ready = false;
  // What is not ready, or which promise is weaker; one line each.
  std::vector<std::string> notes;
};

struct Sources {
  std::function<std::vector<Sample>()> samples;
  std::function<Probe()> ready;
};

class OperationsServer {
 public:
  virtual ~OperationsServer() = default;
  virtual int port() const = 0;
  virtual void Stop() = 0;
};

// `listen`: "127.0.0.1:7480", loopback only; port 0: a free one.
absl::StatusOr<std::unique_ptr<OperationsServer>> StartOperationsServer(const std::string& listen,
                                                                        Sources sources);

// The text that /metrics gives (Prometheus exposition format 0.0.4).
std::string MetricsText(const std::vector<Sample>& samples);

}  // namespace nhanrong::operations
