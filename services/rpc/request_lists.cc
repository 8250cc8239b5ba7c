#include "services/rpc/request_lists.h"

#include <string_view>

#include "services/base/check.h"

namespace nhanrong::rpc {
namespace {

struct ListLimit {
  std::string_view request;
  std::string_view field;
  int most;
};

constexpr ListLimit kLimits[] = {
    // As many as rows on a page.
    {"nhanrong.v1.ListSubmissionsRequest", "correlation_ids", 1'000},
};

}  // namespace

std::optional<LongList> FindLongList(const google::protobuf::Message& request) {
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  for (const ListLimit& limit : kLimits) {
    if (type.full_name() != limit.request) continue;
    const auto* field = type.FindFieldByName(std::string(limit.field));
    NR_CHECK(field != nullptr, "a field of the contract");
    if (request.GetReflection()->FieldSize(request, field) > limit.most) {
      return LongList{field->name(), limit.most};
    }
  }
  return std::nullopt;
}

}  // namespace nhanrong::rpc
