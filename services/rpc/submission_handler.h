// SubmissionService over the ledgers of a node.
#pragma once

#include "nhanrong/v1/submission_service.pb.h"
#include "services/node/node.h"
#include "services/rpc/async_unary.h"

namespace nhanrong::rpc {

// Submissions in one SubmitMany: with 64 kB each still below the message limit of 4 MB in practice,
// and an answer within a second.
inline constexpr int kSubmitManyMax = 1'000;

// The gateway of a ledger, or what the sender of a submission to it is told instead.
tl::expected<gateway::LedgerGateway*, gateway::Outcome> GatewayOf(node::Node& node,
                                                                  const std::string& ledger);

class SubmissionHandler {
 public:
  explicit SubmissionHandler(node::Node& node) : node_(node) {}

  void Submit(const CallInfo& call, const v1::SubmitRequest& request,
              UnaryMethod<v1::SubmitRequest, v1::SubmitResponse>::Reply reply);
  void SubmitMany(const CallInfo& call, const v1::SubmitManyRequest& request,
                  UnaryMethod<v1::SubmitManyRequest, v1::SubmitManyResponse>::Reply reply);

 private:
  node::Node& node_;
};

}  // namespace nhanrong::rpc
