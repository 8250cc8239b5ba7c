#include "projections/row_scan/row_scan.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/message_lite.h"
#include "services/base/bytes.h"
#include "services/base/check.h"

namespace nhanrong::projections {

absl::Status BadRow(std::string_view key) {
  return absl::DataLossError("row does not parse, key (hex) " + ToHex(key));
}

std::string RowBytes(const google::protobuf::MessageLite& row) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  row.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

absl::StatusOr<std::string> FirstKey(const query::QueryScope& scope, std::string_view prefix) {
  NR_CHECK(scope.page_size > 0, "a page holds at least one row");
  if (scope.after.empty()) return std::string(prefix);
  if (!scope.after.starts_with(prefix)) {
    return absl::InvalidArgumentError("the page begins outside the list");
  }
  return scope.after + '\0';
}

v1::AdminUnitRef UnitOn(const query::QueryScope& scope, const std::string& unit_id,
                        const v1::AdminUnitRef& at_event) {
  if (auto known = scope.units.Ref(unit_id, scope.effective_on)) return *std::move(known);
  if (at_event.unit_id() == unit_id) return at_event;
  v1::AdminUnitRef only_id;
  only_id.set_unit_id(unit_id);
  return only_id;
}

bool InUnit(const query::QueryScope& scope, std::string_view unit_id, std::string_view asked) {
  return asked.empty() || scope.units.IsWithin(unit_id, asked, scope.effective_on);
}

}  // namespace nhanrong::projections
