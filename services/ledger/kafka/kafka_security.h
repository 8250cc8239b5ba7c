// How a process and a cluster know each other: TLS and SASL, as properties of librdkafka.
//
// Pure. A password is never sent without TLS, and stands in no message of an error.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nhanrong::ledger {

struct KafkaSecurity {
  std::string ca_file = {};           // PEM; empty: the authorities of this machine
  std::string certificate_file = {};  // PEM, with key_file: of this process
  std::string key_file = {};
  std::string sasl_mechanism = {};  // PLAIN, SCRAM-SHA-256, SCRAM-SHA-512; empty: none
  std::string user = {};
  std::string password = {};
};

// None where nothing is set; else TLS, and SASL over it. kInvalidArgument: what does not fit
// together.
absl::StatusOr<std::map<std::string, std::string>> SecurityProperties(
    const KafkaSecurity& security);

// Whether somebody other than this program may set the property: how brokers are reached and
// trusted, and what is compressed. Everything else is the program's own, since promises rest on it.
bool MayBeSet(std::string_view property);
// "ssl.*, sasl.*, …", for messages.
std::string PropertiesThatMayBeSet();

}  // namespace nhanrong::ledger
