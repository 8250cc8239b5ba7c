// gRPC's own watcher of files (1.51) takes whatever stands in them, and a server whose handshakes
// fail from then on; so its interface for credentials is filled here by the older one of its core,
// which asks for the certificates at every handshake.
#include "services/rpc/tls_credentials.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <atomic>

namespace nhanrong::rpc {
namespace {

class WatchedCredentials final : public grpc::ServerCredentials {
 public:
  WatchedCredentials(const certificates::WatchedIdentity& identity,
                     grpc_ssl_client_certificate_request_type client)
      : identity_(identity),
        credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(client, Fetch, this))) {
  }
  ~WatchedCredentials() override { grpc_server_credentials_release(credentials_); }

  // Tokens are judged by the ledger that is addressed, not here.
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  // Called by gRPC before a handshake, one at a time.
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config) {
    auto& credentials = *static_cast<WatchedCredentials*>(self);
    const auto [identity, number] = credentials.identity_.current();
    if (credentials.shown_ == number) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair = {identity->key.c_str(), identity->chain.c_str()};
    // gRPC wants roots also where it asks no client for a certificate; then nobody reads them.
    const std::string& roots =
        identity->client_roots.empty() ? identity->chain : identity->client_roots;
    *config = grpc_ssl_server_certificate_config_create(roots.c_str(), &pair, 1);
    credentials.shown_ = number;
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const certificates::WatchedIdentity& identity_;
  std::atomic<std::uint64_t> shown_{0};
  grpc_server_credentials* const credentials_;
};

grpc_ssl_client_certificate_request_type RequestOf(const certificates::WatchedIdentity& identity,
                                                   ClientCertificate client) {
  if (!identity.asks_clients()) return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
  switch (client) {
    case ClientCertificate::kRequired:
      return GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
    case ClientCertificate::kOptional:
      return GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsCredentials(
    const certificates::WatchedIdentity& identity, ClientCertificate client) {
  return std::make_shared<WatchedCredentials>(identity, RequestOf(identity, client));
}

}  // namespace nhanrong::rpc
