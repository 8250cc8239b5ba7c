// What a batch of commits writes before it is stored: three layers above the stored rows. An
// event's writes can be taken back; within a commit the last write of a key counts; a batch is seen
// by its later commits. Single thread; the reader must outlive it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "services/projector/projection.h"

namespace nhanrong::projector {

// Rows that begin with it are written by the fold itself, never by a read model.
inline constexpr std::string_view kReservedPrefix = "!";

class FoldOverlay final : public RowWriter {
 public:
  explicit FoldOverlay(const RowReader& stored) : stored_(stored) {}

  std::optional<std::string> Get(std::string_view key) override;
  // REQUIRES: the key is not reserved.
  void Put(std::string_view key, std::string value) override;
  void Delete(std::string_view key) override;
  // For reserved rows. REQUIRES: no event is open.
  void PutReserved(std::string_view key, std::string value);

  // Ends an event: its writes become the commit's, or are as if they never were.
  void KeepEvent();
  void DropEvent();
  // Ends the commit: hands out its writes in key order.
  void EndCommit(
      const std::function<void(const std::string&, const std::optional<std::string>&)>& write);

 private:
  // Absent value: deleted.
  using Writes = std::map<std::string, std::optional<std::string>, std::less<>>;
  static void Move(Writes& from, Writes& to);

  const RowReader& stored_;
  Writes event_;
  Writes commit_;
  Writes batch_;
};

}  // namespace nhanrong::projector
