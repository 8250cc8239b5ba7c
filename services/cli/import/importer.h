// Sends the lines of a file in calls until each has its final answer: several calls at once, for
// lines that do not depend on each other. In order, StreamSender is faster.
//
// What is sure: a line is sent with one id however often it is sent, so it is recorded once; with
// one batch in flight, lines are decided in the order of the file; batches are reported in that
// order always. UNAVAILABLE, DEADLINE_EXCEEDED and RESOURCE_EXHAUSTED, of a call or of one line,
// are sent again with backoff; when attempts run out, or the call fails otherwise, the run stops
// and says so.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/client/backoff.h"
#include "services/cli/client/errors.h"
#include "services/cli/import/lines.h"
#include "services/cli/import/references.h"

namespace nhanrong::cli {

// One call: at most 1,000 submissions by the contract; 200 keep an answer within a second.
inline constexpr std::size_t kBatchLinesDefault = 200;
inline constexpr std::size_t kBatchLinesMax = 1'000;
// Below gRPC's default bound of 4 MiB for a received message.
inline constexpr std::size_t kBatchBytesMax = 2 << 20;
inline constexpr int kInFlightMax = 64;

struct ImportOptions {
  std::size_t batch_lines = kBatchLinesDefault;
  // More than 1 only for files whose lines do not depend on each other: their order is not kept.
  int in_flight = 1;
  BackoffPolicy backoff = {};
};

class Importer {
 public:
  using SubmitMany = std::function<Failure(const v1::SubmitManyRequest&, v1::SubmitManyResponse*)>;
  // Called under a lock, in order of the file. A failure stops the run.
  using OnBatch = std::function<absl::Status(const AnsweredBatch&)>;

  // `submit` is called from `in_flight` threads at once. `references` keeps what lines name of
  // earlier ones, and outlives the importer.
  Importer(SubmitMany submit, ImportOptions options, References& references, RandomUnit random,
           Sleep sleep);

  // OK when every line has been answered. Blocks. Call once.
  Failure Run(LineSource& reader, const OnBatch& on_batch);

 private:
  struct Batch {
    std::uint64_t number = 0;
    AnsweredBatch lines;
  };

  void Work(LineSource& reader, const OnBatch& on_batch);
  Batch Take(LineSource& reader);
  Failure Send(AnsweredBatch& batch);
  void RememberEvents(const AnsweredBatch& batch);
  // Gives the outcomes to the lines; what is left to send again, and why.
  // Sends what is pending once and leaves what has no answer yet, with the reason.
  Failure SendOnce(AnsweredBatch& batch, std::vector<std::size_t>& pending);
  std::vector<std::size_t> Settle(AnsweredBatch& batch, const std::vector<std::size_t>& sent,
                                  v1::SubmitManyResponse& response, Failure& why);
  void Finish(const Batch& batch, const Failure& failure, const OnBatch& on_batch);

  SubmitMany submit_;
  ImportOptions options_;
  RandomUnit random_;
  Sleep sleep_;
  References& references_;  // under mutex_

  std::mutex mutex_;
  std::condition_variable turn_;
  // All below: under mutex_.
  std::optional<ImportLine> held_;
  std::uint64_t taken_ = 0;
  std::uint64_t finished_ = 0;
  bool stopped_ = false;
  Failure failure_;
};

}  // namespace nhanrong::cli
