// Which of the processes that feed one topic publishes: who has the topic's partition in their
// consumer group. Nothing is read or committed through it.
//
// Not fencing: a process that was paused may still believe for a moment that it has the seat. One
// thread. The destructor leaves the group, so that the next process has the seat at once.
#pragma once

#include <memory>
#include <string>

#include "services/ledger/kafka/kafka_client.h"

namespace nhanrong::feed {

class KafkaSeat {
 public:
  // `instance`: the stable name of this process among them; empty: none.
  static absl::StatusOr<std::unique_ptr<KafkaSeat>> Make(const ledger::KafkaLogOptions& options,
                                                         const std::string& topic,
                                                         const std::string& instance);
  ~KafkaSeat();
  KafkaSeat(const KafkaSeat&) = delete;
  KafkaSeat& operator=(const KafkaSeat&) = delete;

  // Hears what the group has to say, for at most `wait`; whether this process has the seat.
  bool Held(absl::Duration wait);
  // kAlreadyExists: another process has this one's `instance` name.
  absl::Status status() const { return failed_; }

 private:
  KafkaSeat() = default;
  absl::Status Join(const ledger::KafkaLogOptions& options, const std::string& topic,
                    const std::string& instance);

  bool held_ = false;
  absl::Status failed_;
  ledger::RdClient client_;
};

}  // namespace nhanrong::feed
