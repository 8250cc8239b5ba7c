// All streams of submissions of one server: that there are not too many, that they end when the
// server stops, and how they fare.
//
// Each stream is a SubmitStreamCall on the completion queue. Thread-safe. The gateway's limits hold
// back a stream, which then reads no further; what one stream and all of them hold is bounded by
// the constants below.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "nhanrong/v1/submission_service.grpc.pb.h"
#include "services/node/node.h"
#include "services/rpc/call.h"
#include "services/rpc/stream_options.h"

namespace nhanrong::rpc {

// Streams of one server: with what follows three quarters of a gigabyte in the worst case.
inline constexpr int kSubmitStreamsMax = 64;
// Of one token, so that one system does not take all of them.
inline constexpr int kSubmitStreamsOfTokenMax = 16;
// As SubmitMany; and what is not larger than this is parsed at all.
inline constexpr int kFrameSubmissionsMax = 1'000;
inline constexpr std::size_t kFrameBytesMax = 4 << 20;
// Submissions of a stream without a written answer, and their bytes, beyond which it reads no
// further frame: what an embedded log takes in within a second.
inline constexpr int kStreamSubmissionsMax = 4'000;
inline constexpr std::size_t kStreamBytesMax = 8 << 20;
// One answer: outcomes in it, and the bytes at which it is sent (clients take 4 MiB by default).
inline constexpr int kAnswerOutcomesMax = 1'000;
inline constexpr std::size_t kAnswerBytesMax = 1 << 20;
class SubmitStreamCall;

// Requests come as bytes (request_bytes.h); a wrong frame is told apart from the end of a stream,
// and a large one is not parsed.
using AsyncSubmissions =
    v1::SubmissionService::WithRawMethod_Submit<v1::SubmissionService::WithRawMethod_SubmitMany<
        v1::SubmissionService::WithRawMethod_SubmitStream<v1::SubmissionService::Service>>>;

class SubmitStreams {
 public:
  // `node` must outlive the streams.
  SubmitStreams(node::Node& node, StreamPatience patience) : node_(node), patience_(patience) {}

  // Takes streams from now on, on this queue.
  void Open(AsyncSubmissions& service, grpc::ServerCompletionQueue& queue);
  // Every stream reads no further, answers what it took, and ends with UNAVAILABLE. Idempotent.
  void Drain();
  StreamCounters counters() const;

 private:
  friend class SubmitStreamCall;
  // False: there are too many already.
  bool Enter(SubmitStreamCall& call, const std::string& token);
  void Leave(SubmitStreamCall& call, const std::string& token);

  node::Node& node_;
  const StreamPatience patience_;
  std::atomic<bool> draining_{false};
  std::atomic<std::uint64_t> stuck_{0};
  std::atomic<std::uint64_t> idle_{0};
  std::atomic<std::uint64_t> refused_frames_{0};
  mutable absl::Mutex mutex_;
  std::set<SubmitStreamCall*> calls_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, int> by_token_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t opened_ ABSL_GUARDED_BY(mutex_) = 0;
  std::uint64_t turned_away_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace nhanrong::rpc
