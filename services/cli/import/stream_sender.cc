#include "services/cli/import/stream_sender.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace nhanrong::cli {
namespace {

// Twice what the server takes of one stream, so that it never waits for us.
constexpr std::size_t kWindowLines = 8'000;
// Below the contract's bound of 4 MiB for a frame.
constexpr std::size_t kFrameBytesMax = 2 << 20;
constexpr std::size_t kFrameLinesMax = 1'000;
// How long an answer may wait for others to be reported with it.
constexpr std::chrono::milliseconds kReportInterval(200);

v1::SubmitOutcome OutcomeOf(v1::StreamOutcome& told) {
  v1::SubmitOutcome outcome;
  if (told.has_accepted()) {
    outcome.mutable_accepted()->Swap(told.mutable_accepted());
  } else if (told.has_error()) {
    outcome.mutable_error()->Swap(told.mutable_error());
  }
  return outcome;
}

}  // namespace

StreamSender::StreamSender(Open open, StreamSendOptions options, References& references,
                           RandomUnit random, Sleep sleep)
    : open_(std::move(open)),
      options_([&] {
        options.frame_lines = std::clamp<std::size_t>(options.frame_lines, 1, kFrameLinesMax);
        options.report_lines = std::clamp<std::size_t>(options.report_lines, 1, kWindowLines);
        return options;
      }()),
      references_(references),
      random_(std::move(random)),
      sleep_(std::move(sleep)) {}

Failure StreamSender::Run(LineSource& source, const OnBatch& on_batch) {
  std::jthread filler([&] { Fill(source); });
  std::jthread connector([this] { Connect(); });
  Report(on_batch);
  source.Stop();
  connector.join();
  filler.join();
  return failure_;
}

// The source's thread.
void StreamSender::Fill(LineSource& source) {
  while (std::optional<ImportLine> line = source.Next()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || window_.size() < kWindowLines; });
    if (stopped_) return;
    Add(*std::move(line));
    changed_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  input_ended_ = true;
  changed_.notify_all();
}

void StreamSender::Add(ImportLine line) {
  Entry& entry = window_.emplace_back();
  entry.answered.line = std::move(line);
  ++undone_;
  undone_ids_.emplace(entry.answered.line.submission.submission_id(), end() - 1);
  if (entry.answered.line.problem.empty()) return;
  MarkProblem(entry.answered, entry.answered.line.problem);
  Finished(end() - 1);
}

void StreamSender::Finished(Number number) {
  Entry& entry = At(number);
  entry.done = true;
  --undone_;
  const std::string& id = entry.answered.line.submission.submission_id();
  auto found = undone_ids_.lower_bound(id);
  while (found->second != number) ++found;
  undone_ids_.erase(found);
}

std::optional<StreamSender::Number> StreamSender::AwaitWork() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || undone_ > 0 || input_ended_; });
  if (stopped_ || AllDone()) return std::nullopt;
  return end() - undone_;
}

Failure StreamSender::WhyItEnded(Failure told) const {
  // A server that stops cancels what it cannot begin; we cancel only where it was silent.
  const bool cancelled = told.code() == static_cast<int>(absl::StatusCode::kCancelled);
  return Ok(told) || given_up_ || cancelled ? why_again_ : told;
}

// The thread that reads: one stream after another.
void StreamSender::Connect() {
  Backoff backoff(options_.backoff, random_);
  while (const std::optional<Number> answered_before = AwaitWork()) {
    Failure why = OneStream();
    {
      const std::lock_guard lock(mutex_);
      if (stopped_ || AllDone()) return;
      why = WhyItEnded(std::move(why));
      if (end() - undone_ > *answered_before) backoff.Reset();
    }
    const auto wait = IsRetryable(why) ? backoff.Next(RetryDelay(why)) : std::nullopt;
    if (!wait) return Stop(why);
    on_break_(why, *wait);
    sleep_(*wait);
  }
}

Failure StreamSender::OneStream() {
  const std::unique_ptr<SubmitStream> stream = open_();
  {
    const std::lock_guard lock(mutex_);
    BeginStream(*stream);
  }
  std::jthread writer([&] { Write(*stream); });
  v1::SubmitStreamResponse response;
  while (stream->Read(&response)) {
    const std::lock_guard lock(mutex_);
    Settle(response);
    changed_.notify_all();
  }
  {
    const std::lock_guard lock(mutex_);
    stream_ = nullptr;  // so that the writer ends
    changed_.notify_all();
  }
  writer.join();
  return stream->Finish();
}

void StreamSender::BeginStream(SubmitStream& stream) {
  stream_ = &stream;
  next_ = first_;
  frames_.clear();
  again_ = given_up_ = false;
  why_again_ = MakeFailure(absl::StatusCode::kUnavailable, "không có câu trả lời / no answer");
  heard_ = std::chrono::steady_clock::now();
  if (stopped_) stream.Cancel();
}

void StreamSender::Write(SubmitStream& stream) {
  for (;;) {
    v1::SubmitStreamRequest request;
    switch (AwaitFrame(request)) {
      case Next::kFrame:
        if (!stream.Write(request)) return;
        break;
      case Next::kEnd:
        return stream.WritesDone();
      case Next::kGone:
        return;
    }
  }
}

StreamSender::Next StreamSender::AwaitFrame(v1::SubmitStreamRequest& request) {
  std::unique_lock lock(mutex_);
  Next next = Next::kGone;
  changed_.wait(lock, [&] {
    if (stream_ == nullptr || stopped_) return true;
    if (!again_ && MakeFrame(request)) {
      next = Next::kFrame;
      return true;
    }
    const bool ended = again_ || (input_ended_ && next_ == end());
    if (ended) next = Next::kEnd;
    return ended;
  });
  return next;
}

bool StreamSender::MakeFrame(v1::SubmitStreamRequest& request) {
  Frame frame;
  std::size_t bytes = 0;
  const Number sequence = next_;
  for (; next_ < end() && frame.numbers.size() < options_.frame_lines; ++next_) {
    Entry& entry = At(next_);
    if (entry.done) continue;
    if (!MayBeSent(next_)) break;
    if (entry.done) continue;
    bytes += entry.answered.line.text.size();
    if (bytes > kFrameBytesMax && !frame.numbers.empty()) break;
    *request.add_submissions() = entry.answered.line.submission;
    frame.numbers.push_back(next_);
  }
  if (frame.numbers.empty()) return false;
  request.set_sequence(sequence);
  frame.open = frame.numbers.size();
  if (frames_.empty()) heard_ = std::chrono::steady_clock::now();
  frames_[sequence] = std::move(frame);
  return true;
}

// Whether the earlier line that it names, if any, is answered; then it has its event, or is a
// problem.
bool StreamSender::MayBeSent(Number number) {
  Entry& entry = At(number);
  const std::string& named = entry.answered.line.refers_to;
  if (named.empty()) return true;
  const auto first = undone_ids_.lower_bound(named);
  if (first != undone_ids_.end() && first->first == named && first->second < number) return false;
  references_.Resolve(entry.answered);
  if (entry.answered.outcome.has_error()) Finished(number);
  return true;
}

void StreamSender::Settle(v1::SubmitStreamResponse& response) {
  heard_ = std::chrono::steady_clock::now();
  for (v1::StreamOutcome& outcome : *response.mutable_outcomes()) SettleOne(outcome);
  if (!response.refused_frames().empty()) {
    failure_ = response.refused_frames(0).error();
    stopped_ = true;
    stream_->Cancel();
  }
}

void StreamSender::SettleOne(v1::StreamOutcome& told) {
  const auto frame = frames_.find(told.sequence());
  if (frame == frames_.end() || told.index() >= frame->second.numbers.size()) return;
  const Number number = frame->second.numbers[told.index()];
  if (--frame->second.open == 0) frames_.erase(frame);
  if (number < first_ || At(number).done) return;
  Entry& entry = At(number);
  v1::SubmitOutcome outcome = OutcomeOf(told);
  if (!IsFinal(outcome)) {
    again_ = true;
    if (outcome.has_error()) why_again_ = outcome.error();
    return;
  }
  entry.answered.outcome = std::move(outcome);
  references_.Remember(entry.answered);
  Finished(number);
}

void StreamSender::Report(const OnBatch& on_batch) {
  for (;;) {
    AnsweredBatch batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kReportInterval,
                        [this] { return stopped_ || AllDone() || EnoughToReport(); });
      WatchForSilence();
      batch = TakeAnswered();
      if (batch.empty() && (stopped_ || AllDone())) return;
    }
    if (batch.empty()) continue;
    if (const absl::Status kept = on_batch(batch); !kept.ok()) {
      return Stop(MakeFailure(kept.code(), std::string(kept.message())));
    }
  }
}

bool StreamSender::EnoughToReport() const {
  const std::size_t lines = options_.report_soon ? 1 : options_.report_lines;
  return window_.size() >= lines && window_.front().done && window_[lines - 1].done;
}

// What is answered without a gap before it.
AnsweredBatch StreamSender::TakeAnswered() {
  AnsweredBatch batch;
  while (!window_.empty() && window_.front().done && batch.size() < options_.report_lines) {
    batch.push_back(std::move(window_.front().answered));
    window_.pop_front();
    ++first_;
  }
  next_ = std::max(next_, first_);
  changed_.notify_all();
  return batch;
}

void StreamSender::WatchForSilence() {
  if (stream_ == nullptr || frames_.empty()) return;
  const auto silence = absl::FromChrono(std::chrono::steady_clock::now() - heard_);
  if (silence <= options_.silence_max) return;
  given_up_ = true;
  stream_->Cancel();
}

void StreamSender::Stop(const Failure& failure) {
  const std::lock_guard lock(mutex_);
  if (!stopped_) failure_ = failure;
  stopped_ = true;
  if (stream_ != nullptr) stream_->Cancel();
  changed_.notify_all();
}

}  // namespace nhanrong::cli
