// Administrative units by what officials know: a code, or a name with what it lies within, on a
// day.
//
// Codes and names change owner, so every look-up has its day. Not thread-safe.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/cli/entry/entry.h"
#include "services/cli/row_import/row_service.h"

namespace nhanrong::cli {

// Maps of whole days that are kept, some megabytes each; rows of more days ask again.
inline constexpr std::size_t kDaysKept = 16;

class UnitNames {
 public:
  // The service outlives it.
  UnitNames(const RowService& service, std::string ledger);
  ~UnitNames();

  struct Found {
    std::string unit_id;
    // "Xã Mẫu (30268)".
    std::string shown;
  };
  // `text`: "30268", "Xã Mẫu", "Mẫu", or with what it lies within behind commas; `within`: the
  // same, from a column of its own. A fault of the service goes to `failure`.
  Understood<Found> Find(const std::string& text, const std::string& within, absl::CivilDay day,
                         Failure& failure);

 private:
  struct Unit;
  class Day;

  static std::vector<const Unit*> Candidates(const Day& map, const std::vector<std::string>& parts);
  std::shared_ptr<const Day> DayMap(absl::CivilDay day, Failure& failure);

  const RowService& service_;
  const std::string ledger_;
  // The newest first; shared with the look-up in progress.
  std::list<std::pair<absl::CivilDay, std::shared_ptr<const Day>>> days_;
};

}  // namespace nhanrong::cli
