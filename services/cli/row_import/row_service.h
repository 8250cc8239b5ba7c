// What an import of rows asks of the service: a port, so that its parts are tested without one.
//
// Blocks; an answer that may be asked again is asked again by whoever fills these in.
#pragma once

#include <functional>

#include "nhanrong/v1/query_service.pb.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/client/errors.h"

namespace nhanrong::cli {

template <typename Request, typename Response>
using ServiceCall = std::function<Failure(const Request&, Response*)>;

struct RowService {
  ServiceCall<v1::ListUnitsRequest, v1::ListUnitsResponse> units;
  ServiceCall<v1::ListModelsRequest, v1::ListModelsResponse> models;
  ServiceCall<v1::ListSitesRequest, v1::ListSitesResponse> sites;
  ServiceCall<v1::ListAgenciesRequest, v1::ListAgenciesResponse> agencies;
  ServiceCall<v1::ListSubmissionsRequest, v1::ListSubmissionsResponse> submissions;
  ServiceCall<v1::SubmitManyRequest, v1::SubmitManyResponse> submit;
};

// Rows on a page of a list: as many as the service gives.
inline constexpr std::uint32_t kListPageRows = 1'000;

// Asks for all pages, at one state of the ledger.
template <typename Request, typename Response, typename Take>
Failure AllPages(const ServiceCall<Request, Response>& call, Request request, const Take& take) {
  request.mutable_context()->set_page_size(kListPageRows);
  for (;;) {
    Response page;
    if (Failure failure = call(request, &page); !Ok(failure)) return failure;
    take(page);
    if (page.meta().next_page_token().empty()) return {};
    request.mutable_context()->set_page_token(page.meta().next_page_token());
  }
}

}  // namespace nhanrong::cli
