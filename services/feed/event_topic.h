// The port to where a ledger's events are published: a topic that keeps messages in order and can
// be read back.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace nhanrong::feed {

// A CloudEvent in Kafka's binary mode: attributes are headers, data is the value.
struct EventMessage {
  std::string key;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string value;
};

// How to read the values: a google.protobuf.FileDescriptorSet under a name made from its hash.
struct Schema {
  std::string uri;
  std::string descriptors;
};

// One ledger's topic in one process. One thread, but for Interrupt. Blocks on the broker.
class EventTopic {
 public:
  virtual ~EventTopic() = default;
  // Makes the schema readable for whoever has the broker alone; nothing when it is there already.
  virtual absl::Status PublishSchema(const Schema& schema) = 0;
  // Whether this process is the one that publishes; of several, the others stand by. Waits up to
  // `wait` for it to become so. Must be asked at least once a minute. kAlreadyExists: another
  // process has taken its name, so it will never be.
  virtual absl::StatusOr<bool> HoldsSeat(absl::Duration wait) = 0;
  // Values of the last `count` messages, oldest first; fewer only if there are no more.
  virtual absl::StatusOr<std::vector<std::string>> LastValues(std::size_t count) = 0;
  // Returns OK when all are durable, in this order. After any other answer some first ones of them
  // are, none behind a missing one, and this object publishes nothing more: kAborted, the seat was
  // lost; kCancelled, interrupted. While the broker is away it waits.
  virtual absl::Status Publish(std::span<const EventMessage> messages) = 0;
  // Makes what waits return soon, now and later. Thread-safe.
  virtual void Interrupt() = 0;
};

// The topics of an installation. Thread-safe.
class EventTopics {
 public:
  virtual ~EventTopics() = default;
  // Made when it is not there. kFailedPrecondition: it has settings with which it cannot keep what
  // is promised, and what to do. kUnavailable.
  virtual absl::StatusOr<std::unique_ptr<EventTopic>> Open(std::string_view ledger) = 0;
  // Name of a ledger's topic, for people.
  virtual std::string NameOf(std::string_view ledger) const = 0;
};

}  // namespace nhanrong::feed
