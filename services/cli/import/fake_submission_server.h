// A SubmissionService in this process, over real gRPC, that can be told to fail. For tests.
//
// It keeps the promise of the contract: an id is recorded once, sent again it gets the answer of
// the first time.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "nhanrong/v1/submission_service.grpc.pb.h"
#include "services/base/bytes.h"
#include "services/cli/client/client.h"

namespace nhanrong::cli {

class FakeSubmissionServer final : public v1::SubmissionService::Service {
 public:
  // What one call does instead of answering.
  enum class Fault {
    kNone,
    // Nothing is recorded.
    kUnavailable,
    // Everything is recorded, the answer is lost.
    kAnswerLost,
    // The first half is recorded and answered, each other line gets RESOURCE_EXHAUSTED.
    kHalfFull,
    kPermissionDenied,
  };

  FakeSubmissionServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~FakeSubmissionServer() override { server_->Shutdown(); }

  ClientOptions options() const {
    ClientOptions client;
    client.address = "127.0.0.1:" + std::to_string(port_);
    return client;
  }

  void FailNext(std::deque<Fault> faults) { faults_ = std::move(faults); }
  // These submissions are refused by a domain rule.
  void Refuse(const std::string& submission_id) { refused_.insert(submission_id); }

  // Submission ids in the order in which they were recorded.
  std::vector<std::string> recorded() const { return recorded_; }
  std::vector<v1::Submission> submissions() const { return submissions_; }
  std::size_t calls() const { return calls_; }

  grpc::Status SubmitMany(grpc::ServerContext*, const v1::SubmitManyRequest* request,
                          v1::SubmitManyResponse* response) override {
    const std::lock_guard lock(mutex_);
    const Fault fault = NextFault();
    if (fault == Fault::kUnavailable) return {grpc::StatusCode::UNAVAILABLE, "down"};
    if (fault == Fault::kPermissionDenied) return {grpc::StatusCode::PERMISSION_DENIED, "no"};
    const int all = request->submissions_size();
    const int answered = fault == Fault::kHalfFull ? (all + 1) / 2 : all;
    for (int i = 0; i < all; ++i) {
      v1::SubmitOutcome* outcome = response->add_outcomes();
      if (i < answered) {
        Decide(request->submissions(i), outcome);
      } else {
        *outcome->mutable_error() = MakeFailure(absl::StatusCode::kResourceExhausted, "full");
      }
    }
    if (fault == Fault::kAnswerLost) return {grpc::StatusCode::UNAVAILABLE, "reset"};
    return grpc::Status::OK;
  }

  // A frame is a call, of which the answers come one by one.
  grpc::Status SubmitStream(grpc::ServerContext*,
                            grpc::ServerReaderWriter<v1::SubmitStreamResponse,
                                                     v1::SubmitStreamRequest>* stream) override {
    v1::SubmitStreamRequest frame;
    while (stream->Read(&frame)) {
      v1::SubmitManyRequest request;
      *request.mutable_submissions() = frame.submissions();
      v1::SubmitManyResponse answered;
      grpc::Status status = SubmitMany(nullptr, &request, &answered);
      if (!status.ok()) return status;
      for (int i = 0; i < answered.outcomes_size(); ++i) {
        v1::SubmitStreamResponse response;
        v1::StreamOutcome& told = *response.add_outcomes();
        told.set_sequence(frame.sequence());
        told.set_index(static_cast<std::uint32_t>(i));
        v1::SubmitOutcome& outcome = *answered.mutable_outcomes(i);
        if (outcome.has_accepted()) {
          *told.mutable_accepted() = outcome.accepted();
        } else {
          *told.mutable_error() = outcome.error();
        }
        stream->Write(response);
      }
    }
    return grpc::Status::OK;
  }

 private:
  Fault NextFault() {
    ++calls_;
    if (faults_.empty()) return Fault::kNone;
    const Fault fault = faults_.front();
    faults_.pop_front();
    return fault;
  }

  void Decide(const v1::Submission& submission, v1::SubmitOutcome* outcome) {
    const std::string& id = submission.submission_id();
    const auto known = positions_.find(id);
    if (known == positions_.end()) {
      positions_[id] = recorded_.size();
      recorded_.push_back(id);
      submissions_.push_back(submission);
    }
    if (refused_.count(id) > 0) {
      *outcome->mutable_error() = MakeFailure(absl::StatusCode::kFailedPrecondition, "rule");
      return;
    }
    v1::Accepted* accepted = outcome->mutable_accepted();
    accepted->set_submission_id(id);
    accepted->set_position(positions_[id]);
    accepted->set_repeated(known != positions_.end());
    accepted->add_events()->set_event_id("event-of-" + id);
  }

  std::mutex mutex_;
  int port_ = 0;
  std::size_t calls_ = 0;
  std::deque<Fault> faults_;
  std::set<std::string> refused_;
  std::map<std::string, std::size_t> positions_;
  std::vector<std::string> recorded_;
  std::vector<v1::Submission> submissions_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace nhanrong::cli
