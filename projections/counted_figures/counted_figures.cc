#include "projections/counted_figures/counted_figures.h"

#include <string>

#include "nhanrong/rows/v1/counted_figures.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"

namespace nhanrong::projections {
namespace {

using rows::v1::FigureRow;
using rows::v1::FigureSpan;

// A correction that brings no period or sources of its own leaves those of the statement.
bool SetFigureSpan(const v1::Fact& fact, const projector::FoldEvent& event, FigureSpan& span) {
  if (!fact.has_counted_figure_recorded()) return false;
  *span.mutable_figure() = fact.counted_figure_recorded().figure();
  if (event.event.has_unit()) *span.mutable_unit() = event.event.unit();
  if (event.event.has_period()) *span.mutable_period() = event.event.period();
  if (event.event.sources_size() > 0) *span.mutable_sources() = event.event.sources();
  return true;
}

class CountedFiguresProjection final : public projector::Projection {
 public:
  std::string_view name() const override { return "counted_figures"; }
  std::uint32_t version() const override { return 3; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string_view figure_id = IdInStream(event.event.stream(), "figure");
    if (figure_id.empty()) return absl::OkStatus();
    const std::string key = std::string(kFigureRows) + std::string(figure_id);
    return ChangeRow<FigureRow>(rows, key, [&](FigureRow& row) {
      return FoldSpans<FigureSpan>(event, *row.mutable_spans(), SetFigureSpan);
    });
  }

  std::string AsShownToday(std::string_view key, std::string past,
                           const projector::RowReader& now) const override {
    return SpansAsShownToday<FigureRow>(key, std::move(past), now,
                                        [](FigureRow& row) { return row.mutable_spans(); });
  }
};

}  // namespace

std::unique_ptr<projector::Projection> MakeCountedFigures() {
  return std::make_unique<CountedFiguresProjection>();
}

}  // namespace nhanrong::projections
