#include "services/rpc/submit_streams.h"

#include "services/rpc/submit_stream_call.h"

namespace nhanrong::rpc {
namespace {

// Streams that may begin in the same moment; each opens its successor.
constexpr int kOpenStreams = 4;

}  // namespace

void SubmitStreams::Open(AsyncSubmissions& service, grpc::ServerCompletionQueue& queue) {
  for (int i = 0; i < kOpenStreams; ++i) SubmitStreamCall::OpenOne({*this, node_, service, queue});
}

void SubmitStreams::Drain() {
  draining_ = true;
  absl::MutexLock lock(&mutex_);
  for (SubmitStreamCall* call : calls_) call->LookAgain();
}

bool SubmitStreams::Enter(SubmitStreamCall& call, const std::string& token) {
  absl::MutexLock lock(&mutex_);
  int& of_token = by_token_[token];
  if (calls_.size() >= kSubmitStreamsMax || of_token >= kSubmitStreamsOfTokenMax) {
    if (of_token == 0) by_token_.erase(token);
    ++turned_away_;
    return false;
  }
  ++of_token;
  ++opened_;
  calls_.insert(&call);
  return true;
}

void SubmitStreams::Leave(SubmitStreamCall& call, const std::string& token) {
  absl::MutexLock lock(&mutex_);
  if (calls_.erase(&call) == 0) return;
  if (const auto of_token = by_token_.find(token); --of_token->second == 0) {
    by_token_.erase(of_token);
  }
}

StreamCounters SubmitStreams::counters() const {
  absl::MutexLock lock(&mutex_);
  return {static_cast<int>(calls_.size()), opened_, turned_away_, stuck_, idle_, refused_frames_};
}

}  // namespace nhanrong::rpc
