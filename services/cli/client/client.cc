#include "services/cli/client/client.h"

#include <chrono>

#include "grpcpp/grpcpp.h"
#include "nhanrong/v1/admin_service.grpc.pb.h"
#include "nhanrong/v1/history_service.grpc.pb.h"
#include "nhanrong/v1/query_service.grpc.pb.h"
#include "nhanrong/v1/submission_service.grpc.pb.h"

namespace nhanrong::cli {
namespace {

// A stream lives this long, then the reader begins a new one where it stands: a dead peer is never
// waited for without end.
constexpr absl::Duration kStreamTimeout = absl::Hours(1);
// A page of 1,000 models or a batch of 1,000 outcomes with words in two languages.
constexpr int kMessageBytesMax = 64 << 20;
// Notices a dead connection under an idle Follow.
constexpr int kKeepaliveMs = 20'000;
// How often a server that is away is looked for: by itself gRPC would wait up to two minutes,
// longer than our own retries.
constexpr int kReconnectMinMs = 200;
constexpr int kReconnectMaxMs = 2'000;

Failure FailureOf(const grpc::Status& status) {
  if (status.ok()) return {};
  Failure failure;
  // What travels as grpc-status-details-bin.
  if (failure.ParseFromString(status.error_details()) && failure.code() != 0) return failure;
  return MakeFailure(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

std::shared_ptr<grpc::Channel> ChannelTo(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMinMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  grpc::SslCredentialsOptions ssl;
  ssl.pem_root_certs = options.tls_roots;
  return grpc::CreateCustomChannel(
      options.address,
      options.tls_roots.empty() ? grpc::InsecureChannelCredentials() : grpc::SslCredentials(ssl),
      arguments);
}

}  // namespace

struct Client::Stubs {
  explicit Stubs(const ClientOptions& given) : options(given), channel(ChannelTo(given)) {}

  void Prepare(grpc::ClientContext& context, absl::Duration timeout) const {
    context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(timeout));
    if (!options.token.empty()) context.AddMetadata("authorization", "Bearer " + options.token);
  }

  template <typename Stub, typename Request, typename Response>
  Failure Unary(const std::unique_ptr<Stub>& stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, Response* response) const {
    grpc::ClientContext context;
    Prepare(context, options.timeout);
    return FailureOf(((*stub).*method)(&context, request, response));
  }

  template <typename Item, typename Open, typename OnItem>
  Failure Stream(const Open& open, const OnItem& on_item) const {
    grpc::ClientContext context;
    Prepare(context, kStreamTimeout);
    const std::unique_ptr<grpc::ClientReader<Item>> reader = open(&context);
    Item item;
    while (reader->Read(&item)) {
      if (on_item(item)) continue;
      context.TryCancel();
      reader->Finish();
      return {};
    }
    return FailureOf(reader->Finish());
  }

  ClientOptions options;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::SubmissionService::Stub> submission = v1::SubmissionService::NewStub(channel);
  std::unique_ptr<v1::QueryService::Stub> query = v1::QueryService::NewStub(channel);
  std::unique_ptr<v1::HistoryService::Stub> history = v1::HistoryService::NewStub(channel);
  std::unique_ptr<v1::AdminService::Stub> admin = v1::AdminService::NewStub(channel);
};

Client::Client(const ClientOptions& options) : stubs_(std::make_unique<Stubs>(options)) {}
Client::~Client() = default;

// One line for each method of the contract.
#define NHANRONG_UNARY(stub, Service, Method)                                                      \
  Failure Client::Call(const v1::Method##Request& request, v1::Method##Response* response) const { \
    return stubs_->Unary(stubs_->stub, &v1::Service::Stub::Method, request, response);             \
  }

NHANRONG_UNARY(submission, SubmissionService, Submit)
NHANRONG_UNARY(submission, SubmissionService, SubmitMany)
NHANRONG_UNARY(query, QueryService, GetModel)
NHANRONG_UNARY(query, QueryService, ListModels)
NHANRONG_UNARY(query, QueryService, CountModels)
NHANRONG_UNARY(query, QueryService, ListSites)
NHANRONG_UNARY(query, QueryService, ListAgencies)
NHANRONG_UNARY(query, QueryService, ListSubmissions)
NHANRONG_UNARY(query, QueryService, ListUnits)
NHANRONG_UNARY(admin, AdminService, CreateLedger)
NHANRONG_UNARY(admin, AdminService, ListLedgers)
NHANRONG_UNARY(admin, AdminService, ListProjections)
NHANRONG_UNARY(admin, AdminService, CheckProjections)
#undef NHANRONG_UNARY

Failure Client::Read(const v1::ReadRequest& request,
                     const std::function<bool(const v1::ReadResponse&)>& on_item) const {
  return stubs_->Stream<v1::ReadResponse>(
      [&](grpc::ClientContext* context) { return stubs_->history->Read(context, request); },
      on_item);
}

Failure Client::Follow(const v1::FollowRequest& request,
                       const std::function<bool(const v1::FollowResponse&)>& on_item) const {
  return stubs_->Stream<v1::FollowResponse>(
      [&](grpc::ClientContext* context) { return stubs_->history->Follow(context, request); },
      on_item);
}

}  // namespace nhanrong::cli
