#include "services/operations/operations_server.h"

#include <httplib.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <map>
#include <thread>

#include "absl/strings/match.h"

namespace nhanrong::operations {
namespace {

constexpr char kMetricsType[] = "text/plain; version=0.0.4; charset=utf-8";
constexpr char kTextType[] = "text/plain; charset=utf-8";
// Probes and one scraper; more would be an attack.
constexpr int kThreads = 2;
constexpr int kPortMax = 65'535;
// A thread needs no time to begin to listen; a machine under load may let it wait.
constexpr std::chrono::seconds kStartLimit{10};
constexpr int kHttpOk = 200;
constexpr int kHttpUnavailable = 503;

struct Address {
  std::string host;
  int port = 0;
};

absl::StatusOr<Address> ParseLoopback(const std::string& listen) {
  const auto colon = listen.rfind(':');
  Address address;
  if (colon != std::string::npos) {
    address.host = listen.substr(0, colon);
    const char* end = listen.data() + listen.size();
    const auto [at, error] = std::from_chars(listen.data() + colon + 1, end, address.port);
    const bool loopback = absl::StartsWith(address.host, "127.") || address.host == "localhost";
    const bool is_port = address.port >= 0 && address.port <= kPortMax;
    if (loopback && is_port && error == std::errc() && at == end) return address;
  }
  return absl::InvalidArgumentError("operations are served on loopback only, 127.0.0.1:PORT, not " +
                                    listen);
}

// Without SO_REUSEPORT, the library's default: a port that another process has is taken.
void SetSocketOptions(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

class HttpServer final : public OperationsServer {
 public:
  explicit HttpServer(Sources sources) : sources_(std::move(sources)) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_socket_options(SetSocketOptions);
    server_.Get("/livez", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("ok\n", kTextType);
    });
    server_.Get("/readyz", [this](const httplib::Request&, httplib::Response& response) {
      const Probe probe = sources_.ready();
      std::string text = probe.ready ? "ready\n" : "not ready\n";
      for (const std::string& note : probe.notes) text += note + "\n";
      response.status = probe.ready ? kHttpOk : kHttpUnavailable;
      response.set_content(text, kTextType);
    });
    server_.Get("/metrics", [this](const httplib::Request&, httplib::Response& response) {
      response.set_content(MetricsText(sources_.samples()), kMetricsType);
    });
  }
  ~HttpServer() override { Stop(); }

  absl::Status Start(const Address& address) {
    if (address.port == 0) {
      port_ = server_.bind_to_any_port(address.host);
    } else if (server_.bind_to_port(address.host, address.port)) {
      port_ = address.port;
    }
    if (port_ <= 0) {
      return absl::UnavailableError("cannot listen on " + address.host + ":" +
                                    std::to_string(address.port) + ": is the port taken?");
    }
    thread_ = std::jthread([this] {
      server_.listen_after_bind();
      ended_ = true;
    });
    return AwaitListening();
  }

  int port() const override { return port_; }
  void Stop() override {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  // Stop does nothing to a server that does not listen yet.
  absl::Status AwaitListening() {
    const auto deadline = std::chrono::steady_clock::now() + kStartLimit;
    while (!server_.is_running()) {
      if (ended_ || std::chrono::steady_clock::now() > deadline) {
        return absl::UnavailableError("the operations server did not begin to listen");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  }

  const Sources sources_;
  httplib::Server server_;
  int port_ = 0;
  std::atomic<bool> ended_{false};
  std::jthread thread_;  // last member: ends before the server
};

}  // namespace

std::string MetricsText(const std::vector<Sample>& samples) {
  std::map<std::string, prometheus::MetricFamily> families;
  for (const Sample& sample : samples) {
    prometheus::MetricFamily& family = families[sample.name];
    family.name = sample.name;
    family.help = sample.help;
    prometheus::ClientMetric metric;
    for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
    if (sample.kind == Sample::Kind::kCounter) {
      family.type = prometheus::MetricType::Counter;
      metric.counter.value = sample.value;
    } else {
      family.type = prometheus::MetricType::Gauge;
      metric.gauge.value = sample.value;
    }
    family.metric.push_back(std::move(metric));
  }
  std::vector<prometheus::MetricFamily> list;
  list.reserve(families.size());
  for (auto& [name, family] : families) list.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(list);
}

absl::StatusOr<std::unique_ptr<OperationsServer>> StartOperationsServer(const std::string& listen,
                                                                        Sources sources) {
  const auto address = ParseLoopback(listen);
  if (!address.ok()) return address.status();
  auto server = std::make_unique<HttpServer>(std::move(sources));
  if (absl::Status started = server->Start(*address); !started.ok()) return started;
  spdlog::info("operations on http://{}:{} (/metrics /livez /readyz)", address->host,
               server->port());
  return server;
}

}  // namespace nhanrong::operations
