#include "projections/model_card/model_card_query.h"

#include <optional>
#include <utility>

#include "nhanrong/rows/v1/model_card.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/model_card/model_card.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::projections {
namespace {

using rows::v1::TimelineRow;

v1::TimelineEntry EntryOf(const TimelineRow& row) {
  const v1::Event& event = row.event();
  v1::TimelineEntry entry;
  entry.set_position(row.position());
  *entry.mutable_recorded_at() = row.recorded_at();
  entry.set_event_id(event.event_id());
  entry.set_type(event.type());
  *entry.mutable_occurred_on() = event.occurred_on();
  if (auto fact = domain::FactOf(event)) *entry.mutable_fact() = *std::move(fact);
  *entry.mutable_agency() = row.signer().agency();
  entry.set_actor_id(row.signer().actor_id());
  entry.set_role(row.signer().role());
  if (row.signer().has_acting_for()) *entry.mutable_acting_for() = row.signer().acting_for();
  entry.set_reason(event.reason());
  *entry.mutable_sources() = event.sources();
  entry.set_corrected_by(row.corrected_by());
  entry.set_annulled_by(row.annulled_by());
  entry.set_backdated(event.backdated());
  return entry;
}

}  // namespace

absl::StatusOr<Page<v1::TimelineEntry>> Timeline(const query::QueryScope& scope,
                                                 std::string_view model_id) {
  return PageOf<TimelineRow, v1::TimelineEntry>(
      scope, TimelinePrefix(model_id),
      [&](std::string_view, const TimelineRow& row) -> std::optional<v1::TimelineEntry> {
        if (row.event().classification() > scope.reads_up_to) return std::nullopt;
        if (row.shown_from_day() > DayNumber(scope.effective_on)) return std::nullopt;
        return EntryOf(row);
      });
}

}  // namespace nhanrong::projections
