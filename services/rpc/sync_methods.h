// A synchronous service whose requests are read by ReadRequest. What the generated base of a
// service does, but for that: there a request that cannot be read never reaches the service.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/method_handler.h>

#include <utility>

#include "services/rpc/call_metadata.h"
#include "services/rpc/request_bytes.h"

namespace nhanrong::rpc {

class SyncService : public grpc::Service {
 protected:
  // `path` as on the wire, "/nhanrong.v1.AdminService/ListLedgers"; it must live for ever.
  template <typename Service, typename Request, typename Response>
  void AddUnary(const char* path,
                grpc::Status (Service::*answer)(grpc::ServerContext*, const Request*, Response*)) {
    using Handler = grpc::internal::RpcMethodHandler<Service, grpc::ByteBuffer, Response>;
    Add<Handler, Request, Response>(path, grpc::internal::RpcMethod::NORMAL_RPC, answer);
  }
  // The same for a method that answers with a stream.
  template <typename Service, typename Request, typename Response>
  void AddStream(const char* path,
                 grpc::Status (Service::*answer)(grpc::ServerContext*, const Request*,
                                                 grpc::ServerWriter<Response>*)) {
    using Handler = grpc::internal::ServerStreamingHandler<Service, grpc::ByteBuffer, Response>;
    Add<Handler, Request, grpc::ServerWriter<Response>>(
        path, grpc::internal::RpcMethod::SERVER_STREAMING, answer);
  }

 private:
  template <typename Handler, typename Request, typename Out, typename Service>
  void Add(const char* path, grpc::internal::RpcMethod::RpcType type,
           grpc::Status (Service::*answer)(grpc::ServerContext*, const Request*, Out*)) {
    const auto read_and_answer = [answer](Service* service, grpc::ServerContext* context,
                                          const grpc::ByteBuffer* bytes, Out* out) {
      Request request;
      const auto wrong = ReadRequest(*bytes, LanguageOf(*context), request);
      return wrong.code() == 0 ? (service->*answer)(context, &request, out) : GrpcStatusOf(wrong);
    };
    AddMethod(new grpc::internal::RpcServiceMethod(
        path, type, new Handler(read_and_answer, static_cast<Service*>(this))));
  }
};

}  // namespace nhanrong::rpc
