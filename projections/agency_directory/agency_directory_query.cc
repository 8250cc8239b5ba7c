#include "projections/agency_directory/agency_directory_query.h"

#include <utility>

#include "projections/agency_directory/agency_directory.h"
#include "projections/stream_rows/stream_rows.h"
#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"

namespace nhanrong::projections {
namespace {

// Absent: not registered on the day, of another agency then, or not for this asker.
std::optional<v1::ActorEntry> ActorOf(const query::QueryScope& scope, const std::string& agency_id,
                                      const std::string& actor_id, const rows::v1::StreamRow& row) {
  if (ClassificationOf(row) > scope.reads_up_to) return std::nullopt;
  const domain::Stream stream = StreamOf(row, domain::kActor, scope.effective_on);
  const auto& actor = stream.as<domain::ActorState>();
  if (!actor.registered || actor.agency_id != agency_id) return std::nullopt;
  v1::ActorEntry entry;
  entry.set_actor_id(actor_id);
  entry.set_kind(actor.kind);
  entry.set_title(actor.title);
  entry.set_revision(row.revision());
  for (const auto& [id, grant] : actor.GrantsOn(scope.effective_on)) {
    v1::GrantEntry& shown = *entry.add_grants();
    shown.set_grant_id(id);
    shown.set_role(grant.role);
    shown.set_scope_unit_id(grant.scope_unit_id);
    shown.set_reads_up_to(grant.reads_up_to);
    shown.set_valid_to(grant.valid_to);
  }
  for (const auto& [id, credential] : actor.credentials) {
    if (domain::InForce(credential, scope.effective_on)) entry.add_credential_ids(id);
  }
  return entry;
}

absl::Status AddActors(const query::QueryScope& scope, v1::AgencyEntry& agency) {
  absl::Status status;
  const std::string& agency_id = agency.agency().agency_id();
  const std::string prefix = MemberPrefix(agency_id);
  scope.rows.Scan(prefix, "", [&](std::string_view key, std::string_view) {
    const std::string actor_id(key.substr(prefix.size()));
    const auto row = FindRow<rows::v1::StreamRow>(scope.rows, ActorKey(actor_id));
    status.Update(row.status());
    if (!row.ok() || !*row) return row.ok();
    if (auto actor = ActorOf(scope, agency_id, actor_id, **row)) {
      *agency.add_actors() = *std::move(actor);
    }
    return true;
  });
  return status;
}

// Without actors. Absent: not established on the day, or not for this asker.
std::optional<v1::AgencyEntry> AgencyWithoutActors(const query::QueryScope& scope,
                                                   const std::string& agency_id,
                                                   const rows::v1::StreamRow& row) {
  if (ClassificationOf(row) > scope.reads_up_to) return std::nullopt;
  const domain::Stream stream = StreamOf(row, domain::kAgency, scope.effective_on);
  const auto& agency = stream.as<domain::AgencyState>();
  if (!agency.established) return std::nullopt;
  v1::AgencyEntry entry;
  entry.mutable_agency()->set_agency_id(agency_id);
  entry.mutable_agency()->set_electronic_id(agency.electronic_id);
  entry.mutable_agency()->set_name_at_event(agency.name);
  if (!agency.unit_id.empty()) {
    *entry.mutable_unit() = UnitOn(scope, agency.unit_id, v1::AdminUnitRef());
  }
  entry.set_revision(row.revision());
  return entry;
}

}  // namespace

absl::StatusOr<Page<v1::AgencyEntry>> ListAgencies(const query::QueryScope& scope,
                                                   const v1::ListAgenciesRequest& request) {
  const std::string prefix = AgencyKey(request.agency_id());
  auto page = PageOf<rows::v1::StreamRow, v1::AgencyEntry>(
      scope, prefix,
      [&](std::string_view key, const rows::v1::StreamRow& row) -> std::optional<v1::AgencyEntry> {
        const std::string agency_id(key.substr(kAgencyRows.size()));
        if (!request.agency_id().empty() && agency_id != request.agency_id()) return std::nullopt;
        return AgencyWithoutActors(scope, agency_id, row);
      });
  if (!page.ok()) return page.status();
  for (v1::AgencyEntry& agency : page->items) {
    if (absl::Status added = AddActors(scope, agency); !added.ok()) return added;
  }
  return page;
}

}  // namespace nhanrong::projections
