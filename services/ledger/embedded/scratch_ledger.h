// A ledger in a directory of its own, for the tests of this folder: opens, closes, damages it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/ledger/contract/log_probe.h"
#include "services/ledger/embedded/embedded_log.h"

namespace nhanrong::ledger {

class ScratchLedger {
 public:
  ScratchLedger()
      : root_(std::filesystem::path(::testing::TempDir()) / ("nr-log-" + ToHex(RandomBytes(8)))) {}
  ~ScratchLedger() { std::filesystem::remove_all(root_); }
  ScratchLedger(const ScratchLedger&) = delete;
  ScratchLedger& operator=(const ScratchLedger&) = delete;

  EmbeddedLogOptions options() const { return {.root = root_.string()}; }
  std::filesystem::path root() const { return root_; }
  std::filesystem::path directory() const { return root_ / "ledger" / "log"; }

  // Creates it when missing.
  absl::StatusOr<std::unique_ptr<Log>> Open(EmbeddedLogOptions options) const {
    auto& store = stores_.emplace_back(std::make_unique<EmbeddedLogStore>(std::move(options)));
    (void)store->Create("ledger");
    return store->Open("ledger");
  }
  absl::StatusOr<std::unique_ptr<Log>> Open() const { return Open(options()); }

  std::vector<std::filesystem::path> Segments() const {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(directory())) {
      paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  static std::string Contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  static void Write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

 private:
  const std::filesystem::path root_;
  mutable std::vector<std::unique_ptr<EmbeddedLogStore>> stores_;  // outlive their logs
};

}  // namespace nhanrong::ledger
