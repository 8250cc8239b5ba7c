// Who may do what: RPC × role × classification and command × role, in one table.
//
// Everything that checks a right reads these two lists; the generated test in tests/e2e walks every
// cell.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "nhanrong/v1/command.pb.h"
#include "nhanrong/v1/values.pb.h"

namespace nhanrong::access {

// A set of roles, one bit each.
class Roles {
 public:
  constexpr Roles(std::initializer_list<v1::Role> roles) {
    for (const v1::Role role : roles) bits_ |= 1u << role;
  }
  constexpr bool contains(v1::Role role) const { return bits_ >> role & 1; }

 private:
  std::uint32_t bits_ = 0;
};

// What a read answers with, and so what the grant must be good for.
struct RpcRule {
  std::string_view rpc;  // "QueryService/GetModel"
  Roles roles;
  // The least that a grant must read for the call to make sense at all; rows above the grant's own
  // classification are left out of the answer.
  v1::Classification at_least;
  // A grant that is bound to a unit must be asked about that unit or below it.
  bool by_unit;
};
std::span<const RpcRule> RpcRules();
// Null: no such rule, and so no right.
const RpcRule* FindRpcRule(std::string_view rpc);

struct CommandRule {
  v1::Command::KindCase command;
  Roles roles;
};
std::span<const CommandRule> CommandRules();
const CommandRule* FindCommandRule(v1::Command::KindCase command);

}  // namespace nhanrong::access
