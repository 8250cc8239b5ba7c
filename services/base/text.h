// Debian's Abseil has a string_view of its own: this is the way from the standard one.
#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace nhanrong {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace nhanrong
