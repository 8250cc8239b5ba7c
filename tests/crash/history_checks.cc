#include "tests/crash/history_checks.h"

#include <gtest/gtest.h>

#include "services/base/bytes.h"

namespace nhanrong::crash {

void ExpectSoundHistory(const std::vector<v1::HistoryEntry>& history) {
  std::string running(32, '\0');
  std::map<std::string, std::uint64_t> revisions;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const v1::HistoryEntry& entry = history[i];
    ASSERT_EQ(entry.position(), i);
    const std::string leaf(AsBytes(Sha256(std::string(1, '\0') + entry.record_bytes())));
    ASSERT_EQ(ToHex(entry.leaf_hash()), ToHex(leaf)) << "at " << i;
    running = std::string(AsBytes(Sha256(running + leaf)));
    ASSERT_EQ(ToHex(entry.running_hash()), ToHex(running)) << "at " << i;
    for (const v1::Event& event : entry.record().events().events()) {
      ASSERT_EQ(event.revision(), revisions[event.stream()]++) << event.stream() << " at " << i;
    }
  }
}

std::map<std::string, std::uint64_t> PositionsOf(const std::vector<v1::HistoryEntry>& history) {
  std::map<std::string, std::uint64_t> positions;
  for (const v1::HistoryEntry& entry : history) {
    const std::string& id = entry.record().submission_id();
    EXPECT_TRUE(positions.emplace(id, entry.position()).second) << id << " closes two commits";
  }
  return positions;
}

void ExpectRecordedOnce(const std::vector<v1::HistoryEntry>& history,
                        const std::vector<Expected>& expected) {
  const auto positions = PositionsOf(history);
  for (const Expected& one : expected) {
    const auto found = positions.find(one.submission_id);
    ASSERT_NE(found, positions.end()) << one.submission_id << " is not in the history";
    const v1::Record& record = history[found->second].record();
    EXPECT_EQ(record.has_refusal(), !one.accepted) << record.ShortDebugString();
    EXPECT_EQ(record.events().events_size(), one.events) << record.ShortDebugString();
  }
}

}  // namespace nhanrong::crash
