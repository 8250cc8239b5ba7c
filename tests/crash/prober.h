// A client that reports one step after another to one stream and notes every answer.
//
// While nobody answers it sends the same id again, to the next of its servers. Its thread runs from
// the constructor to Finish.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/client/client.h"

namespace nhanrong::crash {

struct Noted {
  v1::Submission submission;
  v1::Accepted accepted;
};

// Sends until there is an answer, to each client in turn; the answer, or what the test fails with.
// `stop`: gives up when it becomes true.
cli::Failure SubmitUntilAnswered(const std::vector<std::unique_ptr<cli::Client>>& clients,
                                 const v1::Submission& submission, v1::Accepted* accepted);

class Prober {
 public:
  // The model must be in use.
  Prober(std::vector<std::unique_ptr<cli::Client>> clients, std::string model_id, std::string name);
  ~Prober() { Finish(); }

  // Waits for the answer that is open, if a server is there to give it.
  void Finish();
  std::size_t answered() const { return answered_; }
  // After Finish.
  const std::vector<Noted>& notes() const { return notes_; }

 private:
  void Run();

  const std::vector<std::unique_ptr<cli::Client>> clients_;
  const std::string model_id_;
  const std::string name_;
  std::vector<Noted> notes_;
  std::atomic<std::size_t> answered_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The same submissions give the same answers: position, leaf, events; nothing new is recorded.
void ExpectSameAnswers(const cli::Client& client, const std::vector<Noted>& notes);

}  // namespace nhanrong::crash
