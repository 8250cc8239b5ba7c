#include "projections/agency_directory/agency_directory_query.h"

#include <utility>

#include "projections/agency_directory/agency_directory.h"
#include "projections/stream_rows/stream_rows.h"
#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"

namespace nhanrong::projections {
namespace {

using MaybeActor = std::optional<v1::ActorEntry>;

void AddGrants(const domain::ActorState& actor, absl::CivilDay day, v1::ActorEntry& entry) {
  for (const auto& [id, grant] : actor.grants) {
    const bool over =
        grant.standing == domain::Standing::kRevoked || !domain::IsBefore(day, grant.valid_to);
    if (over) continue;
    v1::GrantEntry& shown = *entry.add_grants();
    shown.set_grant_id(id);
    shown.set_role(grant.role);
    shown.set_scope_unit_id(grant.scope_unit_id);
    shown.set_reads_up_to(grant.reads_up_to);
    shown.set_valid_to(grant.valid_to);
    shown.set_suspended(grant.standing == domain::Standing::kSuspended);
  }
}

void AddCredentials(const domain::ActorState& actor, absl::CivilDay day, v1::ActorEntry& entry) {
  for (const auto& [id, credential] : actor.credentials) {
    if (domain::InForce(credential, day)) entry.add_credential_ids(id);
    const bool waits = credential.standing == domain::Standing::kSuspended;
    if (waits && domain::IsBefore(day, credential.valid_to)) entry.add_suspended_credential_ids(id);
  }
}

// The stream under `key` as it was on the scope's day; an empty one where there is none, or none
// for this asker.
absl::StatusOr<domain::Stream> StreamUnder(const query::QueryScope& scope, const std::string& key,
                                           const domain::AggregateType& type) {
  const auto row = FindRow<rows::v1::StreamRow>(scope.rows, key);
  if (!row.ok()) return row.status();
  const bool shown = *row && ClassificationOf(**row) <= scope.reads_up_to;
  return StreamOf(shown ? **row : rows::v1::StreamRow(), type, scope.effective_on);
}

// Names of the principal and his agency are those of the day.
absl::StatusOr<v1::DelegationEntry> DelegationOf(const query::QueryScope& scope,
                                                 const v1::AuthorityDelegated& terms) {
  v1::DelegationEntry entry;
  v1::ActingFor& acting_for = *entry.mutable_acting_for();
  acting_for.set_delegation_id(terms.delegation_id());
  acting_for.set_form(terms.form());
  acting_for.set_principal_actor_id(terms.principal_actor_id());
  *acting_for.mutable_document() = terms.document();
  std::string agency_id = terms.principal_agency_id();
  if (!terms.principal_actor_id().empty()) {
    const auto stream = StreamUnder(scope, ActorKey(terms.principal_actor_id()), domain::kActor);
    if (!stream.ok()) return stream.status();
    const auto& principal = stream->as<domain::ActorState>();
    acting_for.set_principal_title(principal.title);
    agency_id = principal.agency_id;
  }
  const auto stream = StreamUnder(scope, AgencyKey(agency_id), domain::kAgency);
  if (!stream.ok()) return stream.status();
  const auto& agency = stream->as<domain::AgencyState>();
  acting_for.mutable_principal_agency()->set_agency_id(agency_id);
  acting_for.mutable_principal_agency()->set_name_at_event(agency.name);
  acting_for.mutable_principal_agency()->set_electronic_id(agency.electronic_id);
  *entry.mutable_commands() = terms.commands();
  *entry.mutable_roles() = terms.roles();
  entry.set_scope_unit_id(terms.scope_unit_id());
  entry.set_valid_to(terms.valid_to());
  return entry;
}

// Absent: not registered on the day, of another agency then, or not for this asker.
absl::StatusOr<MaybeActor> ActorOf(const query::QueryScope& scope, const std::string& agency_id,
                                   const std::string& actor_id, const rows::v1::StreamRow& row) {
  if (ClassificationOf(row) > scope.reads_up_to) return MaybeActor();
  const domain::Stream stream = StreamOf(row, domain::kActor, scope.effective_on);
  const auto& actor = stream.as<domain::ActorState>();
  if (!actor.registered || actor.agency_id != agency_id) return MaybeActor();
  v1::ActorEntry entry;
  entry.set_actor_id(actor_id);
  entry.set_kind(actor.kind);
  entry.set_title(actor.title);
  entry.set_revision(row.revision());
  AddGrants(actor, scope.effective_on, entry);
  AddCredentials(actor, scope.effective_on, entry);
  for (const auto& [id, delegation] : actor.delegations) {
    if (!domain::InForce(delegation, scope.effective_on)) continue;
    auto shown = DelegationOf(scope, delegation.terms);
    if (!shown.ok()) return shown.status();
    *entry.add_delegations() = *std::move(shown);
  }
  return std::optional<v1::ActorEntry>(std::move(entry));
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
    auto actor = ActorOf(scope, agency_id, actor_id, **row);
    status.Update(actor.status());
    if (!actor.ok()) return false;
    if (*actor) *agency.add_actors() = **std::move(actor);
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
  if (!agency.established()) return std::nullopt;
  v1::AgencyEntry entry;
  entry.mutable_agency()->set_agency_id(agency_id);
  entry.mutable_agency()->set_electronic_id(agency.electronic_id);
  entry.mutable_agency()->set_name_at_event(agency.name);
  if (!agency.unit_id.empty()) {
    *entry.mutable_unit() = UnitOn(scope, agency.unit_id, v1::AdminUnitRef());
  }
  entry.set_revision(row.revision());
  entry.set_status(agency.status);
  for (const domain::StreamFact& fact : stream.facts()) {
    if (!fact.fact.has_agency_renamed()) *entry.mutable_status_since() = fact.occurred_on;
  }
  return entry;
}

}  // namespace

absl::StatusOr<Page<v1::AgencyEntry>> ListAgencies(const query::QueryScope& scope,
                                                   const v1::ListAgenciesRequest& request) {
  const std::string prefix = AgencyKey(request.agency_id());
  absl::Status status;
  auto page = PageOf<rows::v1::StreamRow, v1::AgencyEntry>(
      scope, prefix,
      [&](std::string_view key, const rows::v1::StreamRow& row) -> std::optional<v1::AgencyEntry> {
        const std::string agency_id(key.substr(kAgencyRows.size()));
        if (!request.agency_id().empty() && agency_id != request.agency_id()) return std::nullopt;
        auto agency = AgencyWithoutActors(scope, agency_id, row);
        if (agency) status.Update(AddActors(scope, *agency));
        return agency;
      });
  if (!status.ok()) return status;
  return page;
}

}  // namespace nhanrong::projections
