#include "services/ledger/contract/log_probe.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/time/clock.h"

namespace nhanrong::ledger {

AppendDone AppendProbe::Done(std::size_t append) {
  return [this, append](absl::StatusOr<Place> place) {
    const std::lock_guard lock(mutex_);
    outcomes_.push_back({append, std::move(place)});
    changed_.notify_all();
  };
}

std::vector<AppendProbe::Outcome> AppendProbe::Wait(std::size_t count, absl::Duration deadline) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoMilliseconds(deadline),
                    [&] { return outcomes_.size() >= count; });
  return outcomes_;
}

std::size_t AppendProbe::called() const {
  const std::lock_guard lock(mutex_);
  return outcomes_.size();
}

absl::StatusOr<Place> AppendAndWait(Log& log, std::string record, absl::Duration deadline) {
  // Shared with the callback, which may come after the deadline.
  auto probe = std::make_shared<AppendProbe>();
  log.Append(std::move(record), [probe, done = probe->Done(0)](absl::StatusOr<Place> place) {
    done(std::move(place));
  });
  const auto outcomes = probe->Wait(1, deadline);
  if (outcomes.empty()) return absl::DeadlineExceededError("done was not called");
  return outcomes.front().place;
}

absl::StatusOr<std::vector<Place>> AppendAllAndWait(Log& log,
                                                    const std::vector<std::string>& records) {
  auto probe = std::make_shared<AppendProbe>();
  for (std::size_t i = 0; i < records.size(); ++i) {
    log.Append(records[i], [probe, done = probe->Done(i)](absl::StatusOr<Place> place) {
      done(std::move(place));
    });
  }
  const auto outcomes = probe->Wait(records.size());
  if (outcomes.size() < records.size()) return absl::DeadlineExceededError("done is missing");
  std::vector<Place> places(records.size());
  for (const auto& outcome : outcomes) {
    if (!outcome.place.ok()) return outcome.place.status();
    places[outcome.append] = *outcome.place;
  }
  return places;
}

absl::StatusOr<std::vector<LogRecord>> ReadRecords(LogReader& reader, std::size_t count,
                                                   std::size_t records_max_a_call) {
  constexpr absl::Duration kOneWait = absl::Milliseconds(500);
  const absl::Time deadline = absl::Now() + kProbeDeadline;
  std::vector<LogRecord> all;
  while (all.size() < count) {
    auto some = reader.Read(std::min(records_max_a_call, count - all.size()), kOneWait);
    if (!some.ok() && !absl::IsUnavailable(some.status())) return some.status();
    if (some.ok()) std::move(some->begin(), some->end(), std::back_inserter(all));
    if (all.size() < count && absl::Now() > deadline) {
      return absl::DeadlineExceededError("read " + std::to_string(all.size()) + " of " +
                                         std::to_string(count) + " records");
    }
  }
  return all;
}

absl::StatusOr<std::vector<LogRecord>> ReadFrom(Log& log, Place from, std::size_t count) {
  auto reader = log.OpenReader(from);
  if (!reader.ok()) return reader.status();
  return ReadRecords(**reader, count);
}

std::vector<std::string> BytesOf(const std::vector<LogRecord>& records) {
  std::vector<std::string> bytes;
  bytes.reserve(records.size());
  for (const auto& record : records) bytes.push_back(record.bytes);
  return bytes;
}

std::vector<std::string> NumberedRecords(std::size_t count, std::string_view prefix) {
  std::vector<std::string> records;
  records.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    records.push_back(std::string(prefix) + std::to_string(i));
  return records;
}

}  // namespace nhanrong::ledger
