#include "services/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "nhanrong/v1/query_service.grpc.pb.h"
#include "nhanrong/v1/submission_service.grpc.pb.h"
#include "services/rpc/admin_service.h"
#include "services/rpc/async_unary.h"
#include "services/rpc/history_service.h"
#include "services/rpc/query_handler.h"
#include "services/rpc/submission_handler.h"
#include "services/rpc/submit_streams.h"

namespace nhanrong::rpc {
namespace {

// A batch of 1,000 submissions of usual size (2 kB), with room.
constexpr int kMessageBytesMax = 16 * 1024 * 1024;
// Memory that all calls of this server may hold.
constexpr std::size_t kMemoryBytesMax = 512ull * 1024 * 1024;
// Threads of the synchronous services: the history streams and a few calls of administration.
constexpr int kThreadsMax = kStreamsMax + 16;
// Streams of one HTTP/2 connection (rapid reset and header floods: gRPC 1.51 has known weaknesses).
constexpr int kConcurrentStreamsMax = 1'000;
constexpr int kMetadataBytesMax = 16 * 1024;
// One queue each for writers, readers and streams of writers, so that a burst of one does not
// starve the others.
constexpr std::size_t kQueues = 3;
// A connection on which nothing is heard is asked so often, and given up so long after: the end of
// a peer that did not say good-bye.
constexpr int kKeepaliveMs = 30'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
// Clients may ask as often; oftener is an attack.
constexpr int kPingIntervalMinMs = 10'000;

using Q = v1::QueryService;
using AsyncQueries = Q::WithRawMethod_GetModel<Q::WithRawMethod_ListModels<
    Q::WithRawMethod_CountModels<Q::WithRawMethod_ListSites<Q::WithRawMethod_ListAgencies<
        Q::WithRawMethod_ListSubmissions<Q::WithRawMethod_ListUnits<Q::Service>>>>>>>;

bool IsLoopback(const std::string& address) {
  return absl::StartsWith(address, "127.") || absl::StartsWith(address, "localhost:") ||
         absl::StartsWith(address, "[::1]:");
}

class GrpcServer final : public Server {
 public:
  GrpcServer(node::Node& node, const ServerOptions& options)
      : submissions_(node),
        streams_(node, options.streams),
        queries_(node),
        history_(node),
        admin_(node, options.operator_token) {}
  ~GrpcServer() override { Stop(absl::Now()); }

  absl::Status Start(const std::string& listen,
                     const std::shared_ptr<grpc::ServerCredentials>& credentials) {
    credentials_ = credentials;
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    builder.AddListeningPort(listen, credentials, &port_);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kConcurrentStreamsMax);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                               kPingIntervalMinMs);
    builder.SetMaxReceiveMessageSize(kMessageBytesMax);
    grpc::ResourceQuota quota("nhanrong");
    quota.Resize(kMemoryBytesMax).SetMaxThreads(kThreadsMax);
    builder.SetResourceQuota(quota);
    builder.RegisterService(&submission_service_);
    builder.RegisterService(&query_service_);
    builder.RegisterService(&history_);
    builder.RegisterService(&admin_);
    for (std::size_t i = 0; i < kQueues; ++i) queues_.push_back(builder.AddCompletionQueue());
    server_ = builder.BuildAndStart();
    if (!server_ || port_ == 0) {
      for (auto& queue : queues_) queue->Shutdown();
      return absl::UnavailableError("cannot listen on " + listen + ": is the port taken?");
    }
    OpenSubmissionCalls(*queues_[0]);
    OpenQueryCalls(*queues_[1]);
    streams_.Open(submission_service_, *queues_[2]);
    for (auto& queue : queues_) threads_.emplace_back([&queue] { Serve(*queue); });
    return absl::OkStatus();
  }

  int port() const override { return port_; }
  StreamCounters stream_counters() const override { return streams_.counters(); }

  void EndStreams() override { streams_.Drain(); }

  void Stop(absl::Time deadline) override {
    if (stopped_.exchange(true) || !server_) return;
    history_.Stop();
    streams_.Drain();
    server_->GetHealthCheckService()->SetServingStatus(false);
    server_->Shutdown(absl::ToChronoTime(deadline));
    AwaitAnswers(deadline);
    for (auto& queue : queues_) queue->Shutdown();
    threads_.clear();
  }

 private:
  // A queue must not close under a handler that still has to reply. Every handler replies by its
  // call's deadline; closing the node has ended their waits already.
  void AwaitAnswers(absl::Time deadline) {
    while (streams_.counters().open > 0 || std::any_of(unanswered_.begin(), unanswered_.end(),
                                                       [](const auto& n) { return n() > 0; })) {
      if (absl::Now() > deadline + kCallLimit)
        std::abort();  // a handler that never replies is a bug
      absl::SleepFor(absl::Milliseconds(5));
    }
  }

  static void Serve(grpc::ServerCompletionQueue& queue) {
    void* tag = nullptr;
    bool ok = false;
    while (queue.Next(&tag, &ok)) static_cast<Tag*>(tag)->Proceed(ok);
  }

  template <typename Service>
  using RequestCall = void (Service::*)(grpc::ServerContext*, grpc::ByteBuffer*,
                                        grpc::ServerAsyncResponseWriter<grpc::ByteBuffer>*,
                                        grpc::CompletionQueue*, grpc::ServerCompletionQueue*,
                                        void*);

  // `Base` is the layer of the generated service that has the method.
  template <typename Request, typename Response, typename Service, typename Base, typename Handler>
  void Open(Service& service, RequestCall<Base> request, grpc::ServerCompletionQueue& queue,
            Handler handler) {
    auto method = std::make_shared<UnaryMethod<Request, Response>>();
    method->open = [&service, request, &queue](auto* context, auto* message, auto* writer,
                                               void* tag) {
      (service.*request)(context, message, writer, &queue, &queue, tag);
    };
    method->handler = handler;
    unanswered_.push_back([method] { return method->unanswered.load(); });
    for (int i = 0; i < kOpenCalls; ++i) UnaryCall<Request, Response>::OpenOne(method);
  }

  void OpenSubmissionCalls(grpc::ServerCompletionQueue& queue) {
    using S = AsyncSubmissions;
    Open<v1::SubmitRequest, v1::SubmitResponse>(
        submission_service_, &S::RequestSubmit, queue,
        [this](const auto& call, const auto& request, auto reply) {
          submissions_.Submit(call, request, std::move(reply));
        });
    Open<v1::SubmitManyRequest, v1::SubmitManyResponse>(
        submission_service_, &S::RequestSubmitMany, queue,
        [this](const auto& call, const auto& request, auto reply) {
          submissions_.SubmitMany(call, request, std::move(reply));
        });
  }

  void OpenQueryCalls(grpc::ServerCompletionQueue& queue) {
    using S = AsyncQueries;
    const auto handle = [this](const auto& call, const auto& request, auto reply) {
      queries_.Handle(call, request, std::move(reply));
    };
    Open<v1::GetModelRequest, v1::GetModelResponse>(query_service_, &S::RequestGetModel, queue,
                                                    handle);
    Open<v1::ListModelsRequest, v1::ListModelsResponse>(query_service_, &S::RequestListModels,
                                                        queue, handle);
    Open<v1::CountModelsRequest, v1::CountModelsResponse>(query_service_, &S::RequestCountModels,
                                                          queue, handle);
    Open<v1::ListSitesRequest, v1::ListSitesResponse>(query_service_, &S::RequestListSites, queue,
                                                      handle);
    Open<v1::ListAgenciesRequest, v1::ListAgenciesResponse>(query_service_, &S::RequestListAgencies,
                                                            queue, handle);
    Open<v1::ListSubmissionsRequest, v1::ListSubmissionsResponse>(
        query_service_, &S::RequestListSubmissions, queue, handle);
    Open<v1::ListUnitsRequest, v1::ListUnitsResponse>(query_service_, &S::RequestListUnits, queue,
                                                      handle);
  }

  SubmissionHandler submissions_;
  SubmitStreams streams_;
  QueryHandler queries_;
  HistoryService history_;
  AdminService admin_;
  AsyncSubmissions submission_service_;
  AsyncQueries query_service_;
  std::vector<std::function<int()>> unanswered_;  // one for each method
  int port_ = 0;
  std::atomic<bool> stopped_{false};
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues_;
  // gRPC keeps no hold on them, and asks them at every handshake.
  std::shared_ptr<grpc::ServerCredentials> credentials_;
  std::unique_ptr<grpc::Server> server_;
  std::vector<std::jthread> threads_;  // last member: ends before what it uses
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> StartServer(node::Node& node,
                                                    const ServerOptions& options) {
  const bool tls = options.identity != nullptr;
  if (!tls && !IsLoopback(options.listen)) {
    return absl::InvalidArgumentError("without TLS this server binds to loopback only; " +
                                      options.listen +
                                      " is not: use 127.0.0.1:PORT, or --tls-cert and --tls-key");
  }
  auto server = std::make_unique<GrpcServer>(node, options);
  const auto credentials = tls ? TlsCredentials(*options.identity, options.client_certificate)
                               : grpc::InsecureServerCredentials();
  if (absl::Status started = server->Start(options.listen, credentials); !started.ok()) {
    return started;
  }
  spdlog::info("gRPC on {} ({})", options.listen, tls ? "TLS" : "no TLS: loopback only");
  return server;
}

}  // namespace nhanrong::rpc
