// One installation of the program under test: its folders, its Kafka prefix, its processes and the
// people who use it by the command line.
//
// The ledger `crash` has units, an agency, an officer and an auditor after Found(). Whoever is
// started here ends with it. Not thread-safe, but for Call and Cli.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "nhanrong/v1/admin_service.pb.h"
#include "nhanrong/v1/history_service.pb.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/client/client.h"
#include "services/projector/test_directory.h"
#include "tests/crash/process.h"

namespace nhanrong::crash {

inline constexpr char kLedger[] = "crash";
inline constexpr char kUnit[] = "01F0000000000000000000000B";
inline constexpr char kAgency[] = "01F0000000000000000000000C";

// A server process with its ports; the same ports at every start.
struct Server {
  std::string role;                    // serve, gateway, projector, feed
  std::string data;                    // its data folder
  std::vector<std::string> more = {};  // further flags
  int port = FreePort();
  int http = FreePort();
  std::vector<std::string> flags = {};  // further ones
  std::string program = {};             // empty: that of this tree
  std::unique_ptr<Process> process;

  std::string address() const { return "127.0.0.1:" + std::to_string(port); }
};

class Installation {
 public:
  // `kafka`: bootstrap servers; empty: the embedded log.
  explicit Installation(std::string kafka = "");

  // Further flags of every command line.
  std::vector<std::string> client_flags = {};

  const std::string& root() const { return directory_.path(); }
  bool on_kafka() const { return !kafka_.empty(); }
  const std::string& kafka() const { return kafka_; }
  const std::string& topic_prefix() const { return prefix_; }

  // A server that is not running yet. `name` is that of its data folder.
  std::unique_ptr<Server> Add(const std::string& role, const std::string& name);
  // Starts it and waits until it is ready; fails the test otherwise.
  void Start(Server& server);
  void StartWithoutWaiting(Server& server);
  bool IsReady(const Server& server) const;
  std::string Readiness(const Server& server) const { return HttpGet(server.http, "/readyz"); }
  std::string LogOf(const Server& server) const { return FileText(server.data + ".log"); }

  // Makes the ledger with its units and people.
  void Found(const Server& server);
  // Token file of administrator, officer, auditor.
  std::string TokenFile(const std::string& who) const { return root() + "/" + who + ".token"; }

  // The command line of `nhanrong ARGUMENTS` as this person, JSON for machines.
  std::vector<std::string> Command(const Server& server, const std::string& who,
                                   std::vector<std::string> arguments) const;
  Finished Cli(const Server& server, const std::string& who,
               std::vector<std::string> arguments) const;

  std::unique_ptr<cli::Client> ClientOf(const Server& server, const std::string& who,
                                        absl::Duration timeout = absl::Seconds(20)) const;

  std::vector<v1::HistoryEntry> History(const Server& server) const;
  v1::LedgerInfo Info(const Server& server) const;
  // Name to "version commits rows digest" of each read model, once all have folded `commits`.
  std::map<std::string, std::string> Digests(const Server& server, std::uint64_t commits) const;
  // What `admin projection check` exits with.
  int CheckExit(const Server& server) const;

 private:
  const projector::TestDirectory directory_;
  const std::string kafka_;
  const std::string prefix_;
};

// Entries of `history --output json`; a last line that a kill cut off is left out.
std::vector<v1::HistoryEntry> EntriesOf(const std::string& json_lines);

}  // namespace nhanrong::crash
