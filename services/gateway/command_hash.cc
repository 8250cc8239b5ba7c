#include "services/gateway/command_hash.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace nhanrong::gateway {

Hash CommandHash(const v1::Submission& submission) {
  v1::Submission content = submission;
  content.clear_submission_id();
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    content.SerializeToCodedStream(&coded);
  }
  return Sha256(bytes);
}

}  // namespace nhanrong::gateway
