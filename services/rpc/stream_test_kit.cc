#include "services/rpc/stream_test_kit.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "google/rpc/error_details.pb.h"
#include "services/base/check.h"
#include "services/base/ids.h"
#include "services/gateway/genesis.h"

namespace nhanrong::rpc {
namespace {

std::string NewToken() { return "nr1_" + absl::WebSafeBase64Escape(RandomBytes(32)); }

Hash HashOf(const std::string& token) { return *access::TokenHash(token); }

}  // namespace

std::string Outline(const google::rpc::Status& status) {
  if (status.code() == 0) return "OK";
  std::string text = absl::StatusCodeToString(static_cast<absl::StatusCode>(status.code()));
  google::rpc::ErrorInfo info;
  for (const auto& any : status.details()) {
    if (any.UnpackTo(&info)) text += " " + info.reason();
  }
  return text;
}

google::rpc::Status StatusOfCall(const grpc::Status& status) {
  google::rpc::Status told;
  if (!status.ok() && (!told.ParseFromString(status.error_details()) || told.code() == 0)) {
    told.set_code(status.error_code());
    told.set_message(status.error_message());
  }
  return told;
}

StreamClient::StreamClient(v1::SubmissionService::Stub& stub, const std::string& token) {
  if (!token.empty()) context_.AddMetadata("authorization", "Bearer " + token);
  context_.AddMetadata("accept-language", "en");
  context_.set_deadline(absl::ToChronoTime(absl::Now() + 2 * kPatience));
  stream_ = stub.SubmitStream(&context_);
}

bool StreamClient::Send(const std::vector<v1::Submission>& submissions) {
  Frame frame;
  frame.set_sequence(++sequence_);
  for (const v1::Submission& submission : submissions) *frame.add_submissions() = submission;
  return stream_->Write(frame);
}

bool StreamClient::ReadOne() {
  v1::SubmitStreamResponse response;
  if (!stream_->Read(&response)) return false;
  ++messages_;
  for (v1::StreamOutcome& one : *response.mutable_outcomes()) outcomes_.push_back(std::move(one));
  for (const v1::RefusedFrame& one : response.refused_frames()) refused_.push_back(one);
  return true;
}

void StreamClient::ReadUntil(std::size_t count) {
  while (outcomes_.size() + refused_.size() < count && ReadOne()) continue;
}

std::string StreamClient::End() {
  while (ReadOne()) continue;
  const grpc::Status status = stream_->Finish();
  message_ = status.error_message();
  return Outline(StatusOfCall(status));
}

std::map<std::string, int> StreamClient::Kinds() const {
  std::map<std::string, int> kinds;
  for (const v1::StreamOutcome& one : outcomes_) {
    ++kinds[one.has_accepted() ? "accepted" : Outline(one.error())];
  }
  return kinds;
}

StreamTest::~StreamTest() {
  if (server_) {
    server_->EndStreams();
    log().Resume();
    node_->Close(absl::Now() + absl::Seconds(5));
    server_->Stop(absl::Now());
  }
}

void StreamTest::Start(const gateway::AgencyLimits& limits, const StreamPatience& patience) {
  node_ = std::make_unique<node::Node>(
      store_, clock_,
      node::ServedLedger::Place{directory_.path(), {.gateway = true, .projector = false}, limits});
  ASSERT_TRUE(node_->Start().ok());
  gateway::GenesisPlan plan;
  const std::string id = RandomBytes(plan.ledger_id.size());
  std::copy(id.begin(), id.end(), plan.ledger_id.begin());
  plan.ledger_name = kLedger;
  plan.recorded_at = absl::Now();
  plan.agency_id = RandomUlid(plan.recorded_at);
  plan.agency_name = "Cơ quan thử";
  plan.actor_id = administrator_ = RandomUlid(plan.recorded_at);
  plan.administrator_title = "Quản trị";
  plan.roles = {v1::ROLE_MAP_STEWARD};
  token_ = NewToken();
  plan.token_hash = HashOf(token_);
  ASSERT_TRUE(node_->Create(plan).ok());
  auto server = StartServer(
      *node_, {.listen = "127.0.0.1:0", .operator_token = Sha256("operator"), .streams = patience});
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(server_->port()),
                                 grpc::InsecureChannelCredentials());
  stub_ = v1::SubmissionService::NewStub(channel_);
  unit_ = RandomUlid(absl::Now());
}

std::unique_ptr<StreamClient> StreamTest::Open(const std::string& token) {
  return std::make_unique<StreamClient>(*stub_, token);
}

google::rpc::Status StreamTest::Submit(const v1::Submission& submission, const std::string& token) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token);
  context.AddMetadata("accept-language", "en");
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  v1::SubmitRequest request;
  *request.mutable_submission() = submission;
  v1::SubmitResponse response;
  return StatusOfCall(stub_->Submit(&context, request, &response));
}

v1::Submission StreamTest::Of(const v1::Command& command) {
  v1::Submission submission;
  submission.set_ledger(kLedger);
  submission.set_submission_id(RandomUuid4());
  submission.mutable_occurred_on()->set_value("2026-01-01");
  submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
  submission.set_reason("thử");
  *submission.mutable_command() = command;
  return submission;
}

v1::Submission StreamTest::Establish(const std::string& unit_id) {
  v1::Command command;
  command.mutable_establish_unit()->set_unit_id(unit_id);
  command.mutable_establish_unit()->set_name("Nước Thử");
  command.mutable_establish_unit()->set_level(v1::UNIT_LEVEL_NATION);
  return Of(command);
}

v1::Submission StreamTest::Rename(const std::string& unit_id, const std::string& name) {
  v1::Command command;
  command.mutable_rename_unit()->set_unit_id(unit_id);
  command.mutable_rename_unit()->set_name(name);
  return Of(command);
}

std::vector<v1::Submission> StreamTest::Many(int count, const std::string& reason) {
  std::vector<v1::Submission> made;
  for (int i = 0; i < count; ++i) {
    made.push_back(Establish(RandomUlid(absl::Now())));
    made.back().set_reason(reason);
  }
  return made;
}

std::string StreamTest::OtherAgency() {
  const absl::Time now = absl::Now();
  const std::string agency = RandomUlid(now), actor = RandomUlid(now), token = NewToken();
  const auto must = [this](v1::Submission submission) {
    submission.clear_occurred_on();
    const google::rpc::Status status = Submit(submission, token_);
    NR_CHECK(status.code() == 0, status.message().c_str());
  };
  NR_CHECK(Submit(Establish(unit_), token_).code() == 0, "a unit");
  v1::Command command;
  command.mutable_establish_agency()->set_agency_id(agency);
  command.mutable_establish_agency()->set_name("Cơ quan khác");
  command.mutable_establish_agency()->set_unit_id(unit_);
  must(Of(command));
  v1::RegisterActor& registered = *command.mutable_register_actor();
  registered.set_actor_id(actor);
  registered.set_agency_id(agency);
  registered.set_kind(v1::ACTOR_KIND_PERSON);
  registered.set_title("Cán bộ");
  registered.mutable_subject()->set_subject_id(RandomUlid(now));
  must(Of(command));
  command.mutable_grant_role()->set_actor_id(actor);
  command.mutable_grant_role()->set_role(v1::ROLE_MAP_STEWARD);
  command.mutable_grant_role()->set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
  must(Of(command));
  command.mutable_issue_credential()->set_actor_id(actor);
  command.mutable_issue_credential()->set_token_sha256(std::string(AsBytes(HashOf(token))));
  must(Of(command));
  return token;
}

}  // namespace nhanrong::rpc
