// The ledger's one rule: which records of a log are accepted (DESIGN section 3).
//
// A pure fold over the bytes of records in log order. Every reader (gateway, projector, notary,
// verifier) uses this class and nothing else to tell an accepted record from a void one, so all
// readers agree about every place of every log, for ever. Not thread-safe. Changing what it decides
// needs a new rule version.
//
// In short: a record is accepted iff every head in `writes` and `reads` is the current head of its
// stream and its (agency, submission id) is open. Accepted events advance the heads of the streams
// they write; an accepted refusal advances none; both close the id. Everything else is void and
// changes nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "nhanrong/v1/record.pb.h"
#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/base/strong.h"

namespace nhanrong::ledger {

// The newest rule version that this program knows (rule_version.cc).
extern const std::uint32_t kRuleVersionKnown;
// How far ahead of a gateway's clock the ledger's last recorded time may be before the gateway
// stops writing: more than the drift of a machine with NTP, less than what would blur an audit.
inline constexpr absl::Duration kClockSkewMax = absl::Seconds(60);

// An accepted record.
struct Commit {
  Position position;
  absl::Time recorded_at;  // max(that of the commit before, the record's)
  Hash leaf;               // RFC 6962 leaf hash of the exact bytes
  Hash running;            // over all commits up to this one
  v1::Record record;
};

enum class VoidReason {
  kUndecodable,    // not a record, or not a well-formed one
  kOtherLedger,    // names another ledger
  kRuleVersion,    // of a rule version that is not switched on
  kBeforeGenesis,  // well-formed, but the log has no genesis yet
  kStaleWrite,     // a head in `writes` is not the current one
  kStaleRead,      // a head in `reads` is not the current one
  kIdClosed,       // the submission has its answer already
};
std::string_view VoidReasonName(VoidReason reason);

struct Void {
  VoidReason reason;
};

// The reader must not go on: what it has folded and what the log says do not belong together, or
// the log follows a rule that this build does not know.
struct Stop {
  std::string why;
};

using Verdict = std::variant<Commit, Void, Stop>;

class Admission {
 public:
  // `expected_ledger`: the only ledger id that is taken; absent: the log's genesis decides.
  explicit Admission(std::optional<Id128> expected_ledger = std::nullopt,
                     std::uint32_t rule_version_known = kRuleVersionKnown);

  // Judges the next record of the log. After a Stop every further call gives the same Stop.
  Verdict Judge(std::string_view bytes);
  // Why no further record can be judged. It may be known before there is one: the record that
  // switches on a rule version which this program does not know is the last one that it can judge.
  const std::optional<std::string>& stopped() const { return stopped_; }

  // Commits folded; the next one gets this position.
  std::uint64_t commits() const { return running_prefix_.size() - 1; }
  const Hash& running() const { return running_; }
  absl::Time last_recorded_at() const { return last_recorded_at_; }
  // The highest that is switched on in this log; 0 before the genesis.
  std::uint32_t rule_version() const { return rule_version_; }
  std::uint32_t rule_version_known() const { return rule_version_known_; }
  // Absent before the genesis.
  const std::optional<Id128>& ledger_id() const { return ledger_id_; }
  const v1::Genesis& genesis() const { return genesis_; }

  // Head of a stream; absent: the stream does not exist.
  std::optional<Hash> Head(std::string_view stream) const;
  // Position of the commit that closed the id; absent: open.
  std::optional<Position> ClosedBy(std::string_view agency_id,
                                   std::string_view submission_id) const;
  // Whether the running hash after `commits` commits begins with the same eight bytes.
  bool AgreesWith(std::uint64_t commits, const Hash& running) const;

 private:
  using IdKey = std::array<std::uint8_t, 16>;

  Verdict StopWith(std::string why);
  std::optional<Void> CheckBytes(const v1::Record& record) const;
  std::optional<std::string> CheckAnchor(const v1::Anchor& anchor) const;
  std::optional<Void> CheckHeads(const v1::Record& record, const IdKey& id) const;
  bool AllCurrent(const google::protobuf::RepeatedPtrField<v1::StreamHead>& heads) const;
  void SwitchOn(std::uint32_t version);
  Commit Accept(v1::Record record, const IdKey& id, std::string_view bytes);

  const std::optional<Id128> expected_ledger_;
  const std::uint32_t rule_version_known_;
  std::optional<Id128> ledger_id_;
  v1::Genesis genesis_;
  std::uint32_t rule_version_ = 0;
  Hash running_{};
  absl::Time last_recorded_at_ = absl::InfinitePast();
  std::optional<std::string> stopped_;
  absl::flat_hash_map<std::string, Hash> heads_;
  absl::flat_hash_map<IdKey, std::uint64_t> closed_;
  // First eight bytes of the running hash after n commits, by n: anchors of any age can be checked,
  // at eight bytes a commit. A disagreement stays visible in every later hash, so eight bytes are
  // enough.
  std::vector<std::uint64_t> running_prefix_;
};

}  // namespace nhanrong::ledger
