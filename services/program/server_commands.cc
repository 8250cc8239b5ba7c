#include "services/program/server_commands.h"

#include <google/protobuf/stubs/logging.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "services/cli/client/exit_codes.h"
#include "services/feed/schema.h"
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
  cli::ExitCode code = cli::ExitCode::kUnavailable;
  if (absl::IsInvalidArgument(status)) code = cli::ExitCode::kUsage;
  if (absl::IsPermissionDenied(status)) code = cli::ExitCode::kNotAllowed;
  return static_cast<int>(code);
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
  // What protobuf says of bytes that strangers send would stand between the lines; the sender is
  // told.
  google::protobuf::SetLogHandler([](google::protobuf::LogLevel, const char*, int,
                                     const std::string& text) { spdlog::debug("{}", text); });
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

feed::Audience AudienceOf(const ServerFlags& flags) {
  return flags.feed == "public" ? feed::Audience::kPublic : feed::Audience::kInternal;
}

int Serve(const ServerFlags& flags, node::Roles roles) {
  StartLogging(flags.log_level);
  const sigset_t signals = BlockStopSignals();
  absl::StatusOr<Hash> operator_token = Hash{};
  if (roles.answers()) operator_token = OperatorToken(flags.data_dir);
  if (!operator_token.ok()) return FailWith(operator_token.status());
  auto store = MakeLogStore(flags, roles.gateway);
  if (!store.ok()) return FailWith(store.status());
  const auto topics = MakeEventTopics(flags);
  if (!topics.ok()) return FailWith(topics.status());
  if (*topics) roles.feed = {topics->get(), AudienceOf(flags)};
  const SystemClock clock;
  const auto identity = OpenIdentity(flags, clock);
  if (!identity.ok()) return FailWith(identity.status());
  node::Node node(**store, clock, {flags.data_dir + "/read-models", roles, flags.limits});
  std::atomic<const rpc::Server*> listening{nullptr};
  auto operations = operations::StartOperationsServer(
      flags.http, {[&] { return SamplesOf(node, listening, identity->get()); },
                   [&] { return ProbeOf(node, identity->get()); }});
  if (!operations.ok()) return FailWith(operations.status());
  if (absl::Status opened = node.Start(); !opened.ok()) return FailWith(opened);
  absl::StatusOr<std::unique_ptr<rpc::Server>> server = nullptr;
  if (roles.answers()) {
    server =
        rpc::StartServer(node, {.listen = flags.listen,
                                .operator_token = *operator_token,
                                .identity = identity->get(),
                                .client_certificate = flags.tls_client_optional
                                                          ? rpc::ClientCertificate::kOptional
                                                          : rpc::ClientCertificate::kRequired});
    if (!server.ok()) return FailWith(server.status());
    listening = server->get();
  }
  if (const auto weaker = node.WeakerGuarantee()) spdlog::warn("{}", *weaker);

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping: answering what was taken");
  if (*server) (*server)->EndStreams();
  node.Close(absl::Now() + kStopLimit);
  if (*server) (*server)->Stop(absl::Now() + kStopLimit);
  (*operations)->Stop();
  node.Stop();
  spdlog::info("stopped");
  return static_cast<int>(cli::ExitCode::kOk);
}

// The schema of published events, for consumers that want it as a file.
int WriteDescriptors(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << feed::PublishedSchema().descriptors << std::flush;
  if (!file) {
    std::fprintf(stderr, "nhanrong: cannot write %s\n", path.c_str());
    return static_cast<int>(cli::ExitCode::kLocal);
  }
  std::printf("%s\n", feed::PublishedSchema().uri.c_str());
  return static_cast<int>(cli::ExitCode::kOk);
}

struct ServerCommand {
  const char* name;
  const char* help;
  const char* examples;
  ServerKind kind;
  node::Roles roles;
};

CLI::App* AddOne(cli::Program& program, const ServerCommand& row,
                 const std::shared_ptr<ServerFlags>& flags) {
  CLI::App* command = program.app.add_subcommand(row.name, row.help);
  AddServerFlags(*command, *flags, row.kind);
  command->footer(std::string("Ví dụ / examples:\n") + row.examples +
                  "SIGTERM: trả lời nốt rồi dừng / answers what it has taken, then stops.");
  command->callback([&program, flags, roles = row.roles] {
    program.run = [flags, roles] { return Serve(*flags, roles); };
  });
  return command;
}

void AddFeed(cli::Program& program) {
  auto flags = std::make_shared<ServerFlags>();  // shared with callbacks, as is the next
  auto descriptors = std::make_shared<std::string>();
  CLI::App* command =
      AddOne(program,
             {"feed",
              "Phát sự kiện đã nhận ra topic SỔ.events / publishes accepted events",
              "  nhanrong feed --kafka 127.0.0.1:9092 --single-broker\n"
              "  nhanrong feed --kafka 10.0.0.1:9092 --classification public --instance feed-1\n"
              "  nhanrong feed --descriptors nhanrong.binpb\n",
              ServerKind::kFeed,
              {.gateway = false, .projector = false}},
             flags);
  command->add_option("--descriptors", *descriptors,
                      "Chỉ ghi FileDescriptorSet của sự kiện ra tệp / only write the "
                      "FileDescriptorSet of the events to a file");
  command->callback([&program, flags, descriptors] {
    program.run = [flags, descriptors] {
      if (!descriptors->empty()) return WriteDescriptors(*descriptors);
      return Serve(*flags, {.gateway = false, .projector = false});
    };
  });
}

}  // namespace

void AddServerCommands(cli::Program& program) {
  const ServerCommand commands[] = {
      {"serve",
       "Chạy mọi vai trò trong một tiến trình / all roles in one process",
       "  nhanrong serve --data-dir /var/lib/nhanrong\n"
       "  nhanrong serve --kafka 127.0.0.1:9092 --single-broker --feed internal\n",
       ServerKind::kServe,
       {}},
      {"gateway",
       "Chỉ nhận và ghi / takes submissions only",
       "  nhanrong gateway --kafka 127.0.0.1:9092 --single-broker --listen 127.0.0.1:7401\n",
       ServerKind::kRole,
       {.projector = false}},
      {"projector",
       "Chỉ dựng mô hình đọc và trả lời / read models and queries only",
       "  nhanrong projector --kafka 127.0.0.1:9092 --single-broker --listen 127.0.0.1:7401\n",
       ServerKind::kRole,
       {.gateway = false}},
  };
  for (const ServerCommand& row : commands) {
    AddOne(program, row, std::make_shared<ServerFlags>());  // shared with the row's callback
  }
  AddFeed(program);
}

}  // namespace nhanrong
