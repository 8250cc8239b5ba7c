// HistoryService: accepted commits, from the log itself, as bytes and in typed form.
//
// A synchronous service: each stream holds one thread while it lasts, at most kStreamsMax of them.
#pragma once

#include <atomic>

#include "nhanrong/v1/history_service.grpc.pb.h"
#include "services/node/node.h"
#include "services/rpc/call.h"

namespace nhanrong::rpc {

// Readers and followers at once; each holds a thread (8 MB of address space, some 100 kB of
// memory).
inline constexpr int kStreamsMax = 64;

class HistoryService final : public v1::HistoryService::Service {
 public:
  explicit HistoryService(node::Node& node) : node_(node) {}

  grpc::Status Read(grpc::ServerContext* context, const v1::ReadRequest* request,
                    grpc::ServerWriter<v1::ReadResponse>* writer) override;
  grpc::Status Follow(grpc::ServerContext* context, const v1::FollowRequest* request,
                      grpc::ServerWriter<v1::FollowResponse>* writer) override;
  // Ends every stream.
  void Stop() { stopping_ = true; }

 private:
  class Cursor;
  node::Node& node_;
  std::atomic<int> streams_{0};
  std::atomic<bool> stopping_{false};
};

}  // namespace nhanrong::rpc
