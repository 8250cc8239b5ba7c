#include "services/cli/client/client.h"

#include <chrono>

#include "grpcpp/grpcpp.h"
#include "nhanrong/v1/admin_service.grpc.pb.h"
#include "nhanrong/v1/history_service.grpc.pb.h"
#include "nhanrong/v1/query_service.grpc.pb.h"
#include "nhanrong/v1/submission_service.grpc.pb.h"
#include "services/cli/client/connection_hint.h"

namespace nhanrong::cli {
namespace {

// A stream lives this long, then the reader begins a new one where it stands: a dead peer is never
// waited for without end.
constexpr absl::Duration kStreamTimeout = absl::Hours(1);
// A page of 1,000 models or a batch of 1,000 outcomes with words in two languages.
constexpr int kMessageBytesMax = 64 << 20;
// Notices a dead connection under an idle Follow.
constexpr int kKeepaliveMs = 20'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
// How often a server that is away is looked for: by itself gRPC would wait up to two minutes,
// longer than our own retries.
constexpr int kReconnectMinMs = 200;
constexpr int kReconnectMaxMs = 2'000;

Failure FailureOf(const grpc::Status& status, const ClientOptions& options) {
  if (status.ok()) return {};
  Failure failure;
  // What travels as grpc-status-details-bin.
  if (failure.ParseFromString(status.error_details()) && failure.code() != 0) return failure;
  std::string message = status.error_message();
  if (const std::string hint = ConnectionHint(message, options); !hint.empty()) {
    message += ": " + hint;
  }
  return MakeFailure(static_cast<absl::StatusCode>(status.error_code()), message);
}

std::shared_ptr<grpc::Channel> ChannelTo(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  // As often as an idle stream needs, not twice and then never (gRPC's default).
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMinMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  grpc::SslCredentialsOptions ssl;
  ssl.pem_root_certs = options.tls_roots;
  ssl.pem_cert_chain = options.client_chain;
  ssl.pem_private_key = options.client_key;
  return grpc::CreateCustomChannel(
      options.address,
      options.tls_roots.empty() ? grpc::InsecureChannelCredentials() : grpc::SslCredentials(ssl),
      arguments);
}

// Who calls, and in which language.
void Introduce(grpc::ClientContext& context, const ClientOptions& options) {
  if (!options.token.empty()) context.AddMetadata("authorization", "Bearer " + options.token);
  context.AddMetadata("accept-language", options.language == Language::kEnglish ? "en" : "vi");
}

class GrpcSubmitStream final : public SubmitStream {
 public:
  GrpcSubmitStream(v1::SubmissionService::Stub& stub, const ClientOptions& options)
      : options_(options) {
    Introduce(context_, options);
    stream_ = stub.SubmitStream(&context_);
  }
  bool Write(const v1::SubmitStreamRequest& frame) override { return stream_->Write(frame); }
  void WritesDone() override { stream_->WritesDone(); }
  bool Read(v1::SubmitStreamResponse* answer) override { return stream_->Read(answer); }
  Failure Finish() override { return FailureOf(stream_->Finish(), options_); }
  void Cancel() override { context_.TryCancel(); }

 private:
  const ClientOptions& options_;  // of the client, which outlives its streams
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::SubmitStreamRequest, v1::SubmitStreamResponse>>
      stream_;
};

}  // namespace

struct Client::Stubs {
  explicit Stubs(const ClientOptions& given) : options(given), channel(ChannelTo(given)) {}

  void Prepare(grpc::ClientContext& context, absl::Duration timeout) const {
    context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(timeout));
    Introduce(context, options);
  }

  template <typename Stub, typename Request, typename Response>
  Failure Unary(const std::unique_ptr<Stub>& stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, Response* response) const {
    grpc::ClientContext context;
    Prepare(context, options.timeout);
    return FailureOf(((*stub).*method)(&context, request, response), options);
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
    return FailureOf(reader->Finish(), options);
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
NHANRONG_UNARY(admin, AdminService, ResumeProjections)
#undef NHANRONG_UNARY

std::unique_ptr<SubmitStream> Client::OpenSubmitStream() const {
  return std::make_unique<GrpcSubmitStream>(*stubs_->submission, stubs_->options);
}

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
