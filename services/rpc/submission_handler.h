// SubmissionService over the ledgers of a node.
#pragma once

#include "nhanrong/v1/submission_service.pb.h"
#include "services/node/node.h"
#include "services/rpc/async_unary.h"

namespace nhanrong::rpc {

// Submissions in one SubmitMany: with 64 kB each still below the message limit of 4 MB in practice,
// and an answer within a second.
inline constexpr int kSubmitManyMax = 1'000;

class SubmissionHandler {
 public:
  explicit SubmissionHandler(node::Node& node) : node_(node) {}

  void Submit(const CallInfo& call, const v1::SubmitRequest& request,
              UnaryMethod<v1::SubmitRequest, v1::SubmitResponse>::Reply reply);
  void SubmitMany(const CallInfo& call, const v1::SubmitManyRequest& request,
                  UnaryMethod<v1::SubmitManyRequest, v1::SubmitManyResponse>::Reply reply);

 private:
  void SubmitOne(const CallInfo& call, const v1::Submission& submission,
                 gateway::LedgerGateway::Done done);

  node::Node& node_;
};

}  // namespace nhanrong::rpc
