// Who may include whom: the direction between folders, the purity of the folders that fold, and
// that only the program knows a port and its adapter.
#include <algorithm>
#include <iterator>
#include <string>

#include "tests/tidy/includes.h"
#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

// A file includes its own folder and folders of a lower layer. Folders of one layer do not know
// each other.
struct Layer {
  std::string_view folder;
  int layer;
};
constexpr Layer kLayers[] = {
    {"services/base", 0},
    {"services/domain", 1},
    {"services/generator", 2},     // made-up histories
    {"services/certificates", 1},  // X.509 of servers and systems
    {"services/ledger", 2},
    {"services/streams", 3},    // streams of one ledger, folded
    {"services/projector", 3},  // rows of one ledger, folded
    {"services/access", 4},     // who may do what
    {"services/query", 4},      // the frame of queries
    {"projections", 5},
    {"services/gateway", 6},     // the write side
    {"services/feed", 6},        // events for others
    {"services/notary", 6},      // tiles, checkpoints, receipts
    {"services/node", 7},        // ledgers, gateways and projectors of one process
    {"services/rpc", 8},         // gRPC and JSON over the folders below
    {"services/operations", 8},  // /metrics /livez /readyz
    {"services/dashboard", 8},
    {"demo", 8},
    {"services/cli", 9},
    {"services/program", 10},
    {"tests", 11},
};

const Layer* LayerOf(std::string_view path) {
  for (const Layer& row : kLayers) {
    if (IsBelow(path, row.folder)) return &row;
  }
  return nullptr;
}

// Our own folders by their include path; a generated header ("nhanrong/v1/fact.pb.h") is not one.
bool IsOurs(std::string_view target) {
  return target.starts_with("services/") || target.starts_with("projections/") ||
         target.starts_with("tests/") || target.starts_with("demo/");
}

std::string Misdirected(const Layer& from, std::string_view target) {
  const Layer* to = LayerOf(target);
  if (to == nullptr) {
    return Concat("includes ", target, ", whose folder has no layer in direction_rules.cc");
  }
  if (to->folder == from.folder || to->layer < from.layer) return {};
  return Concat(from.folder, " includes ", to->folder, ", which does not lie below it");
}

Findings CheckDirection(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path)) continue;
    const Layer* from = LayerOf(path);
    if (from == nullptr) {
      findings.push_back({path, 0, "its folder has no layer in direction_rules.cc; give it one"});
      continue;
    }
    for (const Include& include : IncludesOf(text)) {
      if (!IsOurs(include.target)) continue;
      if (std::string wrong = Misdirected(*from, include.target); !wrong.empty()) {
        findings.push_back({path, include.line, std::move(wrong)});
      }
    }
  }
  return findings;
}

// Read models see rows, folds and the frame of queries; that a ledger is behind them is none of
// their business, although it lies below.
Findings CheckProjectionsDoNotKnowLedgers(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path) || IsTest(path) || !IsBelow(path, "projections")) continue;
    for (const Include& include : IncludesOf(text)) {
      if (IsBelow(include.target, "services/ledger")) {
        findings.push_back({path, include.line, "a read model does not know the ledger"});
      }
    }
  }
  return findings;
}

constexpr std::string_view kAdapters[] = {"services/feed/kafka", "services/feed/memory",
                                          "services/ledger/embedded", "services/ledger/kafka",
                                          "services/ledger/memory"};

// The Kafka of the feed is that of the ledger: one way to make a client, one way to read errors.
bool IsOwn(std::string_view path, std::string_view adapter) {
  return IsBelow(path, adapter) ||
         (adapter == "services/ledger/kafka" && IsBelow(path, "services/feed/kafka"));
}

Findings CheckAdapters(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path) || IsTest(path) || IsBelow(path, "services/program")) continue;
    for (const Include& include : IncludesOf(text)) {
      for (const std::string_view adapter : kAdapters) {
        if (IsBelow(include.target, adapter) && !IsOwn(path, adapter)) {
          findings.push_back(
              {path, include.line,
               Concat("only services/program and tests know an engine: take the port, "
                      "services/ledger/log_engine.h or services/feed/event_topic.h, instead of ",
                      include.target)});
        }
      }
    }
  }
  return findings;
}

// Folders whose code is a function of its arguments.
constexpr std::string_view kPure[] = {"services/domain", "services/ledger/admission",
                                      "projections"};
// What reads the clock, a file, another thread or chance. A name that ends in '/' is all below it.
constexpr std::string_view kImpure[] = {
    "chrono",
    "condition_variable",
    "ctime",
    "filesystem",
    "fstream",
    "future",
    "iostream",
    "mutex",
    "random",
    "shared_mutex",
    "stop_token",
    "thread",
    "absl/log/",
    "absl/random/",
    "absl/synchronization/",
    "absl/time/clock.h",
    "services/base/clock.h",
    "unistd.h",
};

bool Matches(std::string_view target, std::string_view pattern) {
  return pattern.ends_with("/") ? target.starts_with(pattern) : target == pattern;
}

bool IsPure(std::string_view path) {
  return std::any_of(std::begin(kPure), std::end(kPure),
                     [&](std::string_view folder) { return IsBelow(path, folder); });
}

Findings CheckPurity(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path) || IsTest(path) || !IsPure(path)) continue;
    for (const Include& include : IncludesOf(text)) {
      for (const std::string_view impure : kImpure) {
        if (Matches(include.target, impure)) {
          findings.push_back({path, include.line,
                              Concat("pure code includes ", include.target,
                                     ": time, ids and chance come in as arguments")});
        }
      }
    }
  }
  return findings;
}

// The domain is closed: what is not named here does not come in.
constexpr std::string_view kDomainMayInclude[] = {
    "services/base/", "services/domain/", "nhanrong/v1/", "google/protobuf/", "absl/", "tl/"};

const std::vector<Exemption>& OpenDomain() {
  static const std::vector<Exemption> kOpen = {
      {"services/domain/values/text.cc", "Unicode's normal forms: a pure function of the text"},
  };
  return kOpen;
}

bool IsOfTheDomain(const Include& include) {
  if (include.target.ends_with(".grpc.pb.h")) return false;
  // Standard headers: <vector>, no folder and no ".h".
  if (include.angled && include.target.find_first_of("./") == std::string_view::npos) return true;
  return std::any_of(std::begin(kDomainMayInclude), std::end(kDomainMayInclude),
                     [&](std::string_view prefix) { return include.target.starts_with(prefix); });
}

Findings CheckDomainIsClosed(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path) || IsTest(path) || !IsBelow(path, "services/domain") ||
        IsExempt(OpenDomain(), path)) {
      continue;
    }
    for (const Include& include : IncludesOf(text)) {
      if (!IsOfTheDomain(include)) {
        findings.push_back({path, include.line,
                            Concat("the domain includes ", include.target,
                                   ": it knows base, messages, absl, tl and std alone")});
      }
    }
  }
  return findings;
}

}  // namespace

std::vector<Rule> DirectionRules() {
  return {
      {"Direction",
       CheckDirection,
       {{"services/base/ids.h", "#include \"services/domain/a.h\"\n"}}},
      {"ProjectionsDoNotKnowLedgers",
       CheckProjectionsDoNotKnowLedgers,
       {{"projections/a/a.cc", "#include \"services/ledger/log_engine.h\"\n"}}},
      {"OnlyTheProgramKnowsAdapters",
       CheckAdapters,
       {{"services/gateway/a.cc", "#include \"services/ledger/kafka/kafka_log.h\"\n"}}},
      {"FoldsArePure", CheckPurity, {{"projections/a/a.cc", "#include <chrono>\n"}}},
      {"DomainIsClosed",
       CheckDomainIsClosed,
       {{"services/domain/a.cc", "#include <spdlog/spdlog.h>\n"}}},
  };
}

}  // namespace nhanrong::tidy
