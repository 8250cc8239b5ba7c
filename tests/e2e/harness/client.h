// A caller of the server: typed stubs over gRPC with a token and a language.
//
// Every call has a deadline and waits for a server that is just starting. Cheap to copy; copies
// share their channel.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "nhanrong/v1/history_service.pb.h"
#include "nhanrong/v1/query_service.pb.h"
#include "tests/e2e/harness/answer.h"

namespace nhanrong::e2e {

class Client {
 public:
  // `token`: its text; empty: no metadata at all.
  Client(const std::string& address, const std::string& token);

  // The same caller in English, with another deadline, or with this authorization header as it is.
  Client InEnglish() const;
  Client Within(absl::Duration limit) const;
  Client WithHeader(const std::string& authorization) const;

  Submitted Submit(const v1::Submission& submission) const;
  // The same again while the outcome is unknown (UNAVAILABLE), as a sender must.
  Submitted SubmitUntilKnown(const v1::Submission& submission) const;
  Answered<v1::SubmitManyResponse> Ask(const v1::SubmitManyRequest& request) const;
  // A whole stream of one frame: its outcomes.
  Answered<std::vector<v1::StreamOutcome>> Ask(const v1::SubmitStreamRequest& frame) const;
  Answered<v1::GetModelResponse> Ask(const v1::GetModelRequest& request) const;
  Answered<v1::ListModelsResponse> Ask(const v1::ListModelsRequest& request) const;
  Answered<v1::CountModelsResponse> Ask(const v1::CountModelsRequest& request) const;
  Answered<v1::ListSitesResponse> Ask(const v1::ListSitesRequest& request) const;
  Answered<v1::ListAgenciesResponse> Ask(const v1::ListAgenciesRequest& request) const;
  Answered<v1::ListSubmissionsResponse> Ask(const v1::ListSubmissionsRequest& request) const;
  Answered<v1::ListUnitsResponse> Ask(const v1::ListUnitsRequest& request) const;
  Answered<v1::CreateLedgerResponse> Ask(const v1::CreateLedgerRequest& request) const;
  Answered<v1::ListLedgersResponse> Ask(const v1::ListLedgersRequest& request) const;
  Answered<v1::ListProjectionsResponse> Ask(const v1::ListProjectionsRequest& request) const;
  Answered<v1::CheckProjectionsResponse> Ask(const v1::CheckProjectionsRequest& request) const;
  Answered<v1::ResumeProjectionsResponse> Ask(const v1::ResumeProjectionsRequest& request) const;
  // The whole stream.
  Answered<std::vector<v1::HistoryEntry>> Ask(const v1::ReadRequest& request) const;
  // Up to the first "caught up", then hangs up.
  Answered<std::vector<v1::HistoryEntry>> Ask(const v1::FollowRequest& request) const;
  // Until the server ends it, or until `goes_on`, asked at each "caught up", says no.
  Answered<std::vector<v1::HistoryEntry>> Follow(const v1::FollowRequest& request,
                                                 const std::function<bool()>& goes_on) const;

  // Whether grpc.health.v1 says SERVING.
  bool IsServing() const;
  // The services that reflection names.
  std::vector<std::string> ReflectedServices() const;

 private:
  struct Channel;
  using Metadata = std::vector<std::pair<std::string, std::string>>;

  std::shared_ptr<const Channel> channel_;  // shared by copies: a connection is dear
  std::string authorization_;
  std::string language_;
  absl::Duration limit_ = absl::Seconds(30);
};

}  // namespace nhanrong::e2e
