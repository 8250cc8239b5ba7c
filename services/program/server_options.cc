#include "services/program/server_options.h"

#include <fcntl.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "services/access/access.h"
#include "services/base/ids.h"
#include "services/feed/kafka/kafka_event_topics.h"
#include "services/ledger/embedded/embedded_log.h"
#include "services/ledger/kafka/kafka_log.h"

namespace nhanrong {
namespace {

constexpr std::size_t kTokenBytes = 32;

absl::Status WriteNewToken(const std::string& path) {
  const std::string token = "nr1_" + absl::WebSafeBase64Escape(RandomBytes(kTokenBytes)) + "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return absl::UnavailableError("cannot make " + path);
  const bool written =
      ::write(file, token.data(), token.size()) == static_cast<ssize_t>(token.size());
  ::close(file);
  return written ? absl::OkStatus() : absl::UnavailableError("cannot write " + path);
}

void AddFeedFlags(CLI::App& command, ServerFlags& flags, ServerKind kind) {
  const bool alone = kind == ServerKind::kFeed;
  if (alone) flags.feed = "internal";
  command
      .add_option(alone ? "--classification" : "--feed", flags.feed,
                  "Phát sự kiện tới mức này ra topic SỔ.events / publish events up to this "
                  "classification to the topic LEDGER.events: public, internal")
      ->check(CLI::IsMember({"public", "internal"}))
      ->capture_default_str();
  command.add_option(alone ? "--instance" : "--feed-instance", flags.feed_instance,
                     "Tên cố định của tiến trình: khởi động lại là phát tiếp ngay / stable name of "
                     "this process: it goes on at once after a restart");
}

// Of what the flags name.
absl::StatusOr<ledger::KafkaLogOptions> KafkaOptions(const ServerFlags& flags) {
  auto properties = KafkaProperties(flags.kafka_entry);
  if (!properties.ok()) return properties.status();
  return ledger::KafkaLogOptions{.bootstrap_servers = flags.kafka,
                                 .topic_prefix = flags.topic_prefix,
                                 .single_broker = flags.single_broker,
                                 .properties = *std::move(properties)};
}

void AddLimitFlags(CLI::App& command, gateway::AgencyLimits& limits) {
  constexpr char kGroup[] =
      "Giới hạn cho mỗi cơ quan, mỗi sổ / limits of an agency in a ledger (0: none)";
  command
      .add_option("--agency-rate", limits.submissions_per_second,
                  "Số việc mỗi giây / submissions a second")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--agency-bytes", limits.bytes_per_second,
                  "Số byte mỗi giây / bytes of submissions a second")
      ->check(CLI::NonNegativeNumber)
      ->default_str(std::to_string(std::llround(limits.bytes_per_second)))
      ->group(kGroup);
  command
      .add_option("--agency-in-flight", limits.in_flight,
                  "Số việc chưa trả lời / unanswered submissions")
      ->capture_default_str()
      ->group(kGroup);
}

void AddTlsFlags(CLI::App& command, ServerFlags& flags) {
  constexpr char kGroup[] =
      "TLS (các tệp PEM đổi lúc nào thì dùng lúc ấy / files count when they change)";
  command
      .add_option("--tls-cert", flags.tls.chain,
                  "Chứng thư của máy chủ, rồi các chứng thư trung gian / certificate chain")
      ->group(kGroup);
  command.add_option("--tls-key", flags.tls.key, "Khóa riêng / private key")->group(kGroup);
  command
      .add_option("--tls-client-ca", flags.tls.client_roots,
                  "Gốc của chứng thư máy khách: bắt buộc có chứng thư / authorities of clients: a "
                  "client certificate is required")
      ->group(kGroup);
  command
      .add_flag("--tls-client-optional", flags.tls_client_optional,
                "Không bắt buộc: ai không có thì dùng mã truy cập / not required: a token will do")
      ->group(kGroup);
}

}  // namespace

void AddServerFlags(CLI::App& command, ServerFlags& flags, ServerKind kind) {
  command.add_option("--data-dir", flags.data_dir, "Thư mục dữ liệu / folder for data")
      ->capture_default_str();
  if (kind != ServerKind::kFeed) {
    command
        .add_option(
            "--listen", flags.listen,
            "Địa chỉ gRPC, không có TLS thì chỉ loopback / gRPC address, loopback without TLS")
        ->capture_default_str();
    AddTlsFlags(command, flags);
    AddLimitFlags(command, flags.limits);
  }
  command.add_option("--http", flags.http, "Địa chỉ /metrics /livez /readyz, loopback")
      ->capture_default_str();
  CLI::Option* kafka = command.add_option(
      "--kafka", flags.kafka,
      "Máy chủ Kafka host:port[,...]; bỏ trống: sổ cái nhúng / Kafka brokers; absent: embedded");
  if (kind == ServerKind::kRole) kafka->required();
  command.add_flag(
      "--single-broker", flags.single_broker,
      "Chấp nhận một broker, ghi đĩa mỗi lần / accept one broker, flushed at each write");
  command.add_option("--topic-prefix", flags.topic_prefix, "Tiền tố tên topic / prefix of topics")
      ->capture_default_str();
  AddKafkaFlags(command, flags.kafka_entry);
  command.add_option("--log-level", flags.log_level, "trace|debug|info|warn|error")
      ->capture_default_str();
  if (kind != ServerKind::kRole) AddFeedFlags(command, flags, kind);
}

absl::StatusOr<std::unique_ptr<ledger::LogStore>> MakeLogStore(const ServerFlags& flags,
                                                               bool writes) {
  if (flags.kafka.empty()) {
    if (flags.single_broker || !flags.kafka_entry.empty()) {
      return absl::InvalidArgumentError("--single-broker and --kafka-… need --kafka");
    }
    return std::make_unique<ledger::EmbeddedLogStore>(
        ledger::EmbeddedLogOptions{.root = flags.data_dir + "/ledgers"});
  }
  auto options = KafkaOptions(flags);
  if (!options.ok()) return options.status();
  options->read_only = !writes;
  return std::make_unique<ledger::KafkaLogStore>(*std::move(options));
}

absl::StatusOr<std::unique_ptr<feed::EventTopics>> MakeEventTopics(const ServerFlags& flags) {
  if (flags.feed.empty()) return std::unique_ptr<feed::EventTopics>();
  if (flags.kafka.empty())
    return absl::InvalidArgumentError("events are published to Kafka: say --kafka HOST:PORT");
  auto options = KafkaOptions(flags);
  if (!options.ok()) return options.status();
  return std::make_unique<feed::KafkaEventTopics>(*std::move(options), flags.feed_instance);
}

absl::StatusOr<std::unique_ptr<certificates::WatchedIdentity>> OpenIdentity(
    const ServerFlags& flags, const Clock& clock) {
  const certificates::IdentityFiles& files = flags.tls;
  if (files.chain.empty() != files.key.empty()) {
    return absl::InvalidArgumentError("--tls-cert and --tls-key need each other");
  }
  if (files.chain.empty() && !files.client_roots.empty()) {
    return absl::InvalidArgumentError("--tls-client-ca needs --tls-cert and --tls-key");
  }
  if (files.client_roots.empty() && flags.tls_client_optional) {
    return absl::InvalidArgumentError("--tls-client-optional needs --tls-client-ca");
  }
  if (files.chain.empty()) return nullptr;
  return certificates::WatchedIdentity::Open(files, clock);
}

absl::StatusOr<Hash> OperatorToken(const std::string& data_dir) {
  std::error_code error;
  std::filesystem::create_directories(data_dir, error);
  if (error) return absl::UnavailableError("cannot make " + data_dir + ": " + error.message());
  const std::string path = data_dir + "/operator.token";
  if (!std::filesystem::exists(path, error)) {
    if (absl::Status written = WriteNewToken(path); !written.ok()) return written;
  }
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  const auto hash = access::TokenHash(text);
  if (!hash) return absl::FailedPreconditionError(path + " does not hold a token");
  return *hash;
}

}  // namespace nhanrong
