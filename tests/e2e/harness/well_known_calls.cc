#include "tests/e2e/harness/well_known_calls.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "absl/time/clock.h"
#include "google/protobuf/unknown_field_set.h"

namespace nhanrong::e2e {
namespace {

using google::protobuf::UnknownFieldSet;

constexpr absl::Duration kLimit = absl::Seconds(10);

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// The messages or texts in field `number` of a message whose type this program does not have.
std::vector<std::string> Under(const std::string& bytes, int number) {
  std::vector<std::string> found;
  UnknownFieldSet fields;
  fields.ParseFromString(bytes);
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == number) found.push_back(fields.field(i).length_delimited());
  }
  return found;
}

// Sends one message and reads one, as a stream of one each way.
std::string Exchange(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const std::string& request) {
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const auto call = stub.PrepareCall(&context, method, &queue);
  const auto done = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->StartCall(nullptr);
  done();
  call->WriteLast(BufferOf(request), {}, nullptr);
  done();
  call->Read(&answer, nullptr);
  const bool read = done();
  context.TryCancel();
  call->Finish(&status, nullptr);
  done();
  queue.Shutdown();
  return read ? BytesOf(answer) : std::string();
}

}  // namespace

bool IsServing(const std::shared_ptr<grpc::Channel>& channel) {
  constexpr int kStatus = 1;
  constexpr int kServing = 1;
  UnknownFieldSet fields;
  fields.ParseFromString(Exchange(channel, "/grpc.health.v1.Health/Check", ""));
  return fields.field_count() == 1 && fields.field(0).number() == kStatus &&
         fields.field(0).varint() == kServing;
}

std::vector<std::string> ReflectedServices(const std::shared_ptr<grpc::Channel>& channel) {
  constexpr int kListServicesResponse = 6;
  constexpr int kService = 1;
  constexpr int kName = 1;
  const std::string list_services("\x3a\x01*", 3);  // field 7, any text
  const std::string answer = Exchange(
      channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", list_services);
  std::vector<std::string> names;
  for (const std::string& list : Under(answer, kListServicesResponse)) {
    for (const std::string& service : Under(list, kService)) {
      for (const std::string& name : Under(service, kName)) names.push_back(name);
    }
  }
  return names;
}

}  // namespace nhanrong::e2e
