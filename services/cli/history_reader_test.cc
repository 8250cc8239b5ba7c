#include "services/cli/history_reader.h"

#include <deque>
#include <filesystem>

#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "nhanrong/v1/history_service.grpc.pb.h"
#include "services/base/ids.h"

namespace nhanrong::cli {
namespace {

using ::testing::ElementsAre;

// A ledger of `head` commits whose streams break after the given number of items.
class FakeHistory final : public v1::HistoryService::Service {
 public:
  FakeHistory() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~FakeHistory() override { server_->Shutdown(); }

  grpc::Status Read(grpc::ServerContext*, const v1::ReadRequest* request,
                    grpc::ServerWriter<v1::ReadResponse>* writer) override {
    const std::size_t left = Break();
    std::size_t given = 0;
    for (std::uint64_t p = request->range().from_position(); p < head; ++p) {
      if (given++ == left) return {grpc::StatusCode::UNAVAILABLE, "reset"};
      v1::ReadResponse item;
      item.mutable_entry()->set_position(p);
      writer->Write(item);
      if (request->commits_max() == given) break;
    }
    return grpc::Status::OK;
  }

  grpc::Status Follow(grpc::ServerContext*, const v1::FollowRequest* request,
                      grpc::ServerWriter<v1::FollowResponse>* writer) override {
    for (std::uint64_t p = request->range().from_position(); p < head; ++p) {
      v1::FollowResponse item;
      item.mutable_entry()->set_position(p);
      writer->Write(item);
    }
    return {++follows > 2 ? grpc::StatusCode::PERMISSION_DENIED : grpc::StatusCode::UNAVAILABLE,
            ""};
  }

  ClientOptions options() const {
    ClientOptions client;
    client.address = "127.0.0.1:" + std::to_string(port_);
    return client;
  }

  std::uint64_t head = 6;
  std::deque<std::size_t> breaks;
  int follows = 0;

 private:
  std::size_t Break() {
    if (breaks.empty()) return SIZE_MAX;
    const std::size_t after = breaks.front();
    breaks.pop_front();
    return after;
  }

  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class HistoryReaderTest : public ::testing::Test {
 protected:
  Failure Run(HistoryOptions options, ResumeFile* resume = nullptr) {
    options.range.set_ledger("so-a");
    const Client client(server_.options());
    return HistoryReader(client, options, resume, [](absl::Duration) {})
        .Run([this](const v1::HistoryEntry& entry) {
          if (entry.position() == fail_at_) return absl::DataLossError("pipe");
          seen_.push_back(entry.position());
          return absl::OkStatus();
        });
  }

  std::string path_ = testing::TempDir() + "/resume-" + RandomUuid4();
  FakeHistory server_;
  std::vector<std::uint64_t> seen_;
  std::uint64_t fail_at_ = UINT64_MAX;
};

TEST_F(HistoryReaderTest, GoesOnBehindABreakWithoutGapOrDouble) {
  server_.breaks = {2, 0, 3};
  EXPECT_TRUE(Ok(Run({})));
  EXPECT_THAT(seen_, ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST_F(HistoryReaderTest, KeepsTheLimitAcrossABreak) {
  server_.breaks = {2};
  HistoryOptions options;
  options.commits_max = 4;
  EXPECT_TRUE(Ok(Run(options)));
  EXPECT_THAT(seen_, ElementsAre(0, 1, 2, 3));
}

TEST_F(HistoryReaderTest, ResumesBehindTheLastEntryHandedOver) {
  {
    ResumeFile resume = *ResumeFile::Open(path_, "so-a");
    fail_at_ = 3;
    EXPECT_FALSE(Ok(Run({}, &resume)));
  }
  fail_at_ = UINT64_MAX;
  ResumeFile resume = *ResumeFile::Open(path_, "so-a");
  EXPECT_EQ(resume.last(), 2u);
  EXPECT_TRUE(Ok(Run({}, &resume)));
  EXPECT_THAT(seen_, ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST_F(HistoryReaderTest, AResumeFileBelongsToOneLedger) {
  { ASSERT_TRUE(ResumeFile::Open(path_, "so-a")->Save(7).ok()); }
  EXPECT_EQ(ResumeFile::Open(path_, "so-b").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(HistoryReaderTest, FollowsAcrossBreaksUntilItIsNotAllowed) {
  HistoryOptions options;
  options.follow = true;
  EXPECT_EQ(ExitCodeOf(Run(options)), ExitCode::kNotAllowed);
  EXPECT_THAT(seen_, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_EQ(server_.follows, 3);
}

}  // namespace
}  // namespace nhanrong::cli
