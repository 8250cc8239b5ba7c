// Requests as bytes: read here and not by gRPC, which answers INTERNAL without a word for what is
// no message of the contract.
#pragma once

#include <grpcpp/grpcpp.h>

#include <tuple>

#include "google/protobuf/message.h"
#include "google/rpc/status.pb.h"
#include "services/rpc/call.h"

namespace nhanrong::rpc {

// Fills `request`. Not OK: INVALID_ARGUMENT with the field at which the bytes stop being such a
// message, named as the rules on fields name it (without "submission.").
google::rpc::Status ReadRequest(const grpc::ByteBuffer& bytes, Language language,
                                google::protobuf::Message& request);

// What a raw method sends.
template <typename Message>
grpc::ByteBuffer BytesOf(const Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  // Serialising to memory does not fail.
  std::ignore = grpc::SerializationTraits<Message>::Serialize(message, &bytes, &own);
  return bytes;
}

}  // namespace nhanrong::rpc
