#include "services/rpc/query_methods.h"

#include <utility>

#include "projections/agency_directory/agency_directory_query.h"
#include "projections/counted_figures/counted_figures_query.h"
#include "projections/model_card/model_card_query.h"
#include "projections/model_list/model_list_query.h"
#include "projections/sites/sites_query.h"
#include "projections/submissions/submissions_query.h"
#include "projections/units/units_query.h"

namespace nhanrong::rpc {
namespace {

query::QueryScope OnRows(const query::QueryScope& scope, const projector::RowReader& rows) {
  return {rows, scope.effective_on, scope.units, scope.reads_up_to, scope.page_size, scope.after};
}

query::QueryScope Reading(const query::QueryScope& scope, v1::Classification reads_up_to) {
  return {scope.rows, scope.effective_on, scope.units, reads_up_to, scope.page_size, scope.after};
}

template <typename Item, typename Field>
NextPage Fill(projections::Page<Item>& page, Field* field) {
  for (Item& item : page.items) *field->Add() = std::move(item);
  return std::move(page.next_after);
}

}  // namespace

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::GetModelRequest& request,
                             v1::GetModelResponse& response) {
  const auto as_it_is =
      projections::FindModel(Reading(asked.scope, v1::Classification_MAX), request.model_id());
  if (!as_it_is.ok()) return as_it_is.status();
  if (!*as_it_is) return absl::NotFoundError(request.model_id());
  const query::QueryScope scope = Reading(asked.scope, asked.reads((*as_it_is)->unit().unit_id()));
  auto model = projections::FindModel(scope, request.model_id());
  if (!model.ok()) return model.status();
  if (!*model) return absl::NotFoundError(request.model_id());
  *response.mutable_model() = **std::move(model);
  const auto rows = asked.rows_of("model_card");
  auto timeline = projections::Timeline(OnRows(scope, *rows), request.model_id());
  if (!timeline.ok()) return timeline.status();
  return Fill(*timeline, response.mutable_timeline());
}

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListModelsRequest& request,
                             v1::ListModelsResponse& response) {
  auto page = projections::ListModels(asked.scope, request.filter());
  if (!page.ok()) return page.status();
  return Fill(*page, response.mutable_models());
}

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::CountModelsRequest& request,
                             v1::CountModelsResponse& response) {
  auto counts = projections::CountModels(asked.scope, request.filter(), request.by());
  if (!counts.ok()) return counts.status();
  response.set_named_total(counts->named_total);
  for (v1::CountRow& row : counts->rows) *response.add_rows() = std::move(row);
  const auto rows = asked.rows_of("counted_figures");
  auto figures = projections::ListCountedFigures(
      OnRows(asked.scope, *rows), v1::FIGURE_SUBJECT_MODELS, request.filter(), asked.reads);
  if (!figures.ok()) return figures.status();
  projections::FigureTotal& total = figures->total;
  if (total.quantity) *response.mutable_counted_total() = *std::move(total.quantity);
  if (total.period) *response.mutable_counted_period() = *std::move(total.period);
  if (total.absent) *response.mutable_counted_absent() = *std::move(total.absent);
  return Fill(figures->page, response.mutable_counted());
}

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListSitesRequest& request,
                             v1::ListSitesResponse& response) {
  auto sites = projections::ListSites(asked.scope, request);
  if (!sites.ok()) return sites.status();
  response.set_total(sites->total);
  response.set_units(sites->units);
  return Fill(sites->page, response.mutable_sites());
}

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListAgenciesRequest& request,
                             v1::ListAgenciesResponse& response) {
  auto page = projections::ListAgencies(asked.scope, request);
  if (!page.ok()) return page.status();
  return Fill(*page, response.mutable_agencies());
}

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListSubmissionsRequest& request,
                             v1::ListSubmissionsResponse& response) {
  auto page = projections::ListSubmissions(asked.scope, asked.caller.agency.agency_id(), request);
  if (!page.ok()) return page.status();
  *response.mutable_agency() = asked.caller.agency;
  response.set_actor_id(asked.caller.actor_id);
  return Fill(*page, response.mutable_submissions());
}

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListUnitsRequest& request,
                             v1::ListUnitsResponse& response) {
  auto page = request.whole_map() && asked.national_units != nullptr
                  ? projections::ListWholeMap(OnRows(asked.scope, *asked.national_units),
                                              asked.scope, request)
                  : projections::ListUnits(asked.scope, request);
  if (!page.ok()) return page.status();
  return Fill(*page, response.mutable_units());
}

}  // namespace nhanrong::rpc
