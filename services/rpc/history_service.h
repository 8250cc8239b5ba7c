// HistoryService: accepted commits, from the log itself, as bytes and in typed form.
//
// A synchronous service: each stream holds one thread while it lasts, at most kStreamsMax of them.
#pragma once

#include <atomic>
#include <map>
#include <string>

#include "absl/synchronization/mutex.h"
#include "nhanrong/v1/history_service.pb.h"
#include "services/node/node.h"
#include "services/rpc/call.h"
#include "services/rpc/sync_methods.h"

namespace nhanrong::rpc {

// Readers and followers at once; each holds a thread (8 MB of address space, some 100 kB of
// memory).
inline constexpr int kStreamsMax = 64;
// Of one person or system, so that nobody shuts the others out.
inline constexpr int kStreamsOfActorMax = 8;

// Counts the streams that are open. Thread-safe.
class OpenStreams {
 public:
  // False: too many, in all or of this actor.
  bool Open(const std::string& actor_id);
  // REQUIRES: Open was true for the actor.
  void Close(const std::string& actor_id);

 private:
  absl::Mutex mutex_;
  int total_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, int> by_actor_ ABSL_GUARDED_BY(mutex_);
};

class HistoryService final : public SyncService {
 public:
  explicit HistoryService(node::Node& node);

  grpc::Status Read(grpc::ServerContext* context, const v1::ReadRequest* request,
                    grpc::ServerWriter<v1::ReadResponse>* writer);
  grpc::Status Follow(grpc::ServerContext* context, const v1::FollowRequest* request,
                      grpc::ServerWriter<v1::FollowResponse>* writer);
  // Ends every stream.
  void Stop() { stopping_ = true; }

 private:
  class Cursor;
  class Stream;
  node::Node& node_;
  OpenStreams open_;
  std::atomic<bool> stopping_{false};
};

}  // namespace nhanrong::rpc
