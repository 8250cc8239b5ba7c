// Access tokens: 32 random bytes, made where they are used; the service only ever sees their hash.
//
// Text form "nr1_" + base64url of the 32 bytes without padding (47 characters).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/bytes.h"

namespace nhanrong::cli {

// Secret: 32 bytes of the operating system's random source, as text.
std::string NewToken();
// The text of a token of these 32 bytes.
std::string TokenText(std::string_view bytes);
// SHA-256 of the 32 bytes; absent unless `token` has the form.
std::optional<Hash> TokenHash(std::string_view token);

// Creates `path` with mode 0600 and writes token and line end, durably. ALREADY_EXISTS rather than
// overwrite: a lost token cannot be made again.
absl::Status WriteTokenFile(const std::string& path, std::string_view token);
// The first line of a file, which must be a token. NOT_FOUND, INVALID_ARGUMENT.
absl::StatusOr<std::string> ReadTokenFile(const std::string& path);
// The first line of a file, for secrets of another form (operator token).
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

}  // namespace nhanrong::cli
