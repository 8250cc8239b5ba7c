// The first record of a ledger: opens it, with its first agency and first administrator. Pure.
#pragma once

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

}  // namespace nhanrong::gateway
