// Sends lines on a stream of submissions until each has its final answer, in their order.
//
// What is sure: a line is sent with one id however often it is sent, so it is recorded once; lines
// are sent in their order, and after a break those without answer are sent again in that order;
// answers are reported in that order. A line that names another one waits for its answer. A stream
// that breaks, and an outcome that is not final (UNAVAILABLE, RESOURCE_EXHAUSTED), end in another
// stream, with backoff; when attempts without any answer run out, or the call fails otherwise, the
// run stops and says so.
//
// Memory: kWindowLines lines with their answers. Threads, of its own: one takes lines from the
// source, one writes, one reads; the caller's reports.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/client/backoff.h"
#include "services/cli/client/submit_stream.h"
#include "services/cli/import/references.h"

namespace nhanrong::cli {

struct StreamSendOptions {
  // Lines in a frame, at most 1,000 by the contract.
  std::size_t frame_lines = 200;
  // Lines reported at once, fewer at the end and where answers come slowly.
  std::size_t report_lines = 200;
  // Does not wait for more of them.
  bool report_soon = false;
  BackoffPolicy backoff = {};
  // A server that owes answers and gives none for so long is given up: it answers each submission
  // within a minute.
  absl::Duration silence_max = absl::Seconds(90);
};

class StreamSender {
 public:
  using Open = std::function<std::unique_ptr<SubmitStream>()>;
  // In order, one call at a time. A failure stops the run.
  using OnBatch = std::function<absl::Status(const AnsweredBatch&)>;
  // A stream broke, and another one will be tried after the wait.
  using OnBreak = std::function<void(const Failure& why, absl::Duration wait)>;

  // `references` outlives the sender.
  StreamSender(Open open, StreamSendOptions options, References& references, RandomUnit random,
               Sleep sleep);

  void ReportBreaksTo(OnBreak on_break) { on_break_ = std::move(on_break); }
  // OK when every line has been answered and reported. Call once.
  Failure Run(LineSource& source, const OnBatch& on_batch);

 private:
  using Number = std::uint64_t;  // of a line, in the order of the source, from 1
  struct Entry {
    AnsweredLine answered;
    bool done = false;
  };
  struct Frame {
    std::vector<Number> numbers;
    std::size_t open = 0;
  };

  void Fill(LineSource& source);
  void Connect();
  Failure OneStream();
  void Write(SubmitStream& stream);
  // What the writer does next: sends a frame, ends its side, or leaves a stream that is gone.
  enum class Next { kFrame, kEnd, kGone };
  Next AwaitFrame(v1::SubmitStreamRequest& request);
  // How many lines are answered, once there is something to do; absent: everything is done.
  std::optional<Number> AwaitWork();
  // Under the lock.
  Failure WhyItEnded(Failure told) const;
  void Report(const OnBatch& on_batch);
  void Stop(const Failure& failure);

  // Under mutex_.
  Entry& At(Number number) { return window_[number - first_]; }
  Number end() const { return first_ + window_.size(); }
  bool AllDone() const { return input_ended_ && undone_ == 0; }
  void Add(ImportLine line);
  void Finished(Number number);
  void BeginStream(SubmitStream& stream);
  bool MakeFrame(v1::SubmitStreamRequest& request);
  bool MayBeSent(Number number);
  void Settle(v1::SubmitStreamResponse& response);
  void SettleOne(v1::StreamOutcome& outcome);
  bool EnoughToReport() const;
  AnsweredBatch TakeAnswered();
  void WatchForSilence();

  const Open open_;
  const StreamSendOptions options_;
  References& references_;
  const RandomUnit random_;
  const Sleep sleep_;
  OnBreak on_break_ = [](const Failure&, absl::Duration) {};

  std::mutex mutex_;
  std::condition_variable changed_;
  // All below: under mutex_.
  std::deque<Entry> window_;  // not reported yet
  Number first_ = 1;          // of window_
  std::size_t undone_ = 0;    // entries of window_ without a final answer
  std::multimap<std::string, Number> undone_ids_;
  bool input_ended_ = false;
  bool stopped_ = false;
  Failure failure_;
  // Of the stream that is open.
  SubmitStream* stream_ = nullptr;
  Number next_ = 1;                 // the first that was not sent on it
  std::map<Number, Frame> frames_;  // by sequence, with open answers
  bool again_ = false;              // an outcome was not final: no more is sent on it
  bool given_up_ = false;           // it owes answers and is silent
  Failure why_again_;
  std::chrono::steady_clock::time_point heard_;
};

}  // namespace nhanrong::cli
