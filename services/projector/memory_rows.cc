#include "services/projector/memory_rows.h"

#include <algorithm>
#include <functional>

#include "services/base/check.h"

namespace nhanrong::projector {

class MemoryRows::VersionWriter final : public RowWriter {
 public:
  VersionWriter(MemoryRows& rows, Position position) : rows_(rows), position_(position) {}
  std::optional<std::string> Get(std::string_view key) override {
    return rows_.Get(position_, key);
  }
  void Put(std::string_view key, std::string value) override {
    rows_.Write(position_, key, std::move(value));
  }
  void Delete(std::string_view key) override { rows_.Write(position_, key, std::nullopt); }

 private:
  MemoryRows& rows_;
  const Position position_;
};

class MemoryRows::VersionReader final : public RowReader {
 public:
  VersionReader(const MemoryRows& rows, Position as_of) : rows_(rows), as_of_(as_of) {}
  std::optional<std::string> Get(std::string_view key) const override {
    return rows_.Get(as_of_, key);
  }
  void Scan(std::string_view prefix, std::string_view first,
            const std::function<bool(std::string_view, std::string_view)>& row) const override {
    // Copied first: `row` may read again.
    for (const auto& [key, value] : rows_.Range(as_of_, prefix, first)) {
      if (!row(key, value)) return;
    }
  }

 private:
  const MemoryRows& rows_;
  const Position as_of_;
};

std::unique_ptr<RowWriter> MemoryRows::Writer(Position position) {
  return std::make_unique<VersionWriter>(*this, position);
}

std::shared_ptr<RowReader> MemoryRows::AsOf(Position position) const {
  return std::make_shared<VersionReader>(*this, position);
}

void MemoryRows::Write(Position position, std::string_view key, std::optional<std::string> value) {
  absl::MutexLock lock(&mutex_);
  Versions& versions = rows_[std::string(key)];
  NR_CHECK(versions.empty() || versions.rbegin()->first <= position.value(),
           "rows are written in the order of positions");
  versions[position.value()] = std::move(value);
}

std::optional<std::string> MemoryRows::Get(Position as_of, std::string_view key) const {
  absl::MutexLock lock(&mutex_);
  const auto row = rows_.find(key);
  if (row == rows_.end()) return std::nullopt;
  const auto after = row->second.upper_bound(as_of.value());
  if (after == row->second.begin()) return std::nullopt;
  return std::prev(after)->second;
}

MemoryRows::LiveRows MemoryRows::Range(Position as_of, std::string_view prefix,
                                       std::string_view first) const {
  absl::MutexLock lock(&mutex_);
  LiveRows live;
  for (auto row = rows_.lower_bound(std::max(prefix, first));
       row != rows_.end() && row->first.starts_with(prefix); ++row) {
    const auto after = row->second.upper_bound(as_of.value());
    if (after == row->second.begin()) continue;
    const std::optional<std::string>& value = std::prev(after)->second;
    if (value) live.emplace_back(row->first, *value);
  }
  return live;
}

}  // namespace nhanrong::projector
