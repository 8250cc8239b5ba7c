// One stream of submissions, as a machine that its completion queue drives.
//
// A frame is read when the one before it is wholly in the gateway and few answers are open; its
// submissions are offered to their gateways in order, and the first one that a gateway does not
// take now is kept until it does. Answers are collected and written in one message, one write at a
// time. So a stream holds at most one frame, kStreamSubmissionsMax and a frame of open submissions,
// and one answer.
//
// Threads: everything on the thread of the queue; LookAgain from any. Deletes itself when its last
// event has come.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "nhanrong/v1/submission_service.pb.h"
#include "services/rpc/call.h"
#include "services/rpc/stream_inbox.h"
#include "services/rpc/submit_streams.h"

namespace nhanrong::rpc {

class SubmitStreamCall {
 public:
  struct Place {
    SubmitStreams& streams;
    node::Node& node;
    AsyncSubmissions& service;
    grpc::ServerCompletionQueue& queue;
  };

  // Waits for a client; opens its successor when one came.
  static void OpenOne(const Place& place) { new SubmitStreamCall(place); }
  // Something outside has changed. Not after Leave.
  void LookAgain() { inbox_->Wake(); }

 private:
  class Event final : public Tag {
   public:
    using Handler = void (SubmitStreamCall::*)(bool ok);
    Event(SubmitStreamCall& call, Handler handler) : call_(call), handler_(handler) {}
    void Proceed(bool ok) override { call_.Handle(*this, handler_, ok); }

   private:
    SubmitStreamCall& call_;
    const Handler handler_;
  };

  explicit SubmitStreamCall(const Place& place);

  // Every operation is asked for with the tag that this gives, and its event is awaited.
  void* Expect(Event& event);
  void Handle(Event& event, Event::Handler handler, bool ok);

  void OnStarted(bool ok);
  void OnRead(bool ok);
  void OnWritten(bool ok);
  void OnFinished(bool ok);
  void OnDone(bool ok);
  void OnTick(bool ok);
  void OnWoken(bool ok);

  // Does whatever can be done now.
  void Advance();
  void ReadFrame();
  void CheckFrame();
  void RefuseFrame(const google::rpc::Status& why);
  void OfferFrame();
  bool OfferNext();
  void PrepareNext();
  void Pause(absl::Duration pause);
  void WriteAnswer();
  void FinishWhenAnswered();
  std::optional<grpc::Status> WhyItEnds();
  void ArmTick();

  bool frame_done() const { return next_ == frame_.submissions_size(); }
  bool ended() const { return finished_ || gone_; }

  const Place place_;
  Event started_{*this, &SubmitStreamCall::OnStarted};
  Event read_{*this, &SubmitStreamCall::OnRead};
  Event written_{*this, &SubmitStreamCall::OnWritten};
  Event finish_{*this, &SubmitStreamCall::OnFinished};
  Event done_{*this, &SubmitStreamCall::OnDone};
  Event ticked_{*this, &SubmitStreamCall::OnTick};
  Event woken_{*this, &SubmitStreamCall::OnWoken};
  int events_due_ = 0;  // without woken_, which the inbox counts

  grpc::ServerContext context_;
  grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer> stream_{&context_};
  CallInfo call_;
  std::string token_key_;
  grpc::Alarm tick_;
  // Shared with the callbacks of submissions.
  const std::shared_ptr<StreamInbox> inbox_;

  bool reading_ = false;
  bool half_closed_ = false;  // the client sends no more
  bool writing_ = false;
  bool finishing_ = false;
  bool finished_ = false;
  bool gone_ = false;  // the client, or the connection, or cut off
  absl::Time tick_at_ = absl::InfiniteFuture();
  absl::Time paused_until_ = absl::InfinitePast();
  absl::Time write_began_;
  absl::Time last_heard_;

  grpc::ByteBuffer bytes_read_;
  v1::SubmitStreamRequest frame_;
  int next_ = 0;  // the first of the frame that no gateway has
  // That one, prepared for its gateway.
  std::optional<gateway::Entrant> entrant_;
  gateway::LedgerGateway* entrant_gateway_ = nullptr;
  StreamItem entrant_item_;
  std::uint64_t last_sequence_ = 0;

  // Submissions and frames without a written answer.
  int open_ = 0;
  std::size_t open_bytes_ = 0;
  std::deque<KnownOutcome> known_;
  std::deque<v1::RefusedFrame> refused_;
  int in_write_ = 0;
  std::size_t in_write_bytes_ = 0;
};

}  // namespace nhanrong::rpc
