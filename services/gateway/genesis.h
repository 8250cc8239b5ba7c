// The first record of a ledger: opens it, with its first agency and first administrator. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "nhanrong/v1/record.pb.h"
#include "services/base/bytes.h"
#include "services/base/ids.h"

namespace nhanrong::gateway {

struct GenesisPlan {
  Id128 ledger_id;
  std::string ledger_name;
  bool simulated_clock = false;
  absl::Time recorded_at;
  std::string agency_id;
  std::string agency_name;
  std::string agency_electronic_id;  // may be empty
  std::string actor_id;
  std::string administrator_title;
  Hash token_hash;
  std::vector<v1::Role>
      roles;  // of the first administrator; ADMINISTRATOR is added where it is missing
};

v1::Record GenesisRecord(const GenesisPlan& plan);

// What of a plan was drawn when it was made, because the request leaves it open.
struct Drawn {
  bool ledger_id = true;
  bool agency_id = false;
  bool actor_id = false;
  bool recorded_at = false;
};
// The plan by which `first_record` was made, where it is `plan` but for what was drawn; absent:
// another one made it. So a request that is sent again finds what it has made.
std::optional<GenesisPlan> PlanBehind(const std::string& first_record, GenesisPlan plan,
                                      const Drawn& drawn);

}  // namespace nhanrong::gateway
