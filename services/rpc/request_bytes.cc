#include "services/rpc/request_bytes.h"

#include <grpcpp/support/proto_buffer_reader.h>

#include <string>

#include "absl/strings/strip.h"
#include "services/base/text.h"
#include "services/rpc/wire_fault.h"

namespace nhanrong::rpc {
namespace {

using Kind = WireFault::Kind;

// A client speaks of the submission, not of the request around it.
constexpr char kOfSubmit[] = "submission.";

WireFault FaultOf(const grpc::ByteBuffer& bytes, const google::protobuf::Message& request) {
  grpc::Slice slice;
  if (!bytes.Valid() || !bytes.DumpToSingleSlice(&slice).ok()) return {};
  const std::string_view text(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return FindWireFault(text, *request.GetDescriptor()).value_or(WireFault{});
}

google::rpc::Status StatusOf(const WireFault& fault, const std::string& message,
                             Language language) {
  const std::string field(absl::StripPrefix(fault.field, kOfSubmit));
  switch (fault.kind) {
    case Kind::kNotUtf8:
      return InvalidField(field, "Không phải UTF-8", "is not UTF-8", "văn bản UTF-8 dạng NFC",
                          "UTF-8 text in NFC", language);
    case Kind::kTooDeep:
      return InvalidField(field, "Lồng nhau quá sâu", "is nested too deeply",
                          "tối đa " + std::to_string(kNestingMax) + " tầng",
                          "at most " + std::to_string(kNestingMax) + " levels", language);
    case Kind::kMalformed:
      break;
  }
  return InvalidField(field, "Không phải thông điệp " + message, "is no " + message,
                      "một thông điệp protobuf đúng dạng", "a well-formed protobuf message",
                      language);
}

}  // namespace

google::rpc::Status ReadRequest(const grpc::ByteBuffer& bytes, Language language,
                                google::protobuf::Message& request) {
  grpc::ByteBuffer read = bytes;  // refers to the same bytes
  if (bytes.Valid()) {
    grpc::ProtoBufferReader reader(&read);
    if (reader.status().ok() && request.ParseFromZeroCopyStream(&reader)) return {};
  }
  return StatusOf(FaultOf(bytes, request), request.GetDescriptor()->name(), language);
}

}  // namespace nhanrong::rpc
