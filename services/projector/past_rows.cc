#include "services/projector/past_rows.h"

#include <utility>

namespace nhanrong::projector {

PastRows::PastRows(std::shared_ptr<RowReader> past, std::shared_ptr<RowReader> now,
                   std::shared_ptr<const Projection> projection)
    : past_(std::move(past)), now_(std::move(now)), projection_(std::move(projection)) {}

std::optional<std::string> PastRows::Get(std::string_view key) const {
  std::optional<std::string> row = past_->Get(key);
  if (!row) return row;
  return projection_->AsShownToday(key, *std::move(row), *now_);
}

void PastRows::Scan(std::string_view prefix, std::string_view first,
                    const std::function<bool(std::string_view, std::string_view)>& row) const {
  past_->Scan(prefix, first, [&](std::string_view key, std::string_view value) {
    return row(key, projection_->AsShownToday(key, std::string(value), *now_));
  });
}

absl::Status PastRows::status() const {
  absl::Status first = past_->status();
  first.Update(now_->status());
  return first;
}

}  // namespace nhanrong::projector
