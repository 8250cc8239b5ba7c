#include "services/ledger/log_engine.h"

#include <algorithm>

namespace nhanrong::ledger {

bool IsLedgerName(std::string_view name) {
  constexpr std::size_t kNameCharactersMax = 63;  // fits a DNS label and a topic name
  if (name.empty() || name.size() > kNameCharactersMax || name[0] < 'a' || name[0] > 'z') {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace nhanrong::ledger
