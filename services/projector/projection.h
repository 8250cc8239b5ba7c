// The port of a read model: a pure fold of one ledger's accepted commits into versioned rows.
//
// A row never changes: each commit that writes a key adds a version (key, position, value), so that
// the past is read by a seek. Within one commit the last value of a key counts. The set hash over
// all versions is the read model's digest, equal however commits are batched, repeated or rebuilt.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "nhanrong/v1/fact.pb.h"
#include "nhanrong/v1/record.pb.h"
#include "services/base/bytes.h"
#include "services/base/strong.h"

namespace nhanrong::projector {

// An accepted commit as folds see it.
struct Commit {
  Position position;
  absl::Time recorded_at;  // by the rule: never before the commit before
  Hash leaf;
  Hash running;
  v1::Record record;
};

// Rows as they stand at the commit being folded. Single thread.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  // The newest version, absent if the key was never written or its newest version is a deletion.
  virtual std::optional<std::string> Get(std::string_view key) = 0;
  virtual void Put(std::string_view key, std::string value) = 0;
  virtual void Delete(std::string_view key) = 0;
};

// Rows as of a position. Thread-safe; consistent: sees all rows of every commit up to the position.
// Whoever answers from it asks status() last.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual std::optional<std::string> Get(std::string_view key) const = 0;
  // Calls `row(key, value)` in key order for keys that begin with `prefix`, from `first` on
  // (inclusive; empty: from the prefix's start), until it returns false.
  virtual void Scan(std::string_view prefix, std::string_view first,
                    const std::function<bool(std::string_view, std::string_view)>& row) const = 0;
  // The first read that failed (disk, damage): from then on rows may be missing and no answer
  // counts.
  virtual absl::Status status() const { return absl::OkStatus(); }
};

// One event of a commit, with its typed fact.
struct FoldEvent {
  const Commit& commit;
  const v1::Event& event;
  const v1::Fact& fact;
};

class Projection {
 public:
  virtual ~Projection() = default;
  virtual std::string_view name() const = 0;
  // Raised with every change of keys, values or fold; a new version is built in a directory of its
  // own.
  virtual std::uint32_t version() const = 0;
  // Folds one event. May read and write rows, nothing else: no clock, no other ledger. An error
  // parks the event's stream (this and its later events) with the message as reason; other streams
  // go on.
  virtual absl::Status Fold(const FoldEvent& event, RowWriter& rows) = 0;
  // Called once per commit before its events, refusals included. Most read models do not need it.
  // It has no stream to park: an error is a bug and stops the read model.
  virtual absl::Status FoldCommit(const Commit& /*commit*/, RowWriter& /*rows*/) {
    return absl::OkStatus();
  }
  // A row of the past as it may be shown today: what was classified higher since has the
  // classification that it has in `now`, the newest rows. Pure.
  virtual std::string AsShownToday(std::string_view /*key*/, std::string past,
                                   const RowReader& /*now*/) const {
    return past;
  }
};

}  // namespace nhanrong::projector
