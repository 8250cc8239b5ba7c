#include "tests/feed/consumer.h"

#include <cstdlib>
#include <iostream>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/projector/test_directory.h"
#include "tests/crash/process.h"

namespace nhanrong::feed_out {
namespace {

// The number behind "name " where the line begins so.
void TakeNumber(absl::string_view line, absl::string_view name, std::uint64_t& number) {
  if (absl::StartsWith(line, name)) {
    (void)absl::SimpleAtoi(line.substr(name.size()), &number);
  }
}

bool IsHead(absl::string_view line) {
  return absl::StartsWith(line, "events ") || absl::StartsWith(line, "doubles ") ||
         absl::StartsWith(line, "last ");
}

}  // namespace

Consumed Consume(const std::string& broker, const std::string& topic_prefix,
                 const std::string& ledger) {
  const projector::TestDirectory scratch;
  const crash::Finished finished = crash::RunToEnd(
      {NHANRONG_CONSUMER_PYTHON, NHANRONG_CONSUMER, broker, topic_prefix, ledger}, scratch.path());
  Consumed consumed;
  consumed.exit = finished.exit;
  consumed.why = finished.err;
  for (const auto line : absl::StrSplit(finished.out, '\n', absl::SkipEmpty())) {
    TakeNumber(line, "events ", consumed.events);
    TakeNumber(line, "doubles ", consumed.doubles);
    if (!IsHead(line)) consumed.lines.emplace_back(line);
  }
  return consumed;
}

bool IsFed(int http_port, const std::string& ledger, std::uint64_t commits) {
  const std::string label = absl::StrCat("{ledger=\"", ledger, "\"} ");
  const std::string metrics = crash::HttpGet(http_port, "/metrics");
  return absl::StrContains(metrics,
                           absl::StrCat("nhanrong_ledger_commits", label, commits, "\n")) &&
         absl::StrContains(metrics, absl::StrCat("nhanrong_feed_lag_commits", label, "0\n"));
}

bool AwaitFed(int http_port, const std::string& ledger, std::uint64_t commits) {
  return crash::Await([&] { return IsFed(http_port, ledger, commits); });
}

unsigned Seed() {
  const char* given = std::getenv("NHANRONG_FEED_SEED");
  unsigned seed = std::random_device{}() >> 1;
  if (given != nullptr) (void)absl::SimpleAtoi(given, &seed);
  std::cout << "NHANRONG_FEED_SEED=" << seed << std::endl;
  return seed;
}

}  // namespace nhanrong::feed_out
