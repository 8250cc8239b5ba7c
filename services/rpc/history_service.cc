#include "services/rpc/history_service.h"

#include <algorithm>
#include <functional>

#include "services/domain/values/timestamps.h"
#include "services/rpc/call_metadata.h"
#include "services/rpc/read_access.h"

namespace nhanrong::rpc {
namespace {

// Commits read from the log at once: half a megabyte, some milliseconds.
constexpr std::size_t kChunkCommits = 500;
// How long a follower that has everything waits before it looks whether its client is still there,
// and how often it says that it is caught up.
constexpr absl::Duration kFollowWait = absl::Milliseconds(500);
constexpr absl::Duration kCaughtUpInterval = absl::Seconds(5);

bool Writes(const v1::Record& record, const std::string& stream) {
  return std::any_of(record.events().events().begin(), record.events().events().end(),
                     [&](const v1::Event& event) { return event.stream() == stream; });
}

bool Readable(const v1::Record& record, v1::Classification reads_up_to) {
  return std::all_of(record.events().events().begin(), record.events().events().end(),
                     [&](const v1::Event& event) { return event.classification() <= reads_up_to; });
}

}  // namespace

// Walks a ledger's commits from a position on, chaining the running hash.
class HistoryService::Cursor {
 public:
  using Give = std::function<bool(const v1::HistoryEntry&)>;

  Cursor(ledger::LedgerFollower& follower, const v1::HistoryRange& range,
         v1::Classification reads_up_to)
      : follower_(follower), stream_(range.stream()), reads_up_to_(reads_up_to) {
    first_ = range.has_from_time() ? follower.CommitsAt(TimeBefore(range.from_time()))
                                   : range.from_position();
    const auto kept = follower.RunningNotAfter(Position(first_));
    next_ = kept.commits;
    running_ = kept.running;
  }

  std::uint64_t next() const { return next_; }

  // Gives what lies before `end`; false: the client has gone.
  absl::StatusOr<bool> GiveUpTo(std::uint64_t end, const Give& give) {
    while (next_ < end) {
      const std::size_t count = std::min<std::uint64_t>(end - next_, kChunkCommits);
      const auto commits = follower_.ReadCommits(Position(next_), count);
      if (!commits.ok()) return commits.status();
      for (const auto& commit : *commits) {
        if (!GiveOne(commit, give)) return false;
      }
    }
    return true;
  }

 private:
  static absl::Time TimeBefore(const google::protobuf::Timestamp& stamp) {
    return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos()) -
           absl::Microseconds(1);
  }

  bool GiveOne(const ledger::LedgerFollower::StoredCommit& commit, const Give& give) {
    const Hash leaf = LeafHash(commit.bytes);
    running_ = ChainHash(running_, leaf);
    ++next_;
    if (commit.position.value() < first_) return true;
    v1::HistoryEntry entry;
    v1::Record& record = *entry.mutable_record();
    record.ParseFromString(commit.bytes);
    if (!stream_.empty() && !Writes(record, stream_)) return true;
    entry.set_position(commit.position.value());
    *entry.mutable_recorded_at() = domain::StampOf(commit.recorded_at);
    entry.set_leaf_hash(std::string(AsBytes(leaf)));
    entry.set_running_hash(std::string(AsBytes(running_)));
    if (Readable(record, reads_up_to_)) {
      entry.set_record_bytes(commit.bytes);
      for (const v1::Event& event : record.events().events()) {
        v1::Fact& fact = *entry.add_facts();
        if (auto known = domain::FactOf(event)) fact = *std::move(known);
      }
    } else {
      entry.clear_record();  // the hashes stay, so that the chain can be followed
    }
    return give(entry);
  }

  ledger::LedgerFollower& follower_;
  const std::string stream_;
  const v1::Classification reads_up_to_;
  std::uint64_t first_ = 0;
  std::uint64_t next_ = 0;
  Hash running_{};
};

namespace {

// Counts the streams that are open.
class OpenStream {
 public:
  explicit OpenStream(std::atomic<int>& streams) : streams_(streams), number_(++streams) {}
  ~OpenStream() { --streams_; }
  bool fits() const { return number_ <= kStreamsMax; }

 private:
  std::atomic<int>& streams_;
  const int number_;
};

google::rpc::Status TooMany() {
  return StatusOf(absl::ResourceExhaustedError("too many history streams are open"), "OVERLOADED");
}

google::rpc::Status NoLedger(const node::Node& node, const CallInfo& call) {
  // Which ledgers there are is not known while the store is away: that is no fault of the caller.
  if (const absl::Status store = node.store_status(); !store.ok()) {
    return StatusOf(absl::UnavailableError(store.message()), "NOT_NOW");
  }
  return InvalidField("range.ledger", "Máy chủ này không phục vụ sổ cái đó",
                      "this server serves no such ledger", "tên sổ cái có thật",
                      "the name of a ledger", call.language);
}

}  // namespace

grpc::Status HistoryService::Read(grpc::ServerContext* context, const v1::ReadRequest* request,
                                  grpc::ServerWriter<v1::ReadResponse>* writer) {
  const CallInfo call = CallInfoOf(*context);
  const OpenStream stream(streams_);
  if (!stream.fits()) return GrpcStatusOf(TooMany());
  node::ServedLedger* ledger = node_.Find(request->range().ledger());
  if (ledger == nullptr) return GrpcStatusOf(NoLedger(node_, call));
  const auto reader =
      MayRead(*ledger, node_.clock(), node_.national(), call, "HistoryService/Read", "");
  if (!reader) return GrpcStatusOf(StatusOf(reader.error(), call.language));
  Cursor cursor(ledger->follower(), request->range(), reader->reads_up_to);
  std::uint64_t left = request->commits_max() == 0 ? ~0ull : request->commits_max();
  const auto given =
      cursor.GiveUpTo(ledger->follower().counters().commits, [&](const v1::HistoryEntry& entry) {
        v1::ReadResponse response;
        *response.mutable_entry() = entry;
        return writer->Write(response) && --left > 0 && !context->IsCancelled() && !stopping_;
      });
  return given.ok() ? grpc::Status::OK : GrpcStatusOf(StatusOf(given.status(), "LOG"));
}

grpc::Status HistoryService::Follow(grpc::ServerContext* context, const v1::FollowRequest* request,
                                    grpc::ServerWriter<v1::FollowResponse>* writer) {
  const CallInfo call = CallInfoOf(*context);
  const OpenStream stream(streams_);
  if (!stream.fits()) return GrpcStatusOf(TooMany());
  node::ServedLedger* ledger = node_.Find(request->range().ledger());
  if (ledger == nullptr) return GrpcStatusOf(NoLedger(node_, call));
  const auto reader =
      MayRead(*ledger, node_.clock(), node_.national(), call, "HistoryService/Follow", "");
  if (!reader) return GrpcStatusOf(StatusOf(reader.error(), call.language));
  ledger::LedgerFollower& follower = ledger->follower();
  Cursor cursor(follower, request->range(), reader->reads_up_to);
  absl::Time say_caught_up = absl::InfinitePast();
  while (!context->IsCancelled() && !stopping_) {
    const std::uint64_t end = follower.counters().commits;
    const auto given = cursor.GiveUpTo(end, [&](const v1::HistoryEntry& entry) {
      v1::FollowResponse response;
      *response.mutable_entry() = entry;
      return writer->Write(response) && !stopping_;
    });
    if (!given.ok()) return GrpcStatusOf(StatusOf(given.status(), "LOG"));
    if (!*given) break;
    if (absl::Now() >= say_caught_up && end > 0) {
      v1::FollowResponse response;
      response.set_caught_up_to(end - 1);
      if (!writer->Write(response)) break;
      say_caught_up = absl::Now() + kCaughtUpInterval;
    }
    follower.WaitCommits(cursor.next() + 1, kFollowWait);
  }
  return grpc::Status::OK;
}

}  // namespace nhanrong::rpc
