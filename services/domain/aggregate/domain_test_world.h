// A World in memory: the streams of one ledger, for tests of decisions. Not thread-safe.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

class DomainTestWorld final : public World {
 public:
  const Stream& Read(std::string_view stream) override;
  // Units stand in the same ledger.
  const Stream& ReadUnit(std::string_view unit_id) override;
  std::vector<std::string> Administrators() override;

  // Numbers the events and folds them as one commit, the next one in order.
  // REQUIRES: every event has a type that this program knows.
  void Commit(const Request& request, std::vector<v1::Event>& events);

  // Streams read since the last Forget.
  const std::set<std::string>& reads() const { return reads_; }
  void Forget() { reads_.clear(); }

  // All events of a stream, in order.
  const std::vector<StreamFact>& History(const std::string& stream) { return histories_[stream]; }
  const std::map<std::string, Stream, std::less<>>& streams() const { return streams_; }

 private:
  std::map<std::string, Stream, std::less<>> streams_;
  std::map<std::string, std::vector<StreamFact>> histories_;
  std::set<std::string> reads_;
  Position next_;
};

}  // namespace nhanrong::domain
