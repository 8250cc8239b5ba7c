#include "services/ledger/admission/admission.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "services/base/text.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {
namespace {

std::uint64_t Prefix(const Hash& hash) { return ReadBigEndian64(AsBytes(hash)); }

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

bool IsTimestamp(const google::protobuf::Timestamp& stamp) {
  // RFC 3339's years 0001 to 9999, as google.protobuf.Timestamp defines them.
  constexpr std::int64_t kSecondsMin = -62'135'596'800;
  constexpr std::int64_t kSecondsMax = 253'402'300'799;
  return stamp.seconds() >= kSecondsMin && stamp.seconds() <= kSecondsMax && stamp.nanos() >= 0 &&
         stamp.nanos() <= 999'999'999;
}

using Heads = google::protobuf::RepeatedPtrField<v1::StreamHead>;

// Each stream is named once over both lists, and each head is a hash or absent.
bool AreHeads(const Heads& writes, const Heads& reads) {
  absl::flat_hash_set<std::string> seen;
  const auto fine = [&seen](const v1::StreamHead& head) {
    return !head.stream().empty() && seen.insert(head.stream()).second &&
           (head.head().empty() || head.head().size() == Hash{}.size());
  };
  return std::all_of(writes.begin(), writes.end(), fine) &&
         std::all_of(reads.begin(), reads.end(), fine);
}

// Events and `writes` name the same streams.
bool EventsMatchWrites(const v1::Record& record) {
  absl::flat_hash_set<std::string> written;
  for (const v1::Event& event : record.events().events()) written.insert(event.stream());
  return !written.empty() && static_cast<int>(written.size()) == record.writes_size() &&
         std::all_of(record.writes().begin(), record.writes().end(),
                     [&](const v1::StreamHead& head) { return written.contains(head.stream()); });
}

bool IsAnswer(const v1::Record& record) {
  switch (record.answer_case()) {
    case v1::Record::kEvents:
      return EventsMatchWrites(record);
    case v1::Record::kRefusal:
      return record.refusal().rules_size() > 0 && !record.has_genesis();
    case v1::Record::ANSWER_NOT_SET:
      return false;
  }
  return false;
}

// A test on bytes that never changes: the same record is well-formed for every reader at every
// time.
bool IsWellFormed(const v1::Record& record) {
  return record.rule_version() > 0 && record.ledger_id().size() == Id128{}.size() &&
         !record.agency_id().empty() && !record.submission_id().empty() &&
         record.command_hash().size() == Hash{}.size() && record.has_anchor() &&
         record.anchor().running_hash().size() == Hash{}.size() && record.has_recorded_at() &&
         IsTimestamp(record.recorded_at()) && AreHeads(record.writes(), record.reads()) &&
         IsAnswer(record);
}

std::array<std::uint8_t, 16> KeyOf(std::string_view agency_id, std::string_view submission_id) {
  std::string input(agency_id);
  input.push_back('\0');
  input.append(submission_id);
  const Hash hash = Sha256(input);
  std::array<std::uint8_t, 16> key;
  std::copy_n(hash.begin(), key.size(), key.begin());
  return key;
}

Id128 LedgerIdOf(const v1::Record& record) {
  Id128 id;
  std::copy(record.ledger_id().begin(), record.ledger_id().end(), id.begin());
  return id;
}

}  // namespace

std::string_view VoidReasonName(VoidReason reason) {
  switch (reason) {
    case VoidReason::kUndecodable:
      return "undecodable";
    case VoidReason::kOtherLedger:
      return "other_ledger";
    case VoidReason::kRuleVersion:
      return "rule_version";
    case VoidReason::kBeforeGenesis:
      return "before_genesis";
    case VoidReason::kStaleWrite:
      return "stale_write";
    case VoidReason::kStaleRead:
      return "stale_read";
    case VoidReason::kIdClosed:
      return "id_closed";
  }
  return "unknown";
}

Admission::Admission(std::optional<Id128> expected_ledger, std::uint32_t rule_version_known)
    : expected_ledger_(expected_ledger),
      rule_version_known_(rule_version_known),
      running_prefix_{Prefix(Hash{})} {}

std::optional<Hash> Admission::Head(std::string_view stream) const {
  const auto found = heads_.find(ToAbsl(stream));
  if (found == heads_.end()) return std::nullopt;
  return found->second;
}

std::optional<Position> Admission::ClosedBy(std::string_view agency_id,
                                            std::string_view submission_id) const {
  const auto found = closed_.find(KeyOf(agency_id, submission_id));
  if (found == closed_.end()) return std::nullopt;
  return Position(found->second);
}

bool Admission::AgreesWith(std::uint64_t commits, const Hash& running) const {
  return commits < running_prefix_.size() && running_prefix_[commits] == Prefix(running);
}

Verdict Admission::StopWith(std::string why) {
  stopped_ = std::move(why);
  return Stop{*stopped_};
}

std::optional<Void> Admission::CheckBytes(const v1::Record& record) const {
  if (!IsWellFormed(record)) return Void{VoidReason::kUndecodable};
  if (!ledger_id_) {
    const bool opens = record.has_genesis() && record.rule_version() == 1;
    if (!opens) return Void{VoidReason::kBeforeGenesis};
    return std::nullopt;
  }
  if (LedgerIdOf(record) != *ledger_id_) return Void{VoidReason::kOtherLedger};
  if (record.has_genesis()) return Void{VoidReason::kUndecodable};
  if (record.rule_version() > rule_version_) return Void{VoidReason::kRuleVersion};
  return std::nullopt;
}

std::optional<std::string> Admission::CheckAnchor(const v1::Anchor& anchor) const {
  if (anchor.commits() > commits()) {
    return "a writer had read " + std::to_string(anchor.commits()) +
           " commits where this log has " + std::to_string(commits()) +
           ": the log has lost its tail";
  }
  if (!AgreesWith(anchor.commits(), *HashFromBytes(anchor.running_hash()))) {
    return "a writer had read another history: running hashes differ after " +
           std::to_string(anchor.commits()) + " commits";
  }
  return std::nullopt;
}

bool Admission::AllCurrent(const Heads& heads) const {
  return std::all_of(heads.begin(), heads.end(), [this](const v1::StreamHead& named) {
    const auto found = heads_.find(named.stream());
    if (found == heads_.end()) return named.head().empty();
    return named.head() == AsBytes(found->second);
  });
}

std::optional<Void> Admission::CheckHeads(const v1::Record& record, const IdKey& id) const {
  if (closed_.contains(id)) return Void{VoidReason::kIdClosed};
  if (!AllCurrent(record.writes())) return Void{VoidReason::kStaleWrite};
  if (!AllCurrent(record.reads())) return Void{VoidReason::kStaleRead};
  return std::nullopt;
}

// From the next record on. Whoever does not know the version must not guess what that one is.
void Admission::SwitchOn(std::uint32_t version) {
  rule_version_ = version;
  if (version <= rule_version_known_) return;
  stopped_ = "the ledger has switched to version " + std::to_string(version) +
             " of the admission rule at position " + std::to_string(commits() - 1) +
             "; this program knows versions up to " + std::to_string(rule_version_known_) +
             ": install a newer one";
}

Commit Admission::Accept(v1::Record record, const IdKey& id, std::string_view bytes) {
  Commit commit;
  commit.position = Position(commits());
  commit.leaf = LeafHash(bytes);
  if (!ledger_id_) {
    ledger_id_ = LedgerIdOf(record);
    genesis_ = record.genesis();
    rule_version_ = 1;
  }
  if (record.has_events()) {
    for (const v1::StreamHead& written : record.writes()) heads_[written.stream()] = commit.leaf;
  }
  closed_.emplace(id, commit.position.value());
  running_ = ChainHash(running_, commit.leaf);
  running_prefix_.push_back(Prefix(running_));
  last_recorded_at_ = std::max(last_recorded_at_, TimeOf(record.recorded_at()));
  SwitchOn(std::max(rule_version_, record.switches_on_rule_version()));
  commit.running = running_;
  commit.recorded_at = last_recorded_at_;
  commit.record = std::move(record);
  return commit;
}

Verdict Admission::Judge(std::string_view bytes) {
  if (stopped_) return Stop{*stopped_};
  v1::Record record;
  if (bytes.size() > kRecordBytesMax ||
      !record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Void{VoidReason::kUndecodable};
  }
  if (const auto unfit = CheckBytes(record)) return *unfit;
  if (!ledger_id_ && expected_ledger_ && LedgerIdOf(record) != *expected_ledger_) {
    return StopWith("this log belongs to another ledger than the configured one");
  }
  if (const auto why = CheckAnchor(record.anchor())) return StopWith(*why);
  const IdKey id = KeyOf(record.agency_id(), record.submission_id());
  if (const auto lost = CheckHeads(record, id)) return *lost;
  return Accept(std::move(record), id, bytes);
}

}  // namespace nhanrong::ledger
