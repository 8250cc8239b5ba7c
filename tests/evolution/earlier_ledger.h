// What an earlier program was sent, and what it recorded (testdata/, described in README.md).
#pragma once

#include <string>
#include <vector>

#include "nhanrong/v1/command.pb.h"

namespace nhanrong::evolution {

inline constexpr char kEarlier[] = "so-cu";

// Text of the token of administrator, officer, auditor.
std::string TokenOf(const std::string& who);

struct Sent {
  std::string by;
  v1::Submission submission;
};
std::vector<Sent> Submissions();
// The first record of the same ledger, by today's program: same ids, same time.
std::string GenesisWrittenToday();

// Exact bytes, in order; the first is the genesis.
std::vector<std::string> Records();
// "name version digest".
std::vector<std::string> Digests();

}  // namespace nhanrong::evolution
