#include "projections/submissions/submissions_query.h"

#include <algorithm>
#include <utility>
#include <vector>

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
  entry.set_correlation_id(row.correlation_id());
  entry.set_causation_id(row.causation_id());
  for (const rows::v1::SubmissionEvent& event : row.events()) {
    v1::AcceptedEvent& made = *entry.add_events();
    made.set_event_id(event.event_id());
    made.set_stream(event.stream());
    made.set_revision(event.revision());
    made.set_type(event.type());
  }
  for (const v1::RefusedRule& rule : row.refused()) {
    *entry.add_refused() = domain::Words({rule.rule(), rule.field(), rule.actual()});
  }
  return entry;
}

// The entry at a place; absent when the request asks for others.
absl::StatusOr<std::optional<v1::SubmissionEntry>> EntryAt(
    const query::QueryScope& scope, const std::string& agency_id,
    const rows::v1::SubmissionPlaceRow& place, const v1::ListSubmissionsRequest& request) {
  const std::string prefix =
      request.refused_only() ? RefusalPrefix(agency_id) : SubmissionPrefix(agency_id);
  const auto row =
      FindRow<rows::v1::SubmissionRow>(scope.rows, AtPosition(prefix, Position(place.position())));
  if (!row.ok()) return row.status();
  const bool other = *row && !request.submission_id().empty() &&
                     (*row)->submission_id() != request.submission_id();
  if (!*row || other) return std::optional<v1::SubmissionEntry>();
  return std::optional<v1::SubmissionEntry>(EntryOf(**row));
}

absl::StatusOr<Page<v1::SubmissionEntry>> OneSubmission(const query::QueryScope& scope,
                                                        const std::string& agency_id,
                                                        const v1::ListSubmissionsRequest& request) {
  Page<v1::SubmissionEntry> page;
  const auto place = FindRow<rows::v1::SubmissionPlaceRow>(
      scope.rows, SubmissionPlaceKey(agency_id, request.submission_id()));
  if (!place.ok()) return place.status();
  if (!*place) return page;
  auto entry = EntryAt(scope, agency_id, **place, request);
  if (!entry.ok()) return entry.status();
  if (*entry) page.items.push_back(**std::move(entry));
  return page;
}

// In order of the keys, which is the order of their hashes: a page goes on where the last one
// ended.
std::vector<std::string> CorrelationPrefixes(const std::string& agency_id,
                                             const v1::ListSubmissionsRequest& request) {
  std::vector<std::string> prefixes;
  for (const std::string& id : request.correlation_ids()) {
    prefixes.push_back(CorrelationPrefix(agency_id, id));
  }
  std::sort(prefixes.begin(), prefixes.end());
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  return prefixes;
}

// Adds to the page what lies below one prefix; `last`: the key of the last row on it.
absl::Status AddCorrelated(const query::QueryScope& scope, const std::string& agency_id,
                           const v1::ListSubmissionsRequest& request, const std::string& prefix,
                           Page<v1::SubmissionEntry>& page, std::string& last) {
  absl::Status status;
  const std::string first = scope.after.starts_with(prefix) ? scope.after + '\0' : prefix;
  const absl::Status scanned = EachRow<rows::v1::SubmissionPlaceRow>(
      scope.rows, prefix, first, [&](std::string_view key, const auto& place) {
        auto entry = EntryAt(scope, agency_id, place, request);
        status.Update(entry.status());
        if (!entry.ok() || !*entry) return entry.ok();
        if (page.items.size() == scope.page_size) {
          page.next_after = last;
          return false;
        }
        page.items.push_back(**std::move(entry));
        last = std::string(key);
        return true;
      });
  status.Update(scanned);
  return status;
}

absl::StatusOr<Page<v1::SubmissionEntry>> Correlated(const query::QueryScope& scope,
                                                     const std::string& agency_id,
                                                     const v1::ListSubmissionsRequest& request) {
  Page<v1::SubmissionEntry> page;
  std::string last;
  for (const std::string& prefix : CorrelationPrefixes(agency_id, request)) {
    if (!scope.after.starts_with(prefix) && prefix < scope.after) continue;
    const absl::Status added = AddCorrelated(scope, agency_id, request, prefix, page, last);
    if (!added.ok()) return added;
    if (page.next_after) break;
  }
  return page;
}

}  // namespace

absl::StatusOr<Page<v1::SubmissionEntry>> ListSubmissions(
    const query::QueryScope& scope, const std::string& agency_id,
    const v1::ListSubmissionsRequest& request) {
  if (!request.correlation_ids().empty()) return Correlated(scope, agency_id, request);
  if (!request.submission_id().empty()) return OneSubmission(scope, agency_id, request);
  const std::string prefix =
      request.refused_only() ? RefusalPrefix(agency_id) : SubmissionPrefix(agency_id);
  return PageOf<rows::v1::SubmissionRow, v1::SubmissionEntry>(
      scope, prefix, [](std::string_view, const rows::v1::SubmissionRow& row) {
        return std::optional<v1::SubmissionEntry>(EntryOf(row));
      });
}

}  // namespace nhanrong::projections
