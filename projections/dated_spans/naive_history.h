// For tests of read models: random histories of a ledger, and what is in force in them, found the
// slow way.
//
// NaiveHistory knows nothing of rows, spans or folds: it keeps the events and asks, for each fact,
// which later events name it. Facts get whole days, so that their days are what they say.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/projector/projection_test_kit.h"

namespace nhanrong::projections {

// A fact that is in force at a position.
struct NaiveFact {
  v1::Fact fact;
  absl::CivilDay day;
  // A step is over at the latest when a later one holds; reports hold on their day.
  absl::CivilDay holds_from;
  std::uint64_t revision = 0;
  v1::Classification classification = v1::CLASSIFICATION_PUBLIC;
  std::string agency_id;
  bool from_document = false;
};

class NaiveHistory {
 public:
  // Makes the next fact of a stream; must give the same type of fact for a correction of
  // `corrected`.
  using MakeFact = std::function<v1::Fact(const v1::Fact* corrected)>;

  // Everything is recorded after the last day on which a fact may happen.
  explicit NaiveHistory(std::vector<std::string> streams);

  // Adds `commits` commits with up to three events each: facts, corrections, annulments, of random
  // days, classifications, agencies and channels. Draws from RapidCheck: call inside a property
  // only.
  void Grow(int commits, const MakeFact& make);

  const std::vector<projector::Commit>& commits() const { return builder_.commits(); }
  // In force after `position`, by (holds_from, revision).
  std::vector<NaiveFact> InForce(const std::string& stream, Position position) const;
  // Revision of the last event of the stream after `position`; -1: none.
  std::int64_t LastRevision(const std::string& stream, Position position) const;
  const std::vector<std::string>& streams() const { return streams_; }

 private:
  struct Told {
    std::uint64_t position;
    std::string stream;
    std::string event_id;
    v1::Fact fact;
    absl::CivilDay day;
    NaiveFact as_recorded;
  };
  // As what is known tells it; absent: annulled.
  static std::optional<NaiveFact> AsKnown(const Told& told, const std::vector<const Told*>& known);
  static void SetHoldsFrom(std::vector<NaiveFact>& facts);
  void AddEvent(const MakeFact& make);
  v1::Fact NextFact(const std::string& stream, const MakeFact& make) const;

  std::vector<std::string> streams_;
  projector::CommitBuilder builder_;
  // Of the commit being built.
  std::string agency_id_;
  bool from_document_ = false;
  std::vector<Told> told_;
};

// A day of the few weeks in which random facts happen.
absl::CivilDay RandomDay();

}  // namespace nhanrong::projections
