// What each query asks of which read model: one overload set per call, nothing about gRPC or
// waiting.
//
// Adding a query: its call in the contract, an `Ask` here, one line in server.cc, one row in
// access_table.cc.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "services/access/access.h"
#include "services/projector/runner.h"
#include "services/query/query_scope.h"

namespace nhanrong::rpc {

// A query with its moment fixed.
struct Asked {
  query::QueryScope scope;  // rows of the read model that the query names
  // Rows of another read model of the same ledger at the same position. Never null.
  std::function<std::shared_ptr<projector::RowReader>(std::string_view projection)> rows_of;
  const access::Caller& caller;
  // What the caller may read by this call about a unit, on the map of the moment.
  query::ReadsOf reads;
  // Rows of read model units of `national`; null: this is `national`, or there is none.
  std::shared_ptr<projector::RowReader> national_units;
};

// Key after which the next page begins; absent: this was the last one.
using NextPage = std::optional<std::string>;

absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::GetModelRequest& request,
                             v1::GetModelResponse& response);
absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListModelsRequest& request,
                             v1::ListModelsResponse& response);
absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::CountModelsRequest& request,
                             v1::CountModelsResponse& response);
absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListSitesRequest& request,
                             v1::ListSitesResponse& response);
absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListAgenciesRequest& request,
                             v1::ListAgenciesResponse& response);
absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListSubmissionsRequest& request,
                             v1::ListSubmissionsResponse& response);
absl::StatusOr<NextPage> Ask(const Asked& asked, const v1::ListUnitsRequest& request,
                             v1::ListUnitsResponse& response);

// The read model that answers.
inline std::string_view ReadModelOf(const v1::GetModelRequest&) { return "model_list"; }
inline std::string_view ReadModelOf(const v1::ListModelsRequest&) { return "model_list"; }
inline std::string_view ReadModelOf(const v1::CountModelsRequest&) { return "model_list"; }
inline std::string_view ReadModelOf(const v1::ListSitesRequest&) { return "sites"; }
inline std::string_view ReadModelOf(const v1::ListAgenciesRequest&) { return "agency_directory"; }
inline std::string_view ReadModelOf(const v1::ListSubmissionsRequest&) { return "submissions"; }
inline std::string_view ReadModelOf(const v1::ListUnitsRequest&) { return "units"; }

// The unit that a query is about, for the scope of grants; empty: the whole ledger. A query without
// one is about a thing, and its `Ask` judges by the unit that the thing had at the asked moment:
// what is not there, and what the caller may not read, are one answer (NOT_FOUND).
inline std::string UnitAsked(const v1::ListModelsRequest& request) {
  return request.filter().unit_id();
}
inline std::string UnitAsked(const v1::CountModelsRequest& request) {
  return request.filter().unit_id();
}
inline std::string UnitAsked(const v1::ListSitesRequest& request) { return request.unit_id(); }
inline std::string UnitAsked(const v1::ListAgenciesRequest&) { return {}; }
inline std::string UnitAsked(const v1::ListSubmissionsRequest&) { return {}; }
inline std::string UnitAsked(const v1::ListUnitsRequest&) { return {}; }

}  // namespace nhanrong::rpc
