#include "services/cli/import/line_stream.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace nhanrong::cli {
namespace {

constexpr std::size_t kReadBytes = 65'536;
// How soon a reader that waits for a pipe hears that it shall stop.
constexpr int kPollMs = 100;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Enough for the reader of lines to see that it is too long.
constexpr std::size_t kKeptBytesMax = kLineBytesMax + kReadBytes;

}  // namespace

LineStream::LineStream(int descriptor, ImportDefaults defaults, std::uint64_t after_line)
    : descriptor_(descriptor), defaults_(std::move(defaults)), after_line_(after_line) {}

std::optional<ImportLine> LineStream::Next() {
  while (auto text = NextText()) {
    if (number_ == 0 && text->starts_with(kByteOrderMark)) text->erase(0, kByteOrderMark.size());
    if (number_ < after_line_) {
      ++number_;
      continue;
    }
    if (auto line = LineOf(*text, ++number_, defaults_)) return line;
  }
  return std::nullopt;
}

std::optional<std::string> LineStream::NextText() {
  std::string text;
  for (;;) {
    const std::size_t end = rest_.find('\n', begin_);
    const std::size_t stop = std::min(end, rest_.size());
    if (text.size() < kKeptBytesMax) text.append(rest_, begin_, stop - begin_);
    begin_ = end == std::string::npos ? stop : stop + 1;
    if (end != std::string::npos) return text;
    if (ReadMore()) continue;
    if (text.empty()) return std::nullopt;
    return text;
  }
}

bool LineStream::ReadMore() {
  std::array<char, kReadBytes> bytes;
  while (!ended_ && !stopped_) {
    pollfd waiting{descriptor_, POLLIN, 0};
    if (::poll(&waiting, 1, kPollMs) == 0) continue;
    const ssize_t count = ::read(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fault_ = std::strerror(errno);
    if (count <= 0) {
      ended_ = true;
      return false;
    }
    rest_.assign(bytes.data(), static_cast<std::size_t>(count));
    begin_ = 0;
    return true;
  }
  return false;
}

}  // namespace nhanrong::cli
