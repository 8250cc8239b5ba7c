#include "services/program/kafka_flags.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/ledger/kafka/kafka_security.h"

namespace nhanrong {
namespace {

constexpr char kPasswordVariable[] = "NHANRONG_KAFKA_PASSWORD";

// The text of a file that holds a secret.
absl::StatusOr<std::string> SecretText(const std::string& flag, const std::string& path) {
  struct stat about {};
  std::ifstream file(path);
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode) || !file) {
    const std::string why = S_ISDIR(about.st_mode) ? "it is a folder" : std::strerror(errno);
    return absl::InvalidArgumentError(absl::StrCat(flag, " ", path, " cannot be read: ", why));
  }
  constexpr unsigned kOthers = S_IRWXG | S_IRWXO;
  if ((about.st_mode & kOthers) != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        flag, " ", path, " can be opened by others; it holds a secret: chmod 600 ", path));
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::StatusOr<std::string> Password(const KafkaFlags& flags) {
  if (flags.password_file.empty()) {
    const char* given = std::getenv(kPasswordVariable);
    // Without a mechanism the variable may be there for another program.
    return std::string(given == nullptr || flags.sasl_mechanism.empty() ? "" : given);
  }
  auto text = SecretText("--kafka-password-file", flags.password_file);
  if (!text.ok()) return text.status();
  std::string password = text->substr(0, text->find('\n'));
  if (!password.empty() && password.back() == '\r') password.pop_back();
  if (password.empty()) {
    return absl::InvalidArgumentError("--kafka-password-file " + flags.password_file +
                                      " is empty; its first line is the password");
  }
  return password;
}

// One line of a configuration file; what is wrong is named without the value, which may be secret.
absl::Status AddLine(const std::string& where, absl::string_view line,
                     std::map<std::string, std::string>& properties) {
  line = absl::StripAsciiWhitespace(line);
  if (line.empty() || line[0] == '#') return absl::OkStatus();
  const auto equals = line.find('=');
  if (equals == absl::string_view::npos || equals == 0) {
    return absl::InvalidArgumentError(where + ": a line is name=value");
  }
  const std::string name(absl::StripAsciiWhitespace(line.substr(0, equals)));
  const std::string value(absl::StripAsciiWhitespace(line.substr(equals + 1)));
  if (!ledger::MayBeSet(name)) {
    return absl::InvalidArgumentError(absl::StrCat(
        where, ": ", name, " is not for a configuration to set, since promises rest on it; ",
        ledger::PropertiesThatMayBeSet(), " are"));
  }
  if (!properties.emplace(name, value).second) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": ", name, " is there twice"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, std::string>> ConfigProperties(const std::string& path) {
  std::map<std::string, std::string> properties;
  if (path.empty()) return properties;
  const auto text = SecretText("--kafka-config", path);
  if (!text.ok()) return text.status();
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
    const std::string where = absl::StrCat("--kafka-config ", path, ", line ", ++number);
    if (absl::Status added = AddLine(where, line, properties); !added.ok()) return added;
  }
  return properties;
}

}  // namespace

void AddKafkaFlags(CLI::App& command, KafkaFlags& flags) {
  constexpr char kGroup[] = "Kafka: TLS, SASL (SASL luôn qua TLS / SASL always over TLS)";
  const auto add = [&](const char* name, std::string& value, const char* help) {
    command.add_option(name, value, help)->group(kGroup);
  };
  add("--kafka-ca", flags.ca_file,
      "CA của broker, PEM; bỏ trống khi có SASL: CA của máy / authorities of the brokers; absent "
      "with SASL: those of this machine");
  add("--kafka-cert", flags.certificate_file,
      "Chứng thư của tiến trình này, PEM / certificate of this process");
  add("--kafka-key", flags.key_file, "Khóa riêng của chứng thư / its private key");
  add("--kafka-sasl-mechanism", flags.sasl_mechanism, "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512");
  add("--kafka-user", flags.user, "Tên đăng nhập / user");
  add("--kafka-password-file", flags.password_file,
      "Tệp có mật khẩu ở dòng đầu, quyền 0600; hoặc biến NHANRONG_KAFKA_PASSWORD / its first line "
      "is the password, mode 0600; or the variable");
  add("--kafka-config", flags.config_file,
      "Tệp name=value của librdkafka, quyền 0600: ssl.*, sasl.*, socket.*, compression.* … / "
      "properties of librdkafka, mode 0600");
}

absl::StatusOr<std::map<std::string, std::string>> KafkaProperties(const KafkaFlags& flags) {
  auto password = Password(flags);
  if (!password.ok()) return password.status();
  auto properties = ledger::SecurityProperties({.ca_file = flags.ca_file,
                                                .certificate_file = flags.certificate_file,
                                                .key_file = flags.key_file,
                                                .sasl_mechanism = flags.sasl_mechanism,
                                                .user = flags.user,
                                                .password = *std::move(password)});
  if (!properties.ok()) return properties.status();
  const auto configured = ConfigProperties(flags.config_file);
  if (!configured.ok()) return configured.status();
  for (const auto& [name, value] : *configured) {
    if (!properties->emplace(name, value).second) {
      return absl::InvalidArgumentError("--kafka-config " + flags.config_file + ": " + name +
                                        " is said by a flag too");
    }
  }
  return properties;
}

}  // namespace nhanrong
