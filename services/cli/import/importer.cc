#include "services/cli/import/importer.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace nhanrong::cli {
namespace {

bool Mentions(const AnsweredBatch& batch, const std::string& submission_id) {
  return std::any_of(batch.begin(), batch.end(), [&](const AnsweredLine& answered) {
    return answered.line.submission.submission_id() == submission_id;
  });
}

}  // namespace

Importer::Importer(SubmitMany submit, ImportOptions options, References& references,
                   RandomUnit random, Sleep sleep)
    : submit_(std::move(submit)),
      options_(options),
      random_(std::move(random)),
      sleep_(std::move(sleep)),
      references_(references) {
  options_.batch_lines = std::clamp<std::size_t>(options_.batch_lines, 1, kBatchLinesMax);
  options_.in_flight = std::clamp(options_.in_flight, 1, kInFlightMax);
}

Failure Importer::Run(LineSource& reader, const OnBatch& on_batch) {
  std::vector<std::jthread> others;
  for (int i = 1; i < options_.in_flight; ++i) {
    others.emplace_back([&] { Work(reader, on_batch); });
  }
  Work(reader, on_batch);
  others.clear();
  return failure_;
}

void Importer::Work(LineSource& reader, const OnBatch& on_batch) {
  for (;;) {
    Batch batch;
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
      batch = Take(reader);
      if (batch.lines.empty()) return;
    }
    const Failure failure = Send(batch.lines);
    Finish(batch, failure, on_batch);
  }
}

Importer::Batch Importer::Take(LineSource& reader) {
  Batch batch;
  std::size_t bytes = 0;
  while (batch.lines.size() < options_.batch_lines) {
    std::optional<ImportLine> line = held_ ? std::exchange(held_, std::nullopt) : reader.Next();
    if (!line) break;
    bytes += std::max(line->text.size(), line->submission.ByteSizeLong());
    // A line that names another one waits for that one's answer.
    const bool waits = !line->refers_to.empty() && Mentions(batch.lines, line->refers_to);
    if (!batch.lines.empty() && (bytes > kBatchBytesMax || waits)) {
      held_ = std::move(line);
      break;
    }
    AnsweredLine& answered = batch.lines.emplace_back();
    answered.line = *std::move(line);
    if (!answered.line.problem.empty()) MarkProblem(answered, answered.line.problem);
  }
  if (!batch.lines.empty()) batch.number = taken_++;
  return batch;
}

Failure Importer::Send(AnsweredBatch& batch) {
  {
    const std::lock_guard lock(mutex_);
    for (AnsweredLine& answered : batch) references_.Resolve(answered);
  }
  std::vector<std::size_t> pending;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!batch[i].outcome.has_error()) pending.push_back(i);
  }
  Backoff backoff(options_.backoff, random_);
  while (!pending.empty()) {
    const std::size_t before = pending.size();
    Failure why = SendOnce(batch, pending);
    if (pending.empty()) break;
    if (!IsRetryable(why)) return why;
    if (pending.size() < before) backoff.Reset();
    const std::optional<absl::Duration> wait = backoff.Next(RetryDelay(why));
    if (!wait) return why;
    sleep_(*wait);
  }
  return {};
}

Failure Importer::SendOnce(AnsweredBatch& batch, std::vector<std::size_t>& pending) {
  v1::SubmitManyRequest request;
  for (const std::size_t i : pending) *request.add_submissions() = batch[i].line.submission;
  v1::SubmitManyResponse response;
  Failure why = submit_(request, &response);
  if (!Ok(why)) return why;
  if (response.outcomes_size() != request.submissions_size()) {
    return MakeFailure(absl::StatusCode::kInternal,
                       "số câu trả lời khác số dòng / wrong answer count");
  }
  pending = Settle(batch, pending, response, why);
  return why;
}

std::vector<std::size_t> Importer::Settle(AnsweredBatch& batch,
                                          const std::vector<std::size_t>& sent,
                                          v1::SubmitManyResponse& response, Failure& why) {
  std::vector<std::size_t> left;
  for (std::size_t n = 0; n < sent.size(); ++n) {
    v1::SubmitOutcome& outcome = *response.mutable_outcomes(static_cast<int>(n));
    if (IsFinal(outcome)) {
      batch[sent[n]].outcome = std::move(outcome);
      continue;
    }
    // An outcome with neither answer nor error is as good as none.
    why = outcome.has_error()
              ? outcome.error()
              : MakeFailure(absl::StatusCode::kUnavailable, "không có câu trả lời / no answer");
    left.push_back(sent[n]);
  }
  return left;
}

void Importer::RememberEvents(const AnsweredBatch& batch) {
  for (const AnsweredLine& answered : batch) references_.Remember(answered);
}

void Importer::Finish(const Batch& batch, const Failure& failure, const OnBatch& on_batch) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return finished_ == batch.number || stopped_; });
  if (stopped_) return;
  if (!Ok(failure)) {
    failure_ = failure;
    stopped_ = true;
  } else {
    RememberEvents(batch.lines);
    if (const absl::Status kept = on_batch(batch.lines); !kept.ok()) {
      failure_ = MakeFailure(kept.code(), std::string(kept.message()));
      stopped_ = true;
    }
    ++finished_;
  }
  turn_.notify_all();
}

}  // namespace nhanrong::cli
