// Models and sites of a ledger by id, or by a name that only one of them has.
//
// Read once, when the first row asks. Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/cli/entry/entry.h"
#include "services/cli/row_import/row_service.h"

namespace nhanrong::cli {

// Who imports, and from which state of the ledger on his own writes are seen.
struct Importing {
  std::string ledger;
  std::string agency_id;
  std::string actor_id;
  std::uint64_t min_position = 0;
};

class RecordNames {
 public:
  enum class Kind { kModels, kSites };
  // The service outlives it.
  RecordNames(const RowService& service, Importing importing, Kind kind);

  struct Found {
    std::string id;
    // "Trồng rau (01F4…, Xã Mẫu)".
    std::string shown;
  };
  // A fault of the service goes to `failure`.
  Understood<Found> Find(const std::string& text, Failure& failure);

 private:
  // Whoever may read only below some units is asked about each of them.
  Failure Load();
  Failure LoadWithin(const std::string& unit_id);
  Failure ScopesOf(std::vector<std::string>& scopes) const;
  void Add(const std::string& id, const std::string& name, const v1::AdminUnitRef& unit);

  const RowService& service_;
  const Importing importing_;
  const Kind kind_;
  bool loaded_ = false;
  std::multimap<std::string, Found> by_name_;
};

}  // namespace nhanrong::cli
