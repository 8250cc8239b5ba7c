// Bytes of a text file as UTF-8, and old Vietnamese encodings recognised by what they leave behind.
//
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace nhanrong::cli {

// UTF-8 with or without byte order mark, UTF-16 of either order with a mark or with every other
// byte zero. INVALID_ARGUMENT: other bytes, with advice; TCVN3 and VNI are named.
absl::StatusOr<std::string> DecodeText(std::string_view bytes);

enum class Legacy { kNone, kTcvn3, kVni };
// What Unicode text looks like when TCVN3 (ABC) or VNI bytes were taken for Latin-1: "M« h×nh",
// "Moâ hình". kNone unless it is beyond doubt.
Legacy LegacyOf(std::string_view utf8);
// "Ô này theo bảng mã cũ TCVN3 (ABC)…", in both languages: what to do about it.
std::string LegacyAdvice(Legacy legacy);

}  // namespace nhanrong::cli
