#include "services/program/server_commands.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <memory>

#include "absl/time/clock.h"
#include "services/cli/client/exit_codes.h"
#include "services/node/node.h"
#include "services/operations/operations_server.h"
#include "services/program/server_options.h"
#include "services/program/telemetry.h"
#include "services/rpc/server.h"

namespace nhanrong {
namespace {

// What open calls get when the process is told to stop.
constexpr absl::Duration kStopLimit = absl::Seconds(10);

int FailWith(const absl::Status& status) {
  std::fprintf(stderr, "nhanrong: %s\n", std::string(status.message()).c_str());
  return static_cast<int>(status.code() == absl::StatusCode::kInvalidArgument
                              ? cli::ExitCode::kUsage
                              : cli::ExitCode::kUnavailable);
}

// The message as the inside of a JSON string.
class JsonMessage final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& out) override {
    for (const char c : message.payload) {
      if (c == '"' || c == '\\') out.push_back('\\');
      out.push_back(static_cast<unsigned char>(c) < ' ' ? ' ' : c);
    }
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessage>();
  }
};

void StartLogging(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("nhanrong");
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  formatter->add_flag<JsonMessage>('*').set_pattern(
      R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":"%*"})");
  logger->set_formatter(std::move(formatter));
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

// Blocks the signals for every thread that is started from here on.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

int Serve(const ServerFlags& flags, node::Roles roles) {
  StartLogging(flags.log_level);
  const sigset_t signals = BlockStopSignals();
  const auto operator_token = OperatorToken(flags.data_dir);
  if (!operator_token.ok()) return FailWith(operator_token.status());
  auto store = MakeLogStore(flags);
  if (!store.ok()) return FailWith(store.status());
  const SystemClock clock;
  node::Node node(**store, clock, {flags.data_dir + "/read-models", roles});
  auto operations = operations::StartOperationsServer(
      flags.http, {[&] { return SamplesOf(node); }, [&] { return ProbeOf(node); }});
  if (!operations.ok()) return FailWith(operations.status());
  if (absl::Status opened = node.Start(); !opened.ok()) return FailWith(opened);
  auto server = rpc::StartServer(node, {.listen = flags.listen, .operator_token = *operator_token});
  if (!server.ok()) return FailWith(server.status());
  if (const auto weaker = node.WeakerGuarantee()) spdlog::warn("{}", *weaker);

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping: answering what was taken");
  node.Close(absl::Now() + kStopLimit);
  (*server)->Stop(absl::Now() + kStopLimit);
  (*operations)->Stop();
  node.Stop();
  spdlog::info("stopped");
  return static_cast<int>(cli::ExitCode::kOk);
}

void AddOne(cli::Program& program, const char* name, const char* help, node::Roles roles,
            bool kafka_required) {
  auto flags =
      std::make_shared<ServerFlags>();  // shared with the callback, which runs after parsing
  CLI::App* command = program.app.add_subcommand(name, help);
  AddServerFlags(*command, *flags, kafka_required);
  command->footer(std::string("Ví dụ / examples:\n  nhanrong ") + name +
                  (kafka_required
                       ? " --kafka 127.0.0.1:9092 --single-broker --listen 127.0.0.1:7401\n"
                       : " --data-dir /var/lib/nhanrong\n  nhanrong serve --kafka 127.0.0.1:9092 "
                         "--single-broker\n") +
                  "SIGTERM: trả lời nốt rồi dừng / answers what it has taken, then stops.");
  command->callback(
      [&program, flags, roles] { program.run = [flags, roles] { return Serve(*flags, roles); }; });
}

}  // namespace

void AddServerCommands(cli::Program& program) {
  AddOne(program, "serve", "Chạy mọi vai trò trong một tiến trình / all roles in one process",
         {.gateway = true, .projector = true}, false);
  AddOne(program, "gateway", "Chỉ nhận và ghi / takes submissions only",
         {.gateway = true, .projector = false}, true);
  AddOne(program, "projector", "Chỉ dựng mô hình đọc và trả lời / read models and queries only",
         {.gateway = false, .projector = true}, true);
}

}  // namespace nhanrong
