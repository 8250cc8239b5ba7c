// Where a ledger lies, as a person writes it: "embedded:DIR" or "kafka:HOST:PORT[,…][/PREFIX]".
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/ledger/log_engine.h"
#include "services/program/kafka_flags.h"

namespace nhanrong {

struct LogPlaceFlags {
  std::string place;
  bool single_broker = false;
  KafkaFlags kafka_entry = {};
};

// A log with the store that it needs.
struct LogAtPlace {
  std::unique_ptr<ledger::LogStore> store;
  std::unique_ptr<ledger::Log> log;  // ends first
  // A server has it open: only what is surely on the disk is given.
  bool beside_its_writer = false;
};

// For reading. kInvalidArgument: no such form of a place; else as LogStore::Open.
absl::StatusOr<LogAtPlace> OpenSource(const LogPlaceFlags& flags, const std::string& ledger);
// For appending without a gap; made when it is not there and `create` says so.
absl::StatusOr<LogAtPlace> OpenTarget(const LogPlaceFlags& flags, const std::string& ledger,
                                      bool create);

}  // namespace nhanrong
