#include "services/cli/client/connection_hint.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nhanrong::cli {
namespace {

// The words of gRPC 1.51 for a peer that took the connection and closed it: with TLS 1.3 a client
// hears no more of why its certificate is refused, and of a plaintext client a TLS server hears
// nothing that it understands.
constexpr std::array<std::string_view, 3> kClosed = {"handshaker shutdown", "Socket closed",
                                                     "Connection reset"};

}  // namespace

std::string ConnectionHint(const std::string& message, const ClientOptions& options) {
  const bool closed = std::any_of(kClosed.begin(), kClosed.end(), [&](std::string_view words) {
    return message.find(words) != std::string::npos;
  });
  if (!closed) return "";
  if (options.tls_roots.empty()) {
    return "máy chủ nhận kết nối rồi đóng ngay; nếu máy chủ dùng TLS, thêm --ca / the server took "
           "the "
           "connection and closed it; if it speaks TLS, give --ca";
  }
  if (options.client_chain.empty()) {
    return "bắt tay TLS không thành: chứng thư của máy chủ không do --ca cấp, hoặc máy chủ đòi "
           "chứng "
           "thư máy khách (--client-cert, --client-key) / the TLS handshake failed: the server's "
           "certificate is not of --ca, or it requires a client certificate (--client-cert, "
           "--client-key)";
  }
  return "bắt tay TLS không thành: chứng thư của máy chủ không do --ca cấp, hoặc máy chủ không "
         "nhận "
         "chứng thư máy khách (--client-cert: cơ quan cấp, thời hạn) / the TLS handshake failed: "
         "the "
         "server's certificate is not of --ca, or it does not accept the client certificate "
         "(--client-cert: who issued it, its dates)";
}

}  // namespace nhanrong::cli
