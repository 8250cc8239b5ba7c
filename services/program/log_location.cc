#include "services/program/log_location.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/base/text.h"
#include "services/ledger/embedded/embedded_log.h"
#include "services/ledger/kafka/kafka_log.h"

namespace nhanrong {
namespace {

absl::StatusOr<ledger::KafkaLogOptions> KafkaOptions(std::string brokers,
                                                     const LogPlaceFlags& flags, bool read_only) {
  ledger::KafkaLogOptions options;
  if (const auto slash = brokers.find('/'); slash != std::string::npos) {
    options.topic_prefix = brokers.substr(slash + 1);
    brokers.resize(slash);
  }
  auto properties = KafkaProperties(flags.kafka_entry);
  if (!properties.ok()) return properties.status();
  options.bootstrap_servers = std::move(brokers);
  options.single_broker = flags.single_broker;
  options.properties = *std::move(properties);
  options.gapless = true;
  options.read_only = read_only;
  return options;
}

absl::Status NoPlace(const std::string& place) {
  return absl::InvalidArgumentError("'" + place +
                                    "' is no place of a ledger: embedded:DIR or "
                                    "kafka:HOST:PORT[,HOST:PORT][/TOPIC-PREFIX]");
}

// The store at a place; `embedded`: set where it is of this kind.
absl::StatusOr<std::unique_ptr<ledger::LogStore>> StoreAt(const LogPlaceFlags& flags,
                                                          ledger::EmbeddedLogStore** embedded,
                                                          bool read_only) {
  absl::string_view rest = ToAbsl(flags.place);
  if (absl::ConsumePrefix(&rest, "embedded:") && !rest.empty()) {
    auto store = std::make_unique<ledger::EmbeddedLogStore>(
        ledger::EmbeddedLogOptions{.root = std::string(rest) + "/ledgers"});
    *embedded = store.get();
    return store;
  }
  if (absl::ConsumePrefix(&rest, "kafka:") && !rest.empty()) {
    auto options = KafkaOptions(std::string(rest), flags, read_only);
    if (!options.ok()) return options.status();
    return std::make_unique<ledger::KafkaLogStore>(*std::move(options));
  }
  return NoPlace(flags.place);
}

}  // namespace

absl::StatusOr<LogAtPlace> OpenSource(const LogPlaceFlags& flags, const std::string& ledger) {
  ledger::EmbeddedLogStore* embedded = nullptr;
  auto store = StoreAt(flags, &embedded, /*read_only=*/true);
  if (!store.ok()) return store.status();
  auto log = (*store)->Open(ledger);
  const bool beside = embedded != nullptr && absl::IsFailedPrecondition(log.status());
  if (beside) log = embedded->OpenBesideItsWriter(ledger);
  if (!log.ok()) return log.status();
  return LogAtPlace{*std::move(store), *std::move(log), beside};
}

absl::StatusOr<LogAtPlace> OpenTarget(const LogPlaceFlags& flags, const std::string& ledger,
                                      bool create) {
  ledger::EmbeddedLogStore* embedded = nullptr;
  auto store = StoreAt(flags, &embedded, /*read_only=*/!create);
  if (!store.ok()) return store.status();
  if (create) {
    const absl::Status created = (*store)->Create(ledger);
    if (!created.ok() && !absl::IsAlreadyExists(created)) return created;
  }
  auto log = (*store)->Open(ledger);
  if (!log.ok()) return log.status();
  return LogAtPlace{*std::move(store), *std::move(log), false};
}

}  // namespace nhanrong
