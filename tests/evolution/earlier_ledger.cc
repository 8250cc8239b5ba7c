#include "tests/evolution/earlier_ledger.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/cli/client/json.h"
#include "services/cli/client/token.h"
#include "services/gateway/genesis.h"

namespace nhanrong::evolution {
namespace {

std::string Text(const std::string& name) {
  std::ifstream file(std::string(NHANRONG_SOURCE_DIR) + "/tests/evolution/testdata/" + name);
  NR_CHECK(file.good(), name.c_str());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> Lines(const std::string& name) {
  return absl::StrSplit(Text(name), '\n', absl::SkipEmpty());
}

void Parse(const std::string& json, google::protobuf::Message* message) {
  const absl::Status parsed = cli::ParseJson(json, message);
  NR_CHECK(parsed.ok(), parsed.ToString().c_str());
}

}  // namespace

std::string TokenOf(const std::string& who) {
  const Hash bytes = Sha256("a token of these tests: " + who);
  std::string text = absl::WebSafeBase64Escape(std::string(AsBytes(bytes)));
  return "nr1_" + text;
}

std::string GenesisWrittenToday() {
  v1::CreateLedgerRequest asked;
  Parse(Text("create.json"), &asked);
  v1::Record then;
  NR_CHECK(then.ParseFromString(Records().front()), "a record");
  gateway::GenesisPlan plan;
  std::copy(then.ledger_id().begin(), then.ledger_id().end(), plan.ledger_id.begin());
  plan.ledger_name = asked.name();
  plan.simulated_clock = asked.simulated_clock();
  plan.recorded_at = absl::FromUnixSeconds(asked.simulated_recorded_at().seconds());
  plan.agency_id = asked.agency_id();
  plan.agency_name = asked.agency_name();
  plan.actor_id = asked.actor_id();
  plan.administrator_title = asked.administrator_title();
  plan.token_hash = *cli::TokenHash(TokenOf("administrator"));
  for (const int role : asked.roles()) plan.roles.push_back(static_cast<v1::Role>(role));
  return gateway::GenesisRecord(plan).SerializeAsString();
}

std::vector<Sent> Submissions() {
  std::vector<Sent> all;
  for (const std::string& line : Lines("submissions.txt")) {
    const std::size_t space = line.find(' ');
    Sent& sent = all.emplace_back();
    sent.by = line.substr(0, space);
    Parse(line.substr(space + 1), &sent.submission);
  }
  return all;
}

std::vector<std::string> Records() {
  std::vector<std::string> records;
  for (const std::string& line : Lines("records.hex")) records.push_back(*FromHex(line));
  return records;
}

std::vector<std::string> Digests() { return Lines("digests.txt"); }

}  // namespace nhanrong::evolution
