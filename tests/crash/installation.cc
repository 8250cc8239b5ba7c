#include "tests/crash/installation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/cli/client/json.h"
#include "services/cli/client/token.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {
namespace {

std::string RandomName() { return "c" + ToHex(RandomBytes(6)); }

}  // namespace

Installation::Installation(std::string kafka)
    : kafka_(std::move(kafka)), prefix_(RandomName() + ".") {}

std::unique_ptr<Server> Installation::Add(const std::string& role, const std::string& name) {
  auto server = std::make_unique<Server>();
  server->role = role;
  server->data = root() + "/" + name;
  return server;
}

void Installation::StartWithoutWaiting(Server& server) {
  std::vector<std::string> command = {server.program.empty() ? NHANRONG_PROGRAM : server.program,
                                      server.role,
                                      "--data-dir",
                                      server.data,
                                      "--http",
                                      "127.0.0.1:" + std::to_string(server.http)};
  // A feed answers no calls.
  if (server.role != "feed") command.insert(command.end(), {"--listen", server.address()});
  command.insert(command.end(), server.more.begin(), server.more.end());
  if (on_kafka()) {
    for (const std::string& more : {std::string("--kafka"), kafka_, std::string("--single-broker"),
                                    std::string("--topic-prefix"), prefix_}) {
      command.push_back(more);
    }
  }
  command.insert(command.end(), server.flags.begin(), server.flags.end());
  server.process = std::make_unique<Process>(command, server.data + ".out", server.data + ".log");
}

bool Installation::IsReady(const Server& server) const {
  return absl::StartsWith(Readiness(server), "HTTP/1.1 200");
}

void Installation::Start(Server& server) {
  StartWithoutWaiting(server);
  const bool ready =
      Await([&] { return IsReady(server) || !server.process->Runs(); }) && IsReady(server);
  ASSERT_TRUE(ready) << Readiness(server) << LogOf(server);
}

std::vector<std::string> Installation::Command(const Server& server, const std::string& who,
                                               std::vector<std::string> arguments) const {
  std::vector<std::string> command = {
      NHANRONG_PROGRAM, "--address", server.address(), "--output", "json", "--lang", "en"};
  command.insert(command.end(), client_flags.begin(), client_flags.end());
  if (!who.empty()) command.insert(command.end(), {"--token-file", TokenFile(who)});
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

Finished Installation::Cli(const Server& server, const std::string& who,
                           std::vector<std::string> arguments) const {
  return RunToEnd(Command(server, who, std::move(arguments)), root());
}

std::unique_ptr<cli::Client> Installation::ClientOf(const Server& server, const std::string& who,
                                                    absl::Duration timeout) const {
  const auto token = cli::ReadTokenFile(TokenFile(who));
  EXPECT_TRUE(token.ok()) << token.status();
  cli::ClientOptions options;
  options.address = server.address();
  options.token = token.value_or("");
  options.timeout = timeout;
  return std::make_unique<cli::Client>(options);
}

void Installation::Found(const Server& server) {
  const auto done = [&](const std::string& who, std::vector<std::string> arguments) {
    const Finished finished = Cli(server, who, std::move(arguments));
    ASSERT_EQ(finished.exit, 0) << finished.out << finished.err;
  };
  done("", {"admin", "ledger", "create", kLedger, "--operator-token-file",
            server.data + "/operator.token", "--agency", "Văn phòng thử", "--title", "Quản trị",
            "--role", "map-steward", "--token-out", TokenFile("administrator")});
  WriteFile(root() + "/units.ndjson", UnitLines());
  done("administrator", {"import", root() + "/units.ndjson", "--ledger", kLedger});
  done("administrator", {"admin", "agency", "add", "--ledger", kLedger, "--name", "Sở thử",
                         "--unit", kUnit, "--id", kAgency});
  for (const auto& [who, role] :
       {std::pair("officer", "provincial-office"), std::pair("auditor", "auditor")}) {
    done("administrator", {"admin", "actor", "add", "--ledger", kLedger, "--agency", kAgency,
                           "--title", who, "--grant", role, "--token-out", TokenFile(who)});
  }
}

std::vector<v1::HistoryEntry> EntriesOf(const std::string& json_lines) {
  std::vector<v1::HistoryEntry> entries;
  std::size_t begin = 0;
  for (std::size_t end; (end = json_lines.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    v1::HistoryEntry entry;
    const absl::Status parsed = cli::ParseJson(json_lines.substr(begin, end - begin), &entry);
    EXPECT_TRUE(parsed.ok()) << parsed;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<v1::HistoryEntry> Installation::History(const Server& server) const {
  const Finished read = Cli(server, "auditor", {"history", "read", "--ledger", kLedger});
  EXPECT_EQ(read.exit, 0) << read.err;
  return EntriesOf(read.out);
}

v1::LedgerInfo Installation::Info(const Server& server) const {
  const Finished listed =
      Cli(server, "",
          {"admin", "ledger", "list", "--operator-token-file", server.data + "/operator.token"});
  v1::ListLedgersResponse answer;
  const absl::Status parsed = cli::ParseJson(listed.out, &answer);
  EXPECT_TRUE(parsed.ok() && answer.ledgers_size() == 1) << listed.out << listed.err;
  return answer.ledgers_size() == 1 ? answer.ledgers(0) : v1::LedgerInfo();
}

std::map<std::string, std::string> Installation::Digests(const Server& server,
                                                         std::uint64_t commits) const {
  std::map<std::string, std::string> digests;
  const bool folded = Await([&] {
    const Finished listed =
        Cli(server, "administrator", {"admin", "projection", "list", "--ledger", kLedger});
    v1::ListProjectionsResponse answer;
    if (listed.exit != 0 || !cli::ParseJson(listed.out, &answer).ok()) return false;
    digests.clear();
    bool all = answer.projections_size() > 0;
    for (const v1::ProjectionInfo& info : answer.projections()) {
      all = all && info.commits() == commits && info.parked().empty();
      digests[info.name()] = std::to_string(info.version()) + " " + std::to_string(commits) + " " +
                             std::to_string(info.rows()) + " " + ToHex(info.digest());
    }
    return all;
  });
  EXPECT_TRUE(folded) << "read models do not reach " << commits << " commits";
  return digests;
}

int Installation::CheckExit(const Server& server) const {
  return Cli(server, "administrator", {"admin", "projection", "check", "--ledger", kLedger}).exit;
}

}  // namespace nhanrong::crash
