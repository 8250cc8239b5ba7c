#include "projections/submissions/submissions_query.h"

#include <utility>

#include "nhanrong/rows/v1/submissions.pb.h"
#include "projections/submissions/submissions.h"
#include "services/domain/rules/rules.h"

namespace nhanrong::projections {
namespace {

v1::SubmissionEntry EntryOf(const rows::v1::SubmissionRow& row) {
  v1::SubmissionEntry entry;
  entry.set_submission_id(row.submission_id());
  entry.set_position(row.position());
  *entry.mutable_recorded_at() = row.recorded_at();
  entry.set_command_type(row.command_type());
  entry.set_actor_id(row.actor_id());
  entry.set_role(row.role());
  if (row.has_acting_for()) *entry.mutable_acting_for() = row.acting_for();
  *entry.mutable_agency() = row.agency();
  *entry.mutable_streams() = row.streams();
  for (const v1::RefusedRule& rule : row.refused()) {
    *entry.add_refused() = domain::Words({rule.rule(), rule.field(), rule.actual()});
  }
  return entry;
}

absl::StatusOr<Page<v1::SubmissionEntry>> OneSubmission(const query::QueryScope& scope,
                                                        const std::string& agency_id,
                                                        const v1::ListSubmissionsRequest& request) {
  Page<v1::SubmissionEntry> page;
  const auto place = FindRow<rows::v1::SubmissionPlaceRow>(
      scope.rows, SubmissionPlaceKey(agency_id, request.submission_id()));
  if (!place.ok()) return place.status();
  if (!*place) return page;
  const std::string prefix =
      request.refused_only() ? RefusalPrefix(agency_id) : SubmissionPrefix(agency_id);
  const auto row = FindRow<rows::v1::SubmissionRow>(
      scope.rows, AtPosition(prefix, Position((*place)->position())));
  if (!row.ok()) return row.status();
  if (*row) page.items.push_back(EntryOf(**row));
  return page;
}

}  // namespace

absl::StatusOr<Page<v1::SubmissionEntry>> ListSubmissions(
    const query::QueryScope& scope, const std::string& agency_id,
    const v1::ListSubmissionsRequest& request) {
  if (!request.submission_id().empty()) return OneSubmission(scope, agency_id, request);
  const std::string prefix =
      request.refused_only() ? RefusalPrefix(agency_id) : SubmissionPrefix(agency_id);
  return PageOf<rows::v1::SubmissionRow, v1::SubmissionEntry>(
      scope, prefix, [](std::string_view, const rows::v1::SubmissionRow& row) {
        return std::optional<v1::SubmissionEntry>(EntryOf(row));
      });
}

}  // namespace nhanrong::projections
