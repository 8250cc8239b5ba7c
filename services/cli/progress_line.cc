#include "services/cli/progress_line.h"

#include <unistd.h>

#include "services/cli/program.h"

namespace nhanrong::cli {
namespace {

constexpr absl::Duration kQuietTime = absl::Seconds(2);
// How often the line is drawn anew, on a terminal and in a log.
constexpr absl::Duration kRedrawTerminal = absl::Milliseconds(200);
constexpr absl::Duration kRedrawLog = absl::Seconds(5);

}  // namespace

ProgressLine::ProgressLine(std::uint64_t total, std::uint64_t already, Language language)
    : terminal_(::isatty(STDERR_FILENO) == 1),
      total_(total),
      already_(already),
      language_(language),
      start_(clock_.Now()),
      drawn_(start_) {}

void ProgressLine::Show(const ImportCounts& counts) {
  const absl::Time now = clock_.Now();
  if (now - start_ < kQuietTime) return;
  if (shown_ && now - drawn_ < (terminal_ ? kRedrawTerminal : kRedrawLog)) return;
  drawn_ = now;
  shown_ = true;
  PrintError((terminal_ ? "\r\x1b[K" : "") + Text(counts, now) + (terminal_ ? "" : "\n"));
}

void ProgressLine::Say(const std::string& text) {
  PrintError((terminal_ && shown_ ? "\r\x1b[K" : "") + text + "\n");
}

void ProgressLine::End() {
  if (shown_ && terminal_) PrintError("\n");
}

std::string ProgressLine::Number(std::uint64_t value) const {
  return NumberText(static_cast<std::int64_t>(value), language_);
}

std::string ProgressLine::Text(const ImportCounts& counts, absl::Time now) const {
  const double seconds = absl::ToDoubleSeconds(now - start_);
  const auto rate =
      static_cast<std::uint64_t>(static_cast<double>(counts.done() - already_) / seconds);
  const auto item = [&](std::string_view vi, std::string_view en, std::uint64_t value) {
    return ", " + std::string(Pick(language_, vi, en)) + " " + Number(value);
  };
  return Number(counts.done()) + (total_ == 0 ? "" : "/" + Number(total_)) +
         item("nhận", "accepted", counts.accepted) + item("lặp", "repeated", counts.repeated) +
         item("từ chối", "refused", counts.refused) + item("lỗi", "invalid", counts.invalid) +
         ", " + Number(rate) + std::string(Pick(language_, "/giây", "/s"));
}

}  // namespace nhanrong::cli
