// File: "nhanrong watermark 1\n" commits in decimal "\n" running hash in hex "\n".
#include "services/ledger/follower/watermark.h"

#include <charconv>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace nhanrong::ledger {
namespace {

constexpr std::string_view kHeading = "nhanrong watermark 1";

std::optional<WatermarkValue> Parse(const std::string& text) {
  std::istringstream lines(text);
  std::string heading, commits, running;
  std::getline(lines, heading);
  std::getline(lines, commits);
  std::getline(lines, running);
  WatermarkValue value;
  const auto [end, error] =
      std::from_chars(commits.data(), commits.data() + commits.size(), value.commits);
  const auto bytes = FromHex(running);
  const auto hash = bytes ? HashFromBytes(*bytes) : std::nullopt;
  if (heading != kHeading || error != std::errc() || end != commits.data() + commits.size() ||
      !hash) {
    return std::nullopt;
  }
  value.running = *hash;
  return value;
}

}  // namespace

Watermark::Watermark(std::string path) : path_(std::move(path)) {}

absl::StatusOr<std::optional<WatermarkValue>> Watermark::Load() const {
  std::ifstream file(path_, std::ios::binary);
  if (!file) return std::optional<WatermarkValue>();
  std::stringstream text;
  text << file.rdbuf();
  const std::optional<WatermarkValue> value = Parse(text.str());
  if (!value) {
    return absl::DataLossError(path_ +
                               " is damaged; if the log is known to be whole, remove this file");
  }
  return value;
}

absl::Status Watermark::Store(const WatermarkValue& value) const {
  const std::string beside = path_ + ".new";
  {
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << kHeading << "\n" << value.commits << "\n" << ToHex(AsBytes(value.running)) << "\n";
    if (!file.flush()) return absl::UnavailableError("cannot write " + beside);
  }
  if (std::rename(beside.c_str(), path_.c_str()) != 0) {
    return absl::UnavailableError("cannot rename " + beside + " to " + path_);
  }
  return absl::OkStatus();
}

}  // namespace nhanrong::ledger
