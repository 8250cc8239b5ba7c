#include "services/rpc/submission_handler.h"

#include <atomic>
#include <map>
#include <memory>
#include <utility>

#include "services/domain/rules/rules.h"

namespace nhanrong::rpc {

tl::expected<gateway::LedgerGateway*, gateway::Outcome> GatewayOf(node::Node& node,
                                                                  const std::string& ledger) {
  node::ServedLedger* served = node.Find(ledger);
  // Which ledgers there are is not known while the store is away: that is no fault of the sender.
  if (served == nullptr && !node.store_status().ok()) {
    return tl::unexpected<gateway::Outcome>(gateway::Unavailable{"the ledgers cannot be reached"});
  }
  if (served == nullptr || served->gateway() == nullptr) {
    return tl::unexpected<gateway::Outcome>(gateway::Invalid{
        {{std::string(domain::RuleName(domain::Rule::kLedgerUnknown)), "ledger", ""}}});
  }
  return served->gateway();
}

void SubmissionHandler::Submit(const CallInfo& call, const v1::SubmitRequest& request,
                               UnaryMethod<v1::SubmitRequest, v1::SubmitResponse>::Reply reply) {
  const auto done = [reply = std::move(reply),
                     language = call.language](const gateway::Outcome& outcome) {
    v1::SubmitResponse response;
    if (const auto* accepted = std::get_if<v1::Accepted>(&outcome)) {
      *response.mutable_accepted() = *accepted;
    }
    reply(StatusOf(outcome, language), response);
  };
  const auto gateway = GatewayOf(node_, request.submission().ledger());
  if (!gateway) return done(gateway.error());
  (*gateway)->Submit(request.submission(), call.proof, call.deadline, done);
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
  // Where one was not taken, those behind it are not either: so the order is kept when they are
  // sent again.
  std::map<gateway::LedgerGateway*, gateway::Overloaded> full;
  for (int i = 0; i < count; ++i) {
    v1::SubmitOutcome* told = batch->response.mutable_outcomes(i);
    const auto done = [batch, told, language = call.language](const gateway::Outcome& outcome) {
      if (const auto* accepted = std::get_if<v1::Accepted>(&outcome)) {
        *told->mutable_accepted() = *accepted;
      } else {
        *told->mutable_error() = StatusOf(outcome, language);
      }
      if (--batch->open == 0) batch->reply({}, batch->response);
    };
    const auto gateway = GatewayOf(node_, request.submissions(i).ledger());
    if (!gateway) {
      done(gateway.error());
    } else if (const auto known = full.find(*gateway); known != full.end()) {
      done(known->second);
    } else if (const auto met =
                   (*gateway)->Submit(request.submissions(i), call.proof, call.deadline, done,
                                      gateway::WhenLogIsFull::kWait)) {
      full.emplace(*gateway, *met);
    }
  }
}

}  // namespace nhanrong::rpc
