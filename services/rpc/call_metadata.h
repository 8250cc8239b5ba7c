// Between gRPC's contexts and statuses and this project's own.
#pragma once

#include <grpcpp/grpcpp.h>

#include "google/rpc/status.pb.h"
#include "services/rpc/call.h"

namespace nhanrong::rpc {

// Vietnamese unless the caller accepts English.
Language LanguageOf(const grpc::ServerContext& context);
CallInfo CallInfoOf(const grpc::ServerContext& context);
// With the details in grpc-status-details-bin.
grpc::Status GrpcStatusOf(const google::rpc::Status& status);

}  // namespace nhanrong::rpc
