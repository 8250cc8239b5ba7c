#include "services/feed/schema.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <set>
#include <string>

#include "nhanrong/v1/fact.pb.h"
#include "nhanrong/v1/published_event.pb.h"
#include "services/base/bytes.h"

namespace nhanrong::feed {
namespace {

// Imports first, as readers of a FileDescriptorSet expect.
void Add(const google::protobuf::FileDescriptor& file, std::set<std::string>& seen,
         google::protobuf::FileDescriptorSet& set) {
  if (!seen.insert(file.name()).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) Add(*file.dependency(i), seen, set);
  google::protobuf::FileDescriptorProto& copy = *set.add_file();
  file.CopyTo(&copy);
  file.CopyJsonNameTo(&copy);
}

Schema Make() {
  google::protobuf::FileDescriptorSet set;
  std::set<std::string> seen;
  Add(*v1::PublishedEvent::descriptor()->file(), seen, set);
  // Payloads are bytes with a name: every message that they may be.
  Add(*v1::Fact::descriptor()->file(), seen, set);
  Schema schema;
  schema.descriptors = set.SerializeAsString();
  schema.uri = "urn:sha256:" + ToHex(AsBytes(Sha256(schema.descriptors))) + "#" +
               v1::PublishedEvent::descriptor()->full_name();
  return schema;
}

}  // namespace

const Schema& PublishedSchema() {
  static const Schema schema = Make();
  return schema;
}

}  // namespace nhanrong::feed
