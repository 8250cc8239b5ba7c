// AdminService: ledgers and read models of this installation. Synchronous: its calls are few and
// may be long.
#pragma once

#include <string>

#include "nhanrong/v1/admin_service.pb.h"
#include "services/node/node.h"
#include "services/rpc/call.h"
#include "services/rpc/sync_methods.h"

namespace nhanrong::rpc {

class AdminService final : public SyncService {
 public:
  // `operator_token`: hash of the token of this installation's operator.
  AdminService(node::Node& node, Hash operator_token);

  grpc::Status CreateLedger(grpc::ServerContext* context, const v1::CreateLedgerRequest* request,
                            v1::CreateLedgerResponse* response);
  grpc::Status ListLedgers(grpc::ServerContext* context, const v1::ListLedgersRequest* request,
                           v1::ListLedgersResponse* response);
  grpc::Status ListProjections(grpc::ServerContext* context,
                               const v1::ListProjectionsRequest* request,
                               v1::ListProjectionsResponse* response);
  grpc::Status CheckProjections(grpc::ServerContext* context,
                                const v1::CheckProjectionsRequest* request,
                                v1::CheckProjectionsResponse* response);
  grpc::Status ResumeProjections(grpc::ServerContext* context,
                                 const v1::ResumeProjectionsRequest* request,
                                 v1::ResumeProjectionsResponse* response);

 private:
  // The read models of a ledger for a caller who may make this call, or the error.
  tl::expected<node::ReadModels*, grpc::Status> ReadModelsFor(grpc::ServerContext* context,
                                                              const std::string& ledger,
                                                              const char* rpc);
  bool IsOperator(const CallInfo& call) const {
    return call.proof && call.proof->kind == v1::CREDENTIAL_KIND_TOKEN &&
           call.proof->sha256 == operator_token_;
  }

  node::Node& node_;
  const Hash operator_token_;
};

}  // namespace nhanrong::rpc
