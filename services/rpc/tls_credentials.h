// TLS of a gRPC server from an identity that may change: every handshake shows the one that counts
// at that moment; connections that are open keep theirs. TLS 1.2 and 1.3.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "services/certificates/watched_identity.h"

namespace nhanrong::rpc {

// What a client must show where the identity names authorities of clients.
enum class ClientCertificate {
  kRequired,  // a handshake without one fails
  kOptional   // who shows none is known by his token alone
};

// `identity` must outlive the server.
std::shared_ptr<grpc::ServerCredentials> TlsCredentials(
    const certificates::WatchedIdentity& identity, ClientCertificate client);

}  // namespace nhanrong::rpc
