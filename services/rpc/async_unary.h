// One unary method on an asynchronous completion queue, as a handler with a reply function. The
// method is raw: requests are read here (request_bytes.h).
//
// Why not gRPC's callback API: in the gRPC of Debian 12 (1.51) it stalls for up to a second under
// load; asynchronous queues do not, and are twice as fast (measured).
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/async_unary_call.h>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "google/rpc/status.pb.h"
#include "services/rpc/call.h"
#include "services/rpc/call_metadata.h"
#include "services/rpc/completion_tag.h"
#include "services/rpc/request_bytes.h"

namespace nhanrong::rpc {

// Calls of each method that wait for a client on each queue: a burst that finds none open waits in
// the kernel's and gRPC's buffers, not lost.
inline constexpr int kOpenCalls = 64;

template <typename Request, typename Response>
struct UnaryMethod {
  using Reply = std::function<void(const google::rpc::Status&, const Response&)>;
  // Asks gRPC for the next call of this method.
  using Open = std::function<void(grpc::ServerContext*, grpc::ByteBuffer*,
                                  grpc::ServerAsyncResponseWriter<grpc::ByteBuffer>*, void* tag)>;
  // Answers by `reply`, once, from any thread, now or later.
  using Handler = std::function<void(const CallInfo&, const Request&, Reply reply)>;
  Open open;
  Handler handler;
  // Calls that wait for their handler's reply.
  mutable std::atomic<int> unanswered{0};
};

template <typename Request, typename Response>
class UnaryCall final : public Tag {
 public:
  using Method = UnaryMethod<Request, Response>;

  // Opens one call; it opens its successor when a client comes, and deletes itself when it is done.
  static void OpenOne(std::shared_ptr<const Method> method) { new UnaryCall(std::move(method)); }

  void Proceed(bool ok) override {
    if (!ok || replied_) {
      delete this;
      return;
    }
    replied_ = true;  // the next event of this tag is the end of Finish
    ++method_->unanswered;
    OpenOne(method_);
    const CallInfo call = CallInfoOf(context_);
    if (const auto wrong = ReadRequest(bytes_, call.language, request_); wrong.code() != 0) {
      return Finish(wrong, {});
    }
    bytes_.Clear();
    method_->handler(call, request_,
                     [this](const google::rpc::Status& status, const Response& response) {
                       Finish(status, response);
                     });
  }

 private:
  explicit UnaryCall(std::shared_ptr<const Method> method)
      : method_(std::move(method)), writer_(&context_) {
    method_->open(&context_, &bytes_, &writer_, this);
  }

  void Finish(const google::rpc::Status& status, const Response& response) {
    const std::shared_ptr<const Method> method = method_;  // this may be deleted by another thread
    if (status.code() == 0) {
      writer_.Finish(BytesOf(response), grpc::Status::OK, this);
    } else {
      writer_.FinishWithError(GrpcStatusOf(status), this);
    }
    --method->unanswered;
  }

  const std::shared_ptr<const Method> method_;  // shared by the calls of one method
  grpc::ServerContext context_;
  grpc::ByteBuffer bytes_;
  Request request_;
  grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> writer_;
  bool replied_ = false;
};

}  // namespace nhanrong::rpc
