// What is published of a commit: one CloudEvent for each event that may be told.
//
// Pure and deterministic: the same commit gives the same messages in every process of the same
// build, so that a message that is published twice is equal to itself.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "nhanrong/v1/values.pb.h"
#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/feed/event_topic.h"
#include "services/ledger/follower/ledger_follower.h"

namespace nhanrong::feed {

// Which event of a ledger: the only name of it that the admission rule itself makes unique.
struct EventPlace {
  std::uint64_t position = 0;
  std::uint32_t index = 0;
  friend auto operator<=>(const EventPlace&, const EventPlace&) = default;
};

// What a published value says of its own place.
struct PublishedPlace {
  EventPlace place;
  std::string ledger_id;
  std::string leaf_hash;
};
// Absent: the value is no published event.
std::optional<PublishedPlace> PlaceOf(std::string_view value);

// The highest classification that a topic may hold. PERSONAL and SENSITIVE never leave the ledger.
enum class Audience { kPublic, kInternal };

struct CommitMessages {
  std::vector<EventMessage> messages;
  std::uint64_t withheld = 0;  // events above the audience, or of no known classification
};

class CommitPublisher {
 public:
  CommitPublisher(std::string ledger, const Id128& ledger_id, Audience audience);

  // Behind `last`, the event that was published last, which moves on. kInternal: the bytes are no
  // record.
  absl::StatusOr<CommitMessages> MessagesOf(const ledger::LedgerFollower::StoredCommit& commit,
                                            std::optional<EventPlace>& last) const;
  const std::string& ledger_id() const { return ledger_id_; }

 private:
  struct Published;
  bool MayTell(v1::Classification classification) const;
  EventMessage MessageOf(const Published& published, const std::optional<EventPlace>& last) const;

  const std::string ledger_;
  const std::string ledger_id_;  // 16 bytes
  const std::string source_;     // CloudEvents
  const Audience audience_;
};

}  // namespace nhanrong::feed
