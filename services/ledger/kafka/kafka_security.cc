#include "services/ledger/kafka/kafka_security.h"

#include <algorithm>
#include <array>

namespace nhanrong::ledger {
namespace {

constexpr std::array<std::string_view, 3> kMechanisms = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"};

// Names, and beginnings of names that end with a dot.
constexpr std::array<std::string_view, 8> kMayBeSet = {
    "security.protocol", "ssl.",        "sasl.",        "socket.",
    "broker.address.",   "client.rack", "compression.", "connections.max.idle.ms"};
// Within these, what would take a promise back: that a broker is the one it says it is, that a
// record leaves at once, that a broker that answers nothing is noticed.
constexpr std::array<std::string_view, 3> kMayNotBeSet = {
    "ssl.endpoint.identification.algorithm", "socket.nagle.disable", "socket.timeout.ms"};

absl::Status Misfit(const KafkaSecurity& security) {
  if (security.certificate_file.empty() != security.key_file.empty()) {
    return absl::InvalidArgumentError("--kafka-cert and --kafka-key need each other");
  }
  const std::string& mechanism = security.sasl_mechanism;
  if (mechanism.empty()) {
    if (security.user.empty() && security.password.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "a Kafka user and a password need --kafka-sasl-mechanism (PLAIN, SCRAM-SHA-256, "
        "SCRAM-SHA-512)");
  }
  if (std::find(kMechanisms.begin(), kMechanisms.end(), mechanism) == kMechanisms.end()) {
    return absl::InvalidArgumentError("--kafka-sasl-mechanism is " + mechanism +
                                      "; it must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
  }
  if (security.user.empty()) {
    return absl::InvalidArgumentError("--kafka-sasl-mechanism needs --kafka-user");
  }
  if (security.password.empty()) {
    return absl::InvalidArgumentError(
        "--kafka-sasl-mechanism needs a password: --kafka-password-file FILE, or the environment "
        "variable NHANRONG_KAFKA_PASSWORD");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> SecurityProperties(
    const KafkaSecurity& security) {
  if (absl::Status misfit = Misfit(security); !misfit.ok()) return misfit;
  std::map<std::string, std::string> properties;
  const bool sasl = !security.sasl_mechanism.empty();
  const bool tls = sasl || !security.ca_file.empty() || !security.certificate_file.empty();
  if (!tls) return properties;
  properties["security.protocol"] = sasl ? "SASL_SSL" : "SSL";
  if (!security.ca_file.empty()) properties["ssl.ca.location"] = security.ca_file;
  if (!security.certificate_file.empty()) {
    properties["ssl.certificate.location"] = security.certificate_file;
    properties["ssl.key.location"] = security.key_file;
  }
  if (sasl) {
    properties["sasl.mechanism"] = security.sasl_mechanism;
    properties["sasl.username"] = security.user;
    properties["sasl.password"] = security.password;
  }
  return properties;
}

bool MayBeSet(std::string_view property) {
  if (std::find(kMayNotBeSet.begin(), kMayNotBeSet.end(), property) != kMayNotBeSet.end()) {
    return false;
  }
  return std::any_of(kMayBeSet.begin(), kMayBeSet.end(), [&](std::string_view allowed) {
    return allowed.back() == '.' ? property.substr(0, allowed.size()) == allowed
                                 : property == allowed;
  });
}

std::string PropertiesThatMayBeSet() {
  std::string text;
  for (const std::string_view allowed : kMayBeSet) {
    text += (text.empty() ? "" : ", ") + std::string(allowed) + (allowed.back() == '.' ? "*" : "");
  }
  return text;
}

}  // namespace nhanrong::ledger
