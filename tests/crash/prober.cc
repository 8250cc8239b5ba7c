#include "tests/crash/prober.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "tests/crash/process.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {
namespace {

constexpr int kManyMax = 500;

}  // namespace

cli::Failure SubmitUntilAnswered(const std::vector<std::unique_ptr<cli::Client>>& clients,
                                 const v1::Submission& submission, v1::Accepted* accepted) {
  v1::SubmitRequest request;
  *request.mutable_submission() = submission;
  v1::SubmitResponse response;
  cli::Failure failure;
  std::size_t turn = 0;
  Await([&] {
    failure = clients[turn++ % clients.size()]->Call(request, &response);
    return !cli::IsRetryable(failure);
  });
  *accepted = response.accepted();
  return failure;
}

Prober::Prober(std::vector<std::unique_ptr<cli::Client>> clients, std::string model_id,
               std::string name)
    : clients_(std::move(clients)), model_id_(std::move(model_id)), name_(std::move(name)) {
  thread_ = std::thread([this] { Run(); });
}

void Prober::Run() {
  while (!stop_) {
    const std::string name = name_ + " " + std::to_string(notes_.size());
    Noted noted{Progress(model_id_, SubmissionIdOf(name), name), {}};
    const cli::Failure failure = SubmitUntilAnswered(clients_, noted.submission, &noted.accepted);
    if (!cli::Ok(failure)) {
      ADD_FAILURE() << name << ": " << failure.ShortDebugString();
      return;
    }
    notes_.push_back(std::move(noted));
    ++answered_;
  }
}

void Prober::Finish() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void ExpectSameAnswers(const cli::Client& client, const std::vector<Noted>& notes) {
  for (std::size_t begin = 0; begin < notes.size(); begin += kManyMax) {
    const std::size_t end = std::min(notes.size(), begin + kManyMax);
    v1::SubmitManyRequest request;
    for (std::size_t i = begin; i < end; ++i) *request.add_submissions() = notes[i].submission;
    v1::SubmitManyResponse response;
    const cli::Failure failure = client.Call(request, &response);
    ASSERT_TRUE(cli::Ok(failure)) << failure.ShortDebugString();
    for (std::size_t i = begin; i < end; ++i) {
      v1::Accepted again = response.outcomes(static_cast<int>(i - begin)).accepted();
      EXPECT_TRUE(again.repeated()) << i;
      v1::Accepted first = notes[i].accepted;
      again.clear_repeated();
      first.clear_repeated();
      EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString())
          << again.ShortDebugString() << "\ninstead of\n"
          << first.ShortDebugString();
    }
  }
}

}  // namespace nhanrong::crash
