// A gRPC server in this process over a log in memory, and clients that open streams of submissions.
#pragma once

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "nhanrong/v1/submission_service.grpc.pb.h"
#include "services/base/clock.h"
#include "services/ledger/memory/memory_log.h"
#include "services/node/node.h"
#include "services/projector/test_directory.h"
#include "services/rpc/server.h"

namespace nhanrong::rpc {

// Long enough for a busy machine; nothing waits for it when all is well.
inline constexpr absl::Duration kPatience = absl::Seconds(60);
inline constexpr char kLedger[] = "so-thu";

// Until `is_so`, or the patience is over.
template <typename Condition>
bool Await(const Condition& is_so, absl::Duration patience = kPatience) {
  const absl::Time limit = absl::Now() + patience;
  while (!is_so()) {
    if (absl::Now() > limit) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

// "INVALID_ARGUMENT INVALID": code and reason; "OK".
std::string Outline(const google::rpc::Status& status);
google::rpc::Status StatusOfCall(const grpc::Status& status);

class StreamClient {
 public:
  using Frame = v1::SubmitStreamRequest;

  StreamClient(v1::SubmissionService::Stub& stub, const std::string& token);
  ~StreamClient() { context_.TryCancel(); }

  // One frame with the next sequence number; false: the stream has ended.
  bool Send(const std::vector<v1::Submission>& submissions);
  bool SendFrame(const Frame& frame) { return stream_->Write(frame); }
  void HalfClose() { stream_->WritesDone(); }
  void Cancel() { context_.TryCancel(); }

  // Reads until so many outcomes and refused frames came in all, or the stream ends.
  void ReadUntil(std::size_t count);
  // Reads to the end: "OK", "UNAVAILABLE RECONNECT".
  std::string End();

  const std::vector<v1::StreamOutcome>& outcomes() const { return outcomes_; }
  const std::vector<v1::RefusedFrame>& refused() const { return refused_; }
  int messages() const { return messages_; }
  // How many outcomes of each kind there are: "accepted", "UNAUTHENTICATED TOKEN_MISSING".
  std::map<std::string, int> Kinds() const;
  const std::string& message() const { return message_; }

 private:
  bool ReadOne();

  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<Frame, v1::SubmitStreamResponse>> stream_;
  std::uint64_t sequence_ = 0;
  int messages_ = 0;
  std::vector<v1::StreamOutcome> outcomes_;
  std::vector<v1::RefusedFrame> refused_;
  std::string message_;
};

class StreamTest : public ::testing::Test {
 protected:
  ~StreamTest() override;

  // A server with one ledger; administrator and map steward is `token_`.
  void Start(const gateway::AgencyLimits& limits = {}, const StreamPatience& patience = {});
  std::unique_ptr<StreamClient> Open() { return Open(token_); }
  std::unique_ptr<StreamClient> Open(const std::string& token);
  // The unary call: "OK", "RESOURCE_EXHAUSTED AGENCY_RATE", with the whole status.
  google::rpc::Status Submit(const v1::Submission& submission, const std::string& token);
  // Another agency with a map steward; its token.
  std::string OtherAgency();

  v1::Submission Establish(const std::string& unit_id);
  v1::Submission Rename(const std::string& unit_id, const std::string& name);
  // So many, of units of their own.
  std::vector<v1::Submission> Many(int count, const std::string& reason = "thử");
  v1::Submission Of(const v1::Command& command);

  ledger::MemoryLogControl log() { return store_.Control(kLedger); }
  gateway::GatewayCounters counters() { return node_->Find(kLedger)->gateway()->counters(); }
  std::uint64_t commits() { return node_->Find(kLedger)->follower().counters().commits; }
  // Makes the gateway hold what it proposes.
  void GivenTheLogIsHeld() { log().Hold(); }
  bool AwaitPending(std::size_t count) {
    return Await([&] { return counters().pending == count; });
  }

  const projector::TestDirectory directory_;
  const SystemClock clock_{};
  ledger::MemoryLogStore store_;
  std::string token_;
  std::string administrator_;
  std::string unit_;
  std::unique_ptr<node::Node> node_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;  // as gRPC's interface has it
  std::unique_ptr<v1::SubmissionService::Stub> stub_;
};

}  // namespace nhanrong::rpc
