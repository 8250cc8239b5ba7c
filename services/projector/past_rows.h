// Rows of the past as they may be shown today.
//
// A fact that was classified higher since is not shown by asking for the time before: each row that
// is read is held against the newest one, by one more seek. Thread-safe as the readers are.
#pragma once

#include <memory>

#include "services/projector/projection.h"

namespace nhanrong::projector {

class PastRows final : public RowReader {
 public:
  // `projection` made the rows.
  PastRows(std::shared_ptr<RowReader> past, std::shared_ptr<RowReader> now,
           std::shared_ptr<const Projection> projection);

  std::optional<std::string> Get(std::string_view key) const override;
  void Scan(std::string_view prefix, std::string_view first,
            const std::function<bool(std::string_view, std::string_view)>& row) const override;
  absl::Status status() const override;

 private:
  const std::shared_ptr<RowReader> past_;
  const std::shared_ptr<RowReader> now_;
  const std::shared_ptr<const Projection> projection_;  // shared with its fold
};

}  // namespace nhanrong::projector
