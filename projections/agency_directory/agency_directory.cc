#include "projections/agency_directory/agency_directory.h"

#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"
#include "projections/stream_rows/stream_rows.h"
#include "services/domain/actor/actor_state.h"

namespace nhanrong::projections {
namespace {

// Folds the event into the row under `key`; gives the row as it was and as it is.
struct Change {
  rows::v1::StreamRow before;
  rows::v1::StreamRow after;
};

absl::StatusOr<Change> FoldRow(const projector::FoldEvent& event, const std::string& key,
                               projector::RowWriter& rows) {
  Change change;
  absl::Status folded = ChangeRow<rows::v1::StreamRow>(rows, key, [&](rows::v1::StreamRow& row) {
    change.before = row;
    absl::Status changed = FoldStreamRow(event, row);
    change.after = row;
    return changed;
  });
  if (!folded.ok()) return folded;
  return change;
}

// Empty: none.
std::string AgencyOf(const rows::v1::StreamRow& actor) {
  return StreamOf(actor, domain::kActor).as<domain::ActorState>().agency_id;
}

class AgencyDirectory final : public projector::Projection {
 public:
  std::string_view name() const override { return "agency_directory"; }
  std::uint32_t version() const override { return 4; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string& stream = event.event.stream();
    if (const auto agency = IdInStream(stream, "agency"); !agency.empty()) {
      return FoldRow(event, AgencyKey(agency), rows).status();
    }
    if (const auto actor = IdInStream(stream, "actor"); !actor.empty()) {
      return FoldActor(event, std::string(actor), rows);
    }
    return absl::OkStatus();
  }

  std::string AsShownToday(std::string_view key, std::string past,
                           const projector::RowReader& now) const override {
    return SpansAsShownToday<rows::v1::StreamRow>(
        key, std::move(past), now, [](rows::v1::StreamRow& row) { return row.mutable_facts(); });
  }

 private:
  static absl::Status FoldActor(const projector::FoldEvent& event, const std::string& actor_id,
                                projector::RowWriter& rows) {
    const auto change = FoldRow(event, ActorKey(actor_id), rows);
    if (!change.ok()) return change.status();
    const std::string before = AgencyOf(change->before);
    const std::string after = AgencyOf(change->after);
    if (before == after) return absl::OkStatus();
    if (!before.empty()) rows.Delete(MemberPrefix(before) + actor_id);
    if (!after.empty()) rows.Put(MemberPrefix(after) + actor_id, "");
    return absl::OkStatus();
  }
};

}  // namespace

std::string AgencyKey(std::string_view agency_id) {
  return std::string(kAgencyRows) + std::string(agency_id);
}
std::string ActorKey(std::string_view actor_id) { return "p/" + std::string(actor_id); }
std::string MemberPrefix(std::string_view agency_id) { return "m/" + std::string(agency_id) + "/"; }

std::unique_ptr<projector::Projection> MakeAgencyDirectory() {
  return std::make_unique<AgencyDirectory>();
}

}  // namespace nhanrong::projections
