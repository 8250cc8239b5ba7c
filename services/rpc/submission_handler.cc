#include "services/rpc/submission_handler.h"

#include <atomic>
#include <memory>
#include <utility>

#include "services/domain/rules/rules.h"

namespace nhanrong::rpc {

void SubmissionHandler::SubmitOne(const CallInfo& call, const v1::Submission& submission,
                                  gateway::LedgerGateway::Done done) {
  node::ServedLedger* ledger = node_.Find(submission.ledger());
  // Which ledgers there are is not known while the store is away: that is no fault of the sender.
  if (ledger == nullptr && !node_.store_status().ok()) {
    return done(gateway::Unavailable{"the ledgers cannot be reached"});
  }
  if (ledger == nullptr || ledger->gateway() == nullptr) {
    return done(gateway::Invalid{
        {{std::string(domain::RuleName(domain::Rule::kLedgerUnknown)), "ledger", ""}}});
  }
  ledger->gateway()->Submit(submission, call.token, call.deadline, std::move(done));
}

void SubmissionHandler::Submit(const CallInfo& call, const v1::SubmitRequest& request,
                               UnaryMethod<v1::SubmitRequest, v1::SubmitResponse>::Reply reply) {
  SubmitOne(call, request.submission(),
            [reply = std::move(reply), language = call.language](const gateway::Outcome& outcome) {
              v1::SubmitResponse response;
              if (const auto* accepted = std::get_if<v1::Accepted>(&outcome)) {
                *response.mutable_accepted() = *accepted;
              }
              reply(StatusOf(outcome, language), response);
            });
}

void SubmissionHandler::SubmitMany(
    const CallInfo& call, const v1::SubmitManyRequest& request,
    UnaryMethod<v1::SubmitManyRequest, v1::SubmitManyResponse>::Reply reply) {
  const int count = request.submissions_size();
  if (count == 0 || count > kSubmitManyMax) {
    return reply(InvalidField("submissions", "có " + std::to_string(count) + " mục",
                              "holds " + std::to_string(count) + " items",
                              "từ 1 đến " + std::to_string(kSubmitManyMax) + " mục",
                              "1 to " + std::to_string(kSubmitManyMax) + " items", call.language),
                 {});
  }
  // Shared by the answers of the items, which come one by one in any order and from any thread.
  struct Batch {
    v1::SubmitManyResponse response;
    std::atomic<int> open;
    UnaryMethod<v1::SubmitManyRequest, v1::SubmitManyResponse>::Reply reply;
  };
  auto batch = std::make_shared<Batch>();
  for (int i = 0; i < count; ++i) batch->response.add_outcomes();
  batch->open = count;
  batch->reply = std::move(reply);
  for (int i = 0; i < count; ++i) {
    v1::SubmitOutcome* told = batch->response.mutable_outcomes(i);
    SubmitOne(call, request.submissions(i),
              [batch, told, language = call.language](const gateway::Outcome& outcome) {
                if (const auto* accepted = std::get_if<v1::Accepted>(&outcome)) {
                  *told->mutable_accepted() = *accepted;
                } else {
                  *told->mutable_error() = StatusOf(outcome, language);
                }
                if (--batch->open == 0) batch->reply({}, batch->response);
              });
  }
}

}  // namespace nhanrong::rpc
