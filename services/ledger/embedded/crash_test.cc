// A process that appends is killed in the middle, again and again.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "services/ledger/embedded/scratch_ledger.h"

namespace nhanrong::ledger {
namespace {

constexpr int kKills = 20;

class AppendingProcess {
 public:
  explicit AppendingProcess(const std::string& root) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], 1);
      ::close(ends[0]);
      ::execl(APPEND_UNTIL_KILLED, APPEND_UNTIL_KILLED, root.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }

  // Reads until `lines` acknowledgements have come, then kills; the last number it acknowledged.
  std::int64_t KillAfter(int lines) {
    std::string text;
    char buffer[4096];
    bool killed = false;
    for (ssize_t got; (got = ::read(output_, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(got));
      if (!killed && std::count(text.begin(), text.end(), '\n') >= lines) {
        ::kill(pid_, SIGKILL);
        killed = true;
      }
    }
    ::close(output_);
    ::waitpid(pid_, nullptr, 0);
    const auto end = text.rfind('\n');
    if (end == std::string::npos) return -1;
    const auto start = text.rfind('\n', end - 1);
    return std::atoll(text.c_str() + (start == std::string::npos ? 0 : start + 1));
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

TEST(CrashTest, EveryAcknowledgedRecordSurvivesAKillAndNoneIsTornOrDoubled) {
  ScratchLedger ledger;
  for (int kill = 0; kill < kKills; ++kill) {
    const auto acknowledged =
        AppendingProcess(ledger.root().string()).KillAfter(/*lines=*/37 + 61 * kill % 500);
    ASSERT_GE(acknowledged, 0) << "the child did not append";
    auto log = ledger.Open();
    ASSERT_TRUE(log.ok()) << log.status();
    const std::uint64_t end = (*log)->Bounds()->end.value();
    ASSERT_GT(end, static_cast<std::uint64_t>(acknowledged));
    const auto read = ReadFrom(**log, Place(0), end);
    ASSERT_TRUE(read.ok()) << read.status();
    for (std::uint64_t i = 0; i < end; ++i) {
      ASSERT_EQ((*read)[i].bytes, std::to_string(i) + std::string(300, '.'));
    }
  }
}

}  // namespace
}  // namespace nhanrong::ledger
