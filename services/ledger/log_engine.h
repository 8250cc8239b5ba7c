// The port to a log: append a record, read from a place, wait for more.
//
// A log keeps records in one total order and forgets none. It judges nothing: which records are
// accepted is decided by services/ledger/admission, the same on every engine.
//
// Durability: `done` with OK, and a record handed out by a reader, both mean that the record
// survives the kill of every process of ours (embedded: fdatasync; kafka: acks=all with
// min.insync.replicas). A failed append means UNKNOWN, never "not written": the record may still
// appear to readers, later than others, once. Three codes alone mean "not written":
// kInvalidArgument (larger than kRecordBytesMax), kResourceExhausted (the queue is full) and
// kFailedPrecondition (the log refuses what this process writes, until its rights or its clock are
// mended).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/strong.h"

namespace nhanrong::ledger {

// One record is one entry of a tile, whose length field has 16 bits (C2SP tlog-tiles).
inline constexpr std::size_t kRecordBytesMax = 65'535;

struct LogRecord {
  Place place;
  std::string bytes;
};

// First place that can be read, and the place after the last one. first == end: an empty log.
struct LogBounds {
  Place first;
  Place end;
};

// One reader, one thread. Destroying it while Read waits is not allowed; Interrupt first.
class LogReader {
 public:
  virtual ~LogReader() = default;
  // Returns records in order without gap from where the last call ended; waits up to `wait` for
  // the first one; an empty vector means that the time is over. At most `records_max` records.
  // kDataLoss: the log is shorter than what was read, starts later, or is damaged: final.
  // kUnavailable: the log cannot be reached now; calling again goes on at the same place.
  virtual absl::StatusOr<std::vector<LogRecord>> Read(std::size_t records_max,
                                                      absl::Duration wait) = 0;
  // Makes a waiting Read, and every later one, return at once (kCancelled). Thread-safe.
  virtual void Interrupt() = 0;
  // How often the way to the log was lost since the reader was opened. Behind a new way there may
  // be another log: who follows it reads his last record again and compares. The number changes
  // before Read gives anything that came over the new way. 0 for a log on this machine.
  virtual std::uint64_t losses() const { return 0; }
};

using AppendDone = std::function<void(absl::StatusOr<Place>)>;

// One log. Thread-safe.
class Log {
 public:
  virtual ~Log() = default;
  // Queues the record; calls `done` once, always from a thread of the engine (so the caller may
  // hold a lock that `done` takes), in the order of appends where these succeed. Never blocks for
  // longer than it takes to copy; a full queue gives kResourceExhausted. Destroying the log answers
  // all that is open.
  virtual void Append(std::string record, AppendDone done) = 0;
  // A reader that starts at `from` (which may be the end).
  virtual absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(Place from) = 0;
  virtual absl::StatusOr<LogBounds> Bounds() = 0;
  // Not OK when no append can succeed until somebody mends something, with what: for /readyz. A log
  // that tries again by itself stays OK.
  virtual absl::Status Writable() const { return absl::OkStatus(); }
};

// The logs of one installation, by ledger name ([a-z][a-z0-9-]{0,62}). Thread-safe.
class LogStore {
 public:
  virtual ~LogStore() = default;
  // kAlreadyExists if there is one of this name.
  virtual absl::Status Create(std::string_view name) = 0;
  // kNotFound; kFailedPrecondition with the setting, what it is and what it must be, if the log
  // exists but cannot keep the promises above.
  virtual absl::StatusOr<std::unique_ptr<Log>> Open(std::string_view name) = 0;
  virtual absl::StatusOr<std::vector<std::string>> List() = 0;
  // A sentence for /readyz where the promise is weaker than DESIGN asks (one broker); else absent.
  virtual std::optional<std::string> WeakerGuarantee() const { return std::nullopt; }
};

bool IsLedgerName(std::string_view name);

}  // namespace nhanrong::ledger
