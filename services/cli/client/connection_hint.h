// What a connection that the server closed in the handshake most likely means. Pure.
#pragma once

#include <string>

#include "services/cli/client/client.h"

namespace nhanrong::cli {

// `message`: what gRPC says of the connection. Empty: it was not closed in the handshake.
std::string ConnectionHint(const std::string& message, const ClientOptions& options);

}  // namespace nhanrong::cli
