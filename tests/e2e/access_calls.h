// Every call of the contract and every command, each about a place, for tests of rights.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tests/e2e/harness/scene.h"

namespace nhanrong::e2e {

// A unit and one of each thing that lies in it.
struct Place {
  std::string unit;
  std::string agency;
  std::string actor;
  std::string model;
  std::string site;
  std::string figure;
};

// Makes the things of a place in a ledger, all of them PUBLIC.
Place Furnish(LedgerScene& scene, const Staff& staff, const std::string& unit);

// "QueryService/GetModel" as the caller, about a place; a place without ids: about the whole
// ledger. Null: no such call.
using RpcCall =
    std::function<Answer(const Client& caller, const std::string& ledger, const Place& about)>;
const RpcCall* FindRpcCall(std::string_view rpc);

// A well-formed deed of this command about a place.
Deed DeedAbout(v1::Command::KindCase command, const Place& place);

}  // namespace nhanrong::e2e
