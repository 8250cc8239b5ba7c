// The flags that say how a Kafka cluster is entered, the same for every command that uses one.
//
// Secrets come from files that nobody else may read, or from the environment: never from the
// command line, which everybody on the machine can list.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace CLI {
class App;
}

namespace nhanrong {

struct KafkaFlags {
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  std::string sasl_mechanism;
  std::string user;
  std::string password_file;
  std::string config_file;  // "name=value" lines, properties of librdkafka

  bool empty() const {
    return ca_file.empty() && certificate_file.empty() && key_file.empty() &&
           sasl_mechanism.empty() && user.empty() && password_file.empty() && config_file.empty();
  }
};

void AddKafkaFlags(CLI::App& command, KafkaFlags& flags);

// Properties of librdkafka. kInvalidArgument: flags that do not fit together, a file that cannot be
// read or can be read by others, a property that is not for others to set.
absl::StatusOr<std::map<std::string, std::string>> KafkaProperties(const KafkaFlags& flags);

}  // namespace nhanrong
