// What a decision sees of a ledger, remembering every stream that it read.
//
// Lives for one decision, under the ledger's lock. Units that the ledger itself does not know are
// looked up in `national`, whose position is then cited in the record.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/access/access.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/streams/stream_table.h"

namespace nhanrong::gateway {

// The reference data of another ledger. Thread-safe: takes that ledger's own lock.
class National {
 public:
  virtual ~National() = default;
  // Null: not known.
  virtual streams::StreamPtr Find(std::string_view stream) const = 0;
  struct Known {
    Id128 ledger_id;
    std::uint64_t commits;
  };
  // Absent: not opened yet.
  virtual std::optional<Known> known() const = 0;
};

class DecisionWorld final : public domain::World {
 public:
  // `national` may be null.
  DecisionWorld(const streams::StreamTable& streams, const National* national);

  const domain::Stream& Read(std::string_view stream) override;
  const domain::Stream& ReadUnit(std::string_view unit_id) override;
  std::vector<std::string> Administrators() override;

  // Streams of this ledger that were read.
  const std::map<std::string, streams::StreamPtr, std::less<>>& read() const { return read_; }
  bool read_national() const { return read_national_; }
  // Whether `unit_id` is the scope unit or lies below it on `day`. Reads of this question are not
  // remembered: the map of a ledger's own units may change without making a decision wrong.
  bool Within(std::string_view unit_id, std::string_view scope_unit_id, absl::CivilDay day);

 private:
  streams::StreamPtr Empty(std::string_view stream);
  streams::StreamPtr Unit(std::string_view unit_id) const;

  const streams::StreamTable& streams_;
  const National* national_;
  std::map<std::string, streams::StreamPtr, std::less<>> read_;
  std::map<std::string, streams::StreamPtr, std::less<>> units_;  // of `national`
  bool read_national_ = false;
};

}  // namespace nhanrong::gateway
