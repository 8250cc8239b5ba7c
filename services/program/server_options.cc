#include "services/program/server_options.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "services/access/access.h"
#include "services/base/ids.h"
#include "services/ledger/embedded/embedded_log.h"
#include "services/ledger/kafka/kafka_log.h"

namespace nhanrong {
namespace {

constexpr std::size_t kTokenBytes = 32;

absl::StatusOr<std::map<std::string, std::string>> Properties(
    const std::vector<std::string>& given) {
  std::map<std::string, std::string> properties;
  for (const std::string& pair : given) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return absl::InvalidArgumentError("--kafka-property wants name=value, not " + pair);
    }
    properties[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return properties;
}

absl::Status WriteNewToken(const std::string& path) {
  const std::string token = "nr1_" + absl::WebSafeBase64Escape(RandomBytes(kTokenBytes)) + "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return absl::UnavailableError("cannot make " + path);
  const bool written =
      ::write(file, token.data(), token.size()) == static_cast<ssize_t>(token.size());
  ::close(file);
  return written ? absl::OkStatus() : absl::UnavailableError("cannot write " + path);
}

}  // namespace

void AddServerFlags(CLI::App& command, ServerFlags& flags, bool kafka_required) {
  command.add_option("--data-dir", flags.data_dir, "Thư mục dữ liệu / folder for data")
      ->capture_default_str();
  command.add_option("--listen", flags.listen, "Địa chỉ gRPC / gRPC address, loopback")
      ->capture_default_str();
  command.add_option("--http", flags.http, "Địa chỉ /metrics /livez /readyz, loopback")
      ->capture_default_str();
  CLI::Option* kafka = command.add_option(
      "--kafka", flags.kafka,
      "Máy chủ Kafka host:port[,...]; bỏ trống: sổ cái nhúng / Kafka brokers; absent: embedded");
  if (kafka_required) kafka->required();
  command.add_flag(
      "--single-broker", flags.single_broker,
      "Chấp nhận một broker, ghi đĩa mỗi lần / accept one broker, flushed at each write");
  command.add_option("--topic-prefix", flags.topic_prefix, "Tiền tố tên topic / prefix of topics")
      ->capture_default_str();
  command.add_option("--kafka-property", flags.kafka_properties,
                     "Thuộc tính librdkafka name=value (TLS, SASL); lặp lại được");
  command.add_option("--log-level", flags.log_level, "trace|debug|info|warn|error")
      ->capture_default_str();
}

absl::StatusOr<std::unique_ptr<ledger::LogStore>> MakeLogStore(const ServerFlags& flags) {
  if (flags.kafka.empty()) {
    if (flags.single_broker || !flags.kafka_properties.empty()) {
      return absl::InvalidArgumentError("--single-broker and --kafka-property need --kafka");
    }
    return std::make_unique<ledger::EmbeddedLogStore>(
        ledger::EmbeddedLogOptions{.root = flags.data_dir + "/ledgers"});
  }
  auto properties = Properties(flags.kafka_properties);
  if (!properties.ok()) return properties.status();
  return std::make_unique<ledger::KafkaLogStore>(
      ledger::KafkaLogOptions{.bootstrap_servers = flags.kafka,
                              .topic_prefix = flags.topic_prefix,
                              .single_broker = flags.single_broker,
                              .properties = *std::move(properties)});
}

absl::StatusOr<Hash> OperatorToken(const std::string& data_dir) {
  std::error_code error;
  std::filesystem::create_directories(data_dir, error);
  if (error) return absl::UnavailableError("cannot make " + data_dir + ": " + error.message());
  const std::string path = data_dir + "/operator.token";
  if (!std::filesystem::exists(path)) {
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
