#include "tests/e2e/harness/client.h"

#include <grpcpp/grpcpp.h>

#include <cstdlib>

#include "absl/time/clock.h"
#include "nhanrong/v1/admin_service.grpc.pb.h"
#include "nhanrong/v1/history_service.grpc.pb.h"
#include "nhanrong/v1/query_service.grpc.pb.h"
#include "nhanrong/v1/submission_service.grpc.pb.h"
#include "services/base/check.h"
#include "tests/e2e/harness/well_known_calls.h"

namespace nhanrong::e2e {
namespace {

constexpr int kMessageBytesMax = 64 << 20;

Answer AnswerOf(const grpc::Status& status) {
  google::rpc::Status told;
  if (!status.ok() && (!told.ParseFromString(status.error_details()) || told.code() == 0)) {
    told.set_code(status.error_code());
    told.set_message(status.error_message());
  }
  return e2e::AnswerOf(told);
}

// An idle channel hears of the end of its server only when it is polled, by default every 5 s: a
// server that stops would wait that long for its good-bye to be answered.
void HearOfEndsSoon() {
  static const int set = ::setenv("GRPC_CLIENT_CHANNEL_BACKUP_POLL_INTERVAL_MS", "100", 1);
  NR_CHECK(set == 0, "the environment takes another variable");
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  HearOfEndsSoon();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  // Channels of one address would share a connection that another test has just broken.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

// The context of one call.
struct Call : grpc::ClientContext {
  Call(const std::string& authorization, const std::string& language, absl::Duration limit) {
    if (!authorization.empty()) AddMetadata("authorization", authorization);
    if (!language.empty()) AddMetadata("accept-language", language);
    set_wait_for_ready(true);
    set_deadline(absl::ToChronoTime(absl::Now() + limit));
  }
};

template <typename Stub, typename Request, typename Response>
Answered<Response> Unary(Stub& stub, Call& call,
                         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                         const Request& request) {
  Answered<Response> answered;
  static_cast<Answer&>(answered) = AnswerOf((stub.*method)(&call, request, &answered.value));
  return answered;
}

}  // namespace

struct Client::Channel {
  explicit Channel(const std::string& address) : channel(ChannelTo(address)) {}

  const std::shared_ptr<grpc::Channel> channel;  // as gRPC's interface has it
  const std::unique_ptr<v1::SubmissionService::Stub> submissions =
      v1::SubmissionService::NewStub(channel);
  const std::unique_ptr<v1::QueryService::Stub> queries = v1::QueryService::NewStub(channel);
  const std::unique_ptr<v1::HistoryService::Stub> history = v1::HistoryService::NewStub(channel);
  const std::unique_ptr<v1::AdminService::Stub> admin = v1::AdminService::NewStub(channel);
};

Client::Client(const std::string& address, const std::string& token)
    : channel_(std::make_shared<const Channel>(address)),
      authorization_(token.empty() ? "" : "Bearer " + token) {}

Client Client::InEnglish() const {
  Client client = *this;
  client.language_ = "en-GB";
  return client;
}

Client Client::Within(absl::Duration limit) const {
  Client client = *this;
  client.limit_ = limit;
  return client;
}

Client Client::WithHeader(const std::string& authorization) const {
  Client client = *this;
  client.authorization_ = authorization;
  return client;
}

Submitted Client::Submit(const v1::Submission& submission) const {
  v1::SubmitRequest request;
  *request.mutable_submission() = submission;
  Call call(authorization_, language_, limit_);
  const auto answered =
      Unary(*channel_->submissions, call, &v1::SubmissionService::Stub::Submit, request);
  return {answered, answered.value.accepted()};
}

Submitted Client::SubmitUntilKnown(const v1::Submission& submission) const {
  const absl::Time deadline = absl::Now() + limit_;
  for (;;) {
    Submitted answer = Submit(submission);
    const bool unknown = answer.status.code() == grpc::StatusCode::UNAVAILABLE;
    if (!unknown || absl::Now() > deadline) return answer;
  }
}

#define NR_UNARY(service, stub, method)                                                  \
  Answered<v1::method##Response> Client::Ask(const v1::method##Request& request) const { \
    Call call(authorization_, language_, limit_);                                        \
    return Unary(*channel_->stub, call, &v1::service::Stub::method, request);            \
  }
NR_UNARY(SubmissionService, submissions, SubmitMany)
NR_UNARY(QueryService, queries, GetModel)
NR_UNARY(QueryService, queries, ListModels)
NR_UNARY(QueryService, queries, CountModels)
NR_UNARY(QueryService, queries, ListSites)
NR_UNARY(QueryService, queries, ListAgencies)
NR_UNARY(QueryService, queries, ListSubmissions)
NR_UNARY(QueryService, queries, ListUnits)
NR_UNARY(AdminService, admin, CreateLedger)
NR_UNARY(AdminService, admin, ListLedgers)
NR_UNARY(AdminService, admin, ListProjections)
NR_UNARY(AdminService, admin, CheckProjections)
NR_UNARY(AdminService, admin, ResumeProjections)
#undef NR_UNARY

Answered<std::vector<v1::StreamOutcome>> Client::Ask(const v1::SubmitStreamRequest& frame) const {
  Call call(authorization_, language_, limit_);
  const auto stream = channel_->submissions->SubmitStream(&call);
  stream->Write(frame);
  stream->WritesDone();
  Answered<std::vector<v1::StreamOutcome>> answered;
  v1::SubmitStreamResponse response;
  while (stream->Read(&response)) {
    answered.value.insert(answered.value.end(), response.outcomes().begin(),
                          response.outcomes().end());
  }
  static_cast<Answer&>(answered) = AnswerOf(stream->Finish());
  return answered;
}

Answered<std::vector<v1::HistoryEntry>> Client::Ask(const v1::ReadRequest& request) const {
  Call call(authorization_, language_, limit_);
  const auto reader = channel_->history->Read(&call, request);
  Answered<std::vector<v1::HistoryEntry>> answered;
  v1::ReadResponse response;
  while (reader->Read(&response)) answered.value.push_back(response.entry());
  static_cast<Answer&>(answered) = AnswerOf(reader->Finish());
  return answered;
}

Answered<std::vector<v1::HistoryEntry>> Client::Ask(const v1::FollowRequest& request) const {
  return Follow(request, [] { return false; });
}

Answered<std::vector<v1::HistoryEntry>> Client::Follow(const v1::FollowRequest& request,
                                                       const std::function<bool()>& goes_on) const {
  Call call(authorization_, language_, limit_);
  const auto reader = channel_->history->Follow(&call, request);
  Answered<std::vector<v1::HistoryEntry>> answered;
  v1::FollowResponse response;
  bool enough = false;
  while (!enough && reader->Read(&response)) {
    enough = response.has_caught_up_to() && !goes_on();
    if (response.has_entry()) answered.value.push_back(response.entry());
  }
  if (enough) call.TryCancel();
  const grpc::Status status = reader->Finish();
  if (!enough) static_cast<Answer&>(answered) = AnswerOf(status);
  return answered;
}

bool Client::IsServing() const { return e2e::IsServing(channel_->channel); }

std::vector<std::string> Client::ReflectedServices() const {
  return e2e::ReflectedServices(channel_->channel);
}

}  // namespace nhanrong::e2e
