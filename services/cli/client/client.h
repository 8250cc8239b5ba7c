// The adapter to a server over gRPC: blocking calls, every one with a deadline and the caller's
// token.
//
// Thread-safe. A failed call gives the google.rpc.Status that the server put into
// grpc-status-details-bin, or code and message where it put none. Nothing is retried here: who
// calls knows what may be sent again.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "nhanrong/v1/history_service.pb.h"
#include "nhanrong/v1/query_service.pb.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/client/errors.h"
#include "services/cli/client/submit_stream.h"

namespace nhanrong::cli {

struct ClientOptions {
  // "host:port".
  std::string address;
  // Of the server's words.
  Language language = Language::kVietnamese;
  // Bearer token; empty: none is sent.
  std::string token;
  // Deadline of a unary call.
  absl::Duration timeout = absl::Seconds(30);
  // PEM roots for TLS; empty: plaintext.
  std::string tls_roots;
  // With TLS: the client's own certificate and key, PEM; empty: it shows none.
  std::string client_chain;
  std::string client_key;
};

class Client {
 public:
  explicit Client(const ClientOptions& options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Failure Call(const v1::SubmitRequest&, v1::SubmitResponse*) const;
  Failure Call(const v1::SubmitManyRequest&, v1::SubmitManyResponse*) const;
  Failure Call(const v1::GetModelRequest&, v1::GetModelResponse*) const;
  Failure Call(const v1::ListModelsRequest&, v1::ListModelsResponse*) const;
  Failure Call(const v1::CountModelsRequest&, v1::CountModelsResponse*) const;
  Failure Call(const v1::ListSitesRequest&, v1::ListSitesResponse*) const;
  Failure Call(const v1::ListAgenciesRequest&, v1::ListAgenciesResponse*) const;
  Failure Call(const v1::ListSubmissionsRequest&, v1::ListSubmissionsResponse*) const;
  Failure Call(const v1::ListUnitsRequest&, v1::ListUnitsResponse*) const;
  Failure Call(const v1::CreateLedgerRequest&, v1::CreateLedgerResponse*) const;
  Failure Call(const v1::ListLedgersRequest&, v1::ListLedgersResponse*) const;
  Failure Call(const v1::ListProjectionsRequest&, v1::ListProjectionsResponse*) const;
  Failure Call(const v1::CheckProjectionsRequest&, v1::CheckProjectionsResponse*) const;
  Failure Call(const v1::ResumeProjectionsRequest&, v1::ResumeProjectionsResponse*) const;

  // A stream of submissions, without deadline. Never null; one that could not be opened says so in
  // Finish. Must not outlive the client.
  std::unique_ptr<SubmitStream> OpenSubmitStream() const;

  // Give every item in order until the stream ends, the deadline of a stream (an hour) passes, or
  // the function says false (then the call is cancelled and the answer is OK).
  Failure Read(const v1::ReadRequest& request,
               const std::function<bool(const v1::ReadResponse&)>& on_item) const;
  Failure Follow(const v1::FollowRequest& request,
                 const std::function<bool(const v1::FollowResponse&)>& on_item) const;

 private:
  struct Stubs;
  std::unique_ptr<Stubs> stubs_;
};

}  // namespace nhanrong::cli
