#include "services/rpc/history_service.h"

#include <algorithm>
#include <functional>
#include <optional>

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

  Cursor(ledger::LedgerFollower& follower, const v1::HistoryRange& range)
      : follower_(follower), stream_(range.stream()) {
    first_ = range.has_from_time() ? follower.CommitsAt(TimeBefore(range.from_time()))
                                   : range.from_position();
    const auto kept = follower.RunningNotAfter(Position(first_));
    next_ = kept.commits;
    running_ = kept.running;
  }

  std::uint64_t next() const { return next_; }

  // Gives the next chunk of what lies before `end`; false: the client has gone.
  absl::StatusOr<bool> GiveChunk(std::uint64_t end, v1::Classification reads_up_to,
                                 const Give& give) {
    if (next_ >= end) return true;
    const std::size_t count = std::min<std::uint64_t>(end - next_, kChunkCommits);
    const auto commits = follower_.ReadCommits(Position(next_), count);
    if (!commits.ok()) return commits.status();
    return std::all_of(commits->begin(), commits->end(),
                       [&](const auto& commit) { return GiveOne(commit, reads_up_to, give); });
  }

 private:
  static absl::Time TimeBefore(const google::protobuf::Timestamp& stamp) {
    return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos()) -
           absl::Microseconds(1);
  }

  bool GiveOne(const ledger::LedgerFollower::StoredCommit& commit, v1::Classification reads_up_to,
               const Give& give) {
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
    if (Readable(record, reads_up_to)) {
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
  std::uint64_t first_ = 0;
  std::uint64_t next_ = 0;
  Hash running_{};
};

namespace {

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

// One call of Read or Follow. The right to read is asked again for every chunk: what is recorded
// after a revocation is not given.
class HistoryService::Stream {
 public:
  Stream(HistoryService& service, const grpc::ServerContext& context, const char* rpc)
      : service_(service), context_(context), rpc_(rpc), call_(CallInfoOf(context)) {}
  ~Stream() {
    if (!actor_id_.empty()) service_.open_.Close(actor_id_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  grpc::Status Open(const v1::HistoryRange& range) {
    ledger_ = service_.node_.Find(range.ledger());
    if (ledger_ == nullptr) return GrpcStatusOf(NoLedger(service_.node_, call_));
    const auto reader = MayReadNow();
    if (!reader) return GrpcStatusOf(StatusOf(reader.error(), call_.language));
    if (!service_.open_.Open(reader->caller.actor_id)) return GrpcStatusOf(TooMany());
    actor_id_ = reader->caller.actor_id;
    cursor_.emplace(ledger_->follower(), range);
    return grpc::Status::OK;
  }

  bool gone() const { return context_.IsCancelled() || service_.stopping_; }
  bool has_given(std::uint64_t end) const { return cursor_->next() >= end; }
  ledger::LedgerFollower& follower() const { return ledger_->follower(); }

  // Gives the next chunk before `end`. Not OK: the stream ends with it, CANCELLED where the client
  // has what it wanted or is gone.
  grpc::Status GiveChunk(std::uint64_t end, const Cursor::Give& give) {
    const auto reader = MayReadNow();
    if (!reader) return GrpcStatusOf(StatusOf(reader.error(), call_.language));
    const auto given = cursor_->GiveChunk(end, reader->reads_up_to, give);
    if (!given.ok()) return GrpcStatusOf(StatusOf(given.status(), "LOG"));
    return *given ? grpc::Status::OK : grpc::Status::CANCELLED;
  }
  void AwaitMore() { follower().WaitCommits(cursor_->next() + 1, kFollowWait); }

 private:
  tl::expected<Reader, NoReading> MayReadNow() const {
    const node::Node& node = service_.node_;
    return MayRead(*ledger_, node.clock(), node.national(), call_, rpc_, "");
  }

  HistoryService& service_;
  const grpc::ServerContext& context_;
  const char* const rpc_;
  const CallInfo call_;
  node::ServedLedger* ledger_ = nullptr;
  std::string actor_id_;  // empty: not counted as open
  std::optional<Cursor> cursor_;
};

bool OpenStreams::Open(const std::string& actor_id) {
  absl::MutexLock lock(&mutex_);
  int& of_actor = by_actor_[actor_id];
  if (total_ >= kStreamsMax || of_actor >= kStreamsOfActorMax) {
    if (of_actor == 0) by_actor_.erase(actor_id);
    return false;
  }
  ++total_;
  ++of_actor;
  return true;
}

void OpenStreams::Close(const std::string& actor_id) {
  absl::MutexLock lock(&mutex_);
  --total_;
  if (--by_actor_[actor_id] == 0) by_actor_.erase(actor_id);
}

HistoryService::HistoryService(node::Node& node) : node_(node) {
  AddStream("/nhanrong.v1.HistoryService/Read", &HistoryService::Read);
  AddStream("/nhanrong.v1.HistoryService/Follow", &HistoryService::Follow);
}

grpc::Status HistoryService::Read(grpc::ServerContext* context, const v1::ReadRequest* request,
                                  grpc::ServerWriter<v1::ReadResponse>* writer) {
  Stream stream(*this, *context, "HistoryService/Read");
  if (grpc::Status opened = stream.Open(request->range()); !opened.ok()) return opened;
  std::uint64_t left = request->commits_max() == 0 ? ~0ull : request->commits_max();
  const std::uint64_t end = stream.follower().counters().commits;
  grpc::Status given;
  while (given.ok() && !stream.has_given(end)) {
    given = stream.GiveChunk(end, [&](const v1::HistoryEntry& entry) {
      v1::ReadResponse response;
      *response.mutable_entry() = entry;
      return writer->Write(response) && --left > 0 && !stream.gone();
    });
  }
  return given.error_code() == grpc::StatusCode::CANCELLED ? grpc::Status::OK : given;
}

grpc::Status HistoryService::Follow(grpc::ServerContext* context, const v1::FollowRequest* request,
                                    grpc::ServerWriter<v1::FollowResponse>* writer) {
  Stream stream(*this, *context, "HistoryService/Follow");
  if (grpc::Status opened = stream.Open(request->range()); !opened.ok()) return opened;
  const auto give = [&](const v1::HistoryEntry& entry) {
    v1::FollowResponse response;
    *response.mutable_entry() = entry;
    return writer->Write(response) && !stream.gone();
  };
  const auto say_caught_up = [&](std::uint64_t end) {
    v1::FollowResponse response;
    response.set_caught_up_to(end - 1);
    return writer->Write(response) ? grpc::Status::OK : grpc::Status::CANCELLED;
  };
  absl::Time say_again = absl::InfinitePast();
  grpc::Status given;
  while (given.ok() && !stream.gone()) {
    const std::uint64_t end = stream.follower().counters().commits;
    given = stream.GiveChunk(end, give);
    if (!given.ok() || !stream.has_given(end)) continue;
    if (end > 0 && absl::Now() >= say_again) {
      given = say_caught_up(end);
      say_again = absl::Now() + kCaughtUpInterval;
    }
    stream.AwaitMore();
  }
  return given.error_code() == grpc::StatusCode::CANCELLED ? grpc::Status::OK : given;
}

}  // namespace nhanrong::rpc
