#include "services/rpc/submit_stream_call.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "services/rpc/call_metadata.h"
#include "services/rpc/request_bytes.h"
#include "services/rpc/submission_handler.h"

namespace nhanrong::rpc {
namespace {

// A stream looks at its clock so often: the error of the limits in seconds.
constexpr absl::Duration kTickMax = absl::Seconds(1);
// A stream that waits for room comes back so soon, whatever it is told: the room that one batch of
// the log makes is gone within tens of milliseconds.
constexpr absl::Duration kPauseMax = absl::Milliseconds(20);
// Submissions offered before other streams of the queue have their turn.
constexpr int kOffersInATurn = 100;

v1::StreamOutcome OutcomeOf(KnownOutcome&& known, Language language) {
  v1::StreamOutcome told;
  told.set_sequence(known.item.sequence);
  told.set_index(known.item.index);
  told.set_submission_id(std::move(known.item.submission_id));
  if (auto* accepted = std::get_if<v1::Accepted>(&known.outcome)) {
    *told.mutable_accepted() = std::move(*accepted);
  } else {
    *told.mutable_error() = StatusOf(known.outcome, language);
  }
  return told;
}

}  // namespace

SubmitStreamCall::SubmitStreamCall(const Place& place)
    : place_(place), inbox_(std::make_shared<StreamInbox>(place.queue, woken_)) {
  context_.AsyncNotifyWhenDone(static_cast<Tag*>(&done_));  // comes only after started_ did
  place_.service.RequestSubmitStream(&context_, &stream_, &place_.queue, &place_.queue,
                                     Expect(started_));
}

void* SubmitStreamCall::Expect(Event& event) {
  ++events_due_;
  return static_cast<Tag*>(&event);
}

void SubmitStreamCall::Handle(Event& event, Event::Handler handler, bool ok) {
  if (&event != &woken_) --events_due_;
  (this->*handler)(ok);
  if (!ended()) Advance();
  if (!ended()) return;
  place_.streams.Leave(*this, token_key_);
  tick_.Cancel();
  if (inbox_->Close() && events_due_ == 0) delete this;
}

void SubmitStreamCall::OnStarted(bool ok) {
  if (!ok) {  // the server stops
    gone_ = true;
    return;
  }
  ++events_due_;  // done_
  OpenOne(place_);
  call_ = CallInfoOf(context_);
  call_.deadline = absl::FromChrono(context_.deadline());
  token_key_ = call_.proof ? std::string(AsBytes(call_.proof->sha256)) : std::string();
  last_heard_ = absl::Now();
  if (!place_.streams.Enter(*this, token_key_)) {
    finishing_ = true;
    stream_.Finish(GrpcStatusOf(EndOf(StreamEnd::kTooMany, call_.language)), Expect(finish_));
    return;
  }
  // So that a client knows that it is heard before its first answer.
  writing_ = true;
  write_began_ = absl::Now();
  stream_.SendInitialMetadata(Expect(written_));
  ArmTick();
}

void SubmitStreamCall::OnRead(bool ok) {
  reading_ = false;
  half_closed_ = !ok;
  if (!ok || finishing_) return;
  last_heard_ = absl::Now();
  CheckFrame();
}

void SubmitStreamCall::OnWritten(bool ok) {
  writing_ = false;
  open_ -= std::exchange(in_write_, 0);
  open_bytes_ -= std::exchange(in_write_bytes_, 0);
  last_heard_ = absl::Now();
  if (!ok) half_closed_ = true;  // done_ says the same and more
}

void SubmitStreamCall::OnFinished(bool /*ok*/) { finished_ = true; }

void SubmitStreamCall::OnDone(bool /*ok*/) {
  if (context_.IsCancelled()) gone_ = true;
}

void SubmitStreamCall::OnTick(bool /*ok*/) {
  tick_at_ = absl::InfiniteFuture();
  if (ended()) return;
  if (writing_ && absl::Now() - write_began_ > place_.streams.patience_.stuck) {
    ++place_.streams.stuck_;
    write_began_ = absl::InfiniteFuture();
    context_.TryCancel();
  }
  ArmTick();
}

void SubmitStreamCall::OnWoken(bool /*ok*/) { inbox_->Woken(); }

void SubmitStreamCall::ArmTick() {
  const StreamPatience& patience = place_.streams.patience_;
  tick_at_ = absl::Now() + std::min({kTickMax, patience.stuck, patience.idle});
  if (paused_until_ > absl::Now()) tick_at_ = std::min(tick_at_, paused_until_);
  // By a clock that nobody sets.
  const gpr_timespec in =
      gpr_time_from_micros(absl::ToInt64Microseconds(tick_at_ - absl::Now()), GPR_TIMESPAN);
  tick_.Set(&place_.queue, gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), in), Expect(ticked_));
}

void SubmitStreamCall::Advance() {
  for (KnownOutcome& known : inbox_->Take()) known_.push_back(std::move(known));
  if (finishing_) return;
  OfferFrame();
  WriteAnswer();
  ReadFrame();
  FinishWhenAnswered();
}

void SubmitStreamCall::ReadFrame() {
  if (reading_ || half_closed_ || place_.streams.draining_ || !frame_done()) return;
  if (open_ >= kStreamSubmissionsMax || open_bytes_ >= kStreamBytesMax) return;
  reading_ = true;
  stream_.Read(&bytes_read_, Expect(read_));
}

void SubmitStreamCall::CheckFrame() {
  frame_.Clear();
  next_ = 0;
  const auto wrong = [this](const char* field, const std::string& wrong_vi,
                            const std::string& wrong_en, const std::string& right_vi,
                            const std::string& right_en) {
    RefuseFrame(InvalidField(field, wrong_vi, wrong_en, right_vi, right_en, call_.language));
  };
  const std::size_t bytes = bytes_read_.Length();
  if (bytes > kFrameBytesMax) {
    const std::string has = std::to_string(bytes), most = std::to_string(kFrameBytesMax);
    bytes_read_.Clear();
    return wrong("submissions", "có " + has + " byte", "has " + has + " bytes",
                 "tối đa " + most + " byte", "at most " + most + " bytes");
  }
  const google::rpc::Status unread = ReadRequest(bytes_read_, call_.language, frame_);
  bytes_read_.Clear();
  if (unread.code() != 0) {
    frame_.Clear();
    return RefuseFrame(unread);
  }
  const int count = frame_.submissions_size();
  if (count == 0 || count > kFrameSubmissionsMax) {
    const std::string has = std::to_string(count), most = std::to_string(kFrameSubmissionsMax);
    return wrong("submissions", "có " + has + " mục", "holds " + has + " items",
                 "từ 1 đến " + most + " mục", "1 to " + most + " items");
  }
  if (frame_.sequence() <= last_sequence_) {
    const std::string last = std::to_string(last_sequence_);
    return wrong("sequence", "không lớn hơn " + last, "is not greater than " + last,
                 "lớn hơn của khung trước", "greater than that of the frame before");
  }
  last_sequence_ = frame_.sequence();
}

void SubmitStreamCall::RefuseFrame(const google::rpc::Status& why) {
  ++place_.streams.refused_frames_;
  v1::RefusedFrame& refused = refused_.emplace_back();
  refused.set_sequence(frame_.sequence());
  *refused.mutable_error() = why;
  frame_.Clear();
  ++open_;
}

void SubmitStreamCall::OfferFrame() {
  for (int offers = 0; !frame_done() && !place_.streams.draining_; ++offers) {
    if (offers == kOffersInATurn) return inbox_->Wake();
    if (!OfferNext()) return;
  }
}

bool SubmitStreamCall::OfferNext() {
  if (!entrant_) PrepareNext();
  if (entrant_) {
    const absl::Time deadline = std::min(call_.deadline, absl::Now() + kCallLimit);
    const auto full = entrant_gateway_->Offer(
        *entrant_, deadline, [inbox = inbox_, item = entrant_item_](gateway::Outcome outcome) {
          inbox->Put({item, std::move(outcome)});
        });
    if (full) {
      Pause(full->retry_after);
      return false;
    }
    entrant_.reset();
  }
  ++open_;
  open_bytes_ += entrant_item_.bytes;
  if (++next_ == frame_.submissions_size()) {
    frame_.Clear();
    next_ = 0;
  }
  return true;
}

// Or answers it, if there is no gateway for it.
void SubmitStreamCall::PrepareNext() {
  v1::Submission& submission = *frame_.mutable_submissions(next_);
  entrant_item_ = {frame_.sequence(), static_cast<std::uint32_t>(next_), submission.submission_id(),
                   submission.ByteSizeLong()};
  const auto gateway = GatewayOf(place_.node, submission.ledger());
  if (!gateway) return inbox_->Put({entrant_item_, gateway.error()});
  entrant_gateway_ = *gateway;
  entrant_.emplace(std::move(submission), call_.proof);
}

void SubmitStreamCall::Pause(absl::Duration pause) {
  paused_until_ = absl::Now() + std::min(pause, kPauseMax);
  if (tick_at_ > paused_until_) tick_.Cancel();  // its event sets it anew
}

void SubmitStreamCall::WriteAnswer() {
  if (writing_ || (known_.empty() && refused_.empty())) return;
  v1::SubmitStreamResponse answer;
  for (std::size_t bytes = 0;
       !known_.empty() && bytes < kAnswerBytesMax && answer.outcomes_size() < kAnswerOutcomesMax;
       known_.pop_front()) {
    in_write_bytes_ += known_.front().item.bytes;
    *answer.add_outcomes() = OutcomeOf(std::move(known_.front()), call_.language);
    bytes += answer.outcomes(answer.outcomes_size() - 1).ByteSizeLong();
  }
  for (; !refused_.empty(); refused_.pop_front()) {
    *answer.add_refused_frames() = std::move(refused_.front());
  }
  in_write_ = answer.outcomes_size() + answer.refused_frames_size();
  writing_ = true;
  write_began_ = absl::Now();
  stream_.Write(BytesOf(answer), Expect(written_));
}

void SubmitStreamCall::FinishWhenAnswered() {
  if (open_ > 0 || writing_) return;
  const auto why = WhyItEnds();
  if (!why) return;
  finishing_ = true;
  stream_.Finish(*why, Expect(finish_));
}

std::optional<grpc::Status> SubmitStreamCall::WhyItEnds() {
  if (half_closed_ && frame_done()) return grpc::Status::OK;
  if (place_.streams.draining_) {
    return GrpcStatusOf(EndOf(StreamEnd::kReconnect, call_.language));
  }
  if (frame_done() && absl::Now() - last_heard_ > place_.streams.patience_.idle) {
    ++place_.streams.idle_;
    return GrpcStatusOf(EndOf(StreamEnd::kIdle, call_.language));
  }
  return std::nullopt;
}

}  // namespace nhanrong::rpc
