#include "projections/units/units.h"

#include <set>

#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"
#include "projections/stream_rows/stream_rows.h"

namespace nhanrong::projections {
namespace {

std::set<std::string> CodesOf(const rows::v1::StreamRow& row) {
  std::set<std::string> codes;
  const domain::Stream unit = StreamOf(row, domain::kUnit);
  for (const domain::CodeSpan& span : unit.as<domain::UnitState>().Codes()) {
    codes.insert(span.code);
  }
  return codes;
}

class Units final : public projector::Projection {
 public:
  std::string_view name() const override { return "units"; }
  std::uint32_t version() const override { return 4; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string_view id = IdInStream(event.event.stream(), "unit");
    if (id.empty()) return absl::OkStatus();
    std::set<std::string> before;
    std::set<std::string> after;
    absl::Status folded =
        ChangeRow<rows::v1::StreamRow>(rows, UnitKey(id), [&](rows::v1::StreamRow& row) {
          before = CodesOf(row);
          absl::Status changed = FoldStreamRow(event, row);
          if (changed.ok()) after = CodesOf(row);
          return changed;
        });
    if (!folded.ok()) return folded;
    for (const std::string& code : before) {
      if (!after.contains(code)) rows.Delete(CodePrefix(code) + std::string(id));
    }
    for (const std::string& code : after) {
      if (!before.contains(code)) rows.Put(CodePrefix(code) + std::string(id), "");
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::string UnitKey(std::string_view unit_id) {
  return std::string(kUnitRows) + std::string(unit_id);
}

std::string CodePrefix(std::string_view code) { return "c/" + std::string(code) + "/"; }

std::unique_ptr<projector::Projection> MakeUnits() { return std::make_unique<Units>(); }

}  // namespace nhanrong::projections
