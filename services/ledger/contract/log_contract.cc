#include "services/ledger/contract/log_contract.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "services/base/bytes.h"
#include "services/base/ids.h"

namespace nhanrong::ledger {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<LogContractEngine> LogContractOn(LogContractEngine engine) {
  return {std::move(engine)};
}

LogContractTest::LogContractTest() : name_("t-" + ToHex(RandomBytes(8))) {}

void LogContractTest::SetUp() {
  installation_ = GetParam().make();
  ASSERT_EQ(store().Create(name_), absl::OkStatus());
  auto log = store().Open(name_);
  ASSERT_TRUE(log.ok()) << log.status();
  log_ = std::move(*log);
}

void LogContractTest::Reopen() {
  log_.reset();
  installation_->Restart();
  auto log = store().Open(name_);
  ASSERT_TRUE(log.ok()) << log.status();
  log_ = std::move(*log);
}

namespace {

TEST_P(LogContractTest, RecordsAreReadInTheOrderOfAppends) {
  const auto records = NumberedRecords(500);
  ASSERT_TRUE(AppendAllAndWait(*log_, records).ok());
  const auto read = ReadFrom(*log_, Place(0), records.size());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(BytesOf(*read), records);
}

TEST_P(LogContractTest, ARecordIsReadAtThePlaceThatDoneSaid) {
  const auto places = AppendAllAndWait(*log_, NumberedRecords(100));
  ASSERT_TRUE(places.ok()) << places.status();
  const auto read = ReadFrom(*log_, Place(0), 100);
  ASSERT_TRUE(read.ok()) << read.status();
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ((*read)[i].place, (*places)[i]);
  EXPECT_TRUE(std::is_sorted(places->begin(), places->end()));
  EXPECT_THAT(std::set<Place>(places->begin(), places->end()), SizeIs(100));
}

TEST_P(LogContractTest, NothingIsMissingWhenReadInSmallPieces) {
  const auto records = NumberedRecords(100);
  ASSERT_TRUE(AppendAllAndWait(*log_, records).ok());
  auto reader = log_->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  const auto read = ReadRecords(**reader, 100, /*records_max_a_call=*/3);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(BytesOf(*read), records);
}

TEST_P(LogContractTest, AReadGivesNoMoreThanItWasAskedFor) {
  ASSERT_TRUE(AppendAllAndWait(*log_, NumberedRecords(50)).ok());
  auto reader = log_->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  for (std::size_t read = 0; read < 50;) {
    const auto some = (*reader)->Read(7, kProbeDeadline);
    ASSERT_TRUE(some.ok()) << some.status();
    ASSERT_FALSE(some->empty());
    EXPECT_LE(some->size(), 7u);
    read += some->size();
  }
}

TEST_P(LogContractTest, AReadWithoutRecordsEndsWhenItsTimeIsOver) {
  auto reader = log_->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  const auto at_once = (*reader)->Read(10, absl::ZeroDuration());
  ASSERT_TRUE(at_once.ok()) << at_once.status();
  EXPECT_THAT(*at_once, IsEmpty());
  const auto later = (*reader)->Read(10, absl::Milliseconds(150));
  ASSERT_TRUE(later.ok()) << later.status();
  EXPECT_THAT(*later, IsEmpty());
}

TEST_P(LogContractTest, AWaitingReadWakesUpForANewRecord) {
  auto reader = log_->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  const absl::Time start = absl::Now();
  std::jthread appender([&] { EXPECT_TRUE(AppendAndWait(*log_, "new").ok()); });
  const auto read = (*reader)->Read(10, kProbeDeadline);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(BytesOf(*read), ElementsAre("new"));
  EXPECT_LT(absl::Now() - start, kProbeDeadline / 2);
}

TEST_P(LogContractTest, AnInterruptedReadReturnsSoonAndSoDoesEveryLaterOne) {
  auto reader = log_->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_TRUE((*reader)->Read(1, absl::ZeroDuration()).ok());
  const absl::Time start = absl::Now();
  std::jthread interrupter([&] { (*reader)->Interrupt(); });
  EXPECT_TRUE(absl::IsCancelled((*reader)->Read(1, kProbeDeadline).status()));
  EXPECT_TRUE(absl::IsCancelled((*reader)->Read(1, kProbeDeadline).status()));
  EXPECT_LT(absl::Now() - start, kProbeDeadline / 10);
}

TEST_P(LogContractTest, RefusesARecordThatIsTooLargeAndGoesOn) {
  const auto refused = AppendAndWait(*log_, std::string(kRecordBytesMax + 1, 'x'));
  EXPECT_TRUE(absl::IsInvalidArgument(refused.status())) << refused.status();
  ASSERT_TRUE(AppendAndWait(*log_, "fits").ok());
  const auto read = ReadFrom(*log_, Place(0), 1);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(BytesOf(*read), ElementsAre("fits"));
}

TEST_P(LogContractTest, KeepsRecordsOfTheLargestSizeByteForByte) {
  std::vector<std::string> records(20, std::string(kRecordBytesMax, '\0'));
  for (std::size_t r = 0; r < records.size(); ++r) {
    for (std::size_t i = 0; i < kRecordBytesMax; ++i) {
      records[r][i] = static_cast<char>((i * 31 + r) % 256);
    }
  }
  ASSERT_TRUE(AppendAllAndWait(*log_, records).ok());
  const auto read = ReadFrom(*log_, Place(0), records.size());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(BytesOf(*read) == records) << "bytes differ";
}

TEST_P(LogContractTest, KeepsAnEmptyRecord) {
  ASSERT_TRUE(AppendAllAndWait(*log_, {"a", "", "b"}).ok());
  const auto read = ReadFrom(*log_, Place(0), 3);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(BytesOf(*read), ElementsAre("a", "", "b"));
}

TEST_P(LogContractTest, ReopeningKeepsEverythingAndGoesOn) {
  ASSERT_TRUE(AppendAllAndWait(*log_, NumberedRecords(100, "before")).ok());
  ASSERT_NO_FATAL_FAILURE(Reopen());
  ASSERT_TRUE(AppendAllAndWait(*log_, NumberedRecords(10, "after")).ok());
  ASSERT_NO_FATAL_FAILURE(Reopen());
  auto expected = NumberedRecords(100, "before");
  for (auto& record : NumberedRecords(10, "after")) expected.push_back(record);
  const auto read = ReadFrom(*log_, Place(0), expected.size());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(BytesOf(*read), expected);
}

TEST_P(LogContractTest, SeveralReadersEachSeeEverything) {
  const auto records = NumberedRecords(300);
  constexpr std::size_t kReaders = 3;
  std::vector<std::jthread> readers;
  readers.reserve(kReaders);
  for (std::size_t i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      const auto read = ReadFrom(*log_, Place(0), records.size());
      ASSERT_TRUE(read.ok()) << read.status();
      EXPECT_EQ(BytesOf(*read), records);
    });
  }
  EXPECT_TRUE(AppendAllAndWait(*log_, records).ok());
}

TEST_P(LogContractTest, ConcurrentAppendersKeepTheirOwnOrder) {
  constexpr std::size_t kThreads = 4, kEach = 250;
  {
    std::vector<std::jthread> appenders;
    for (std::size_t t = 0; t < kThreads; ++t) {
      appenders.emplace_back([&, t] {
        EXPECT_TRUE(AppendAllAndWait(*log_, NumberedRecords(kEach, std::to_string(t) + "/")).ok());
      });
    }
  }
  const auto read = ReadFrom(*log_, Place(0), kThreads * kEach);
  ASSERT_TRUE(read.ok()) << read.status();
  std::map<std::string, std::size_t> next;  // by thread
  for (const auto& record : *read) {
    const auto slash = record.bytes.find('/');
    ASSERT_EQ(record.bytes.substr(slash + 1),
              std::to_string(next[record.bytes.substr(0, slash)]++));
  }
}

TEST_P(LogContractTest, DoneIsCalledInTheOrderOfAppends) {
  AppendProbe probe;
  for (std::size_t i = 0; i < 200; ++i) log_->Append("r", probe.Done(i));
  const auto outcomes = probe.Wait(200);
  ASSERT_THAT(outcomes, SizeIs(200));
  for (std::size_t i = 0; i < 200; ++i) EXPECT_EQ(outcomes[i].append, i);
}

TEST_P(LogContractTest, DoneMayTakeALockThatTheAppenderHolds) {
  std::mutex mutex;
  AppendProbe probe;
  const auto locked = [&](std::size_t i) {
    return [&mutex, done = probe.Done(i)](absl::StatusOr<Place> place) {
      const std::lock_guard lock(mutex);
      done(std::move(place));
    };
  };
  {
    const std::lock_guard lock(mutex);
    log_->Append("fits", locked(0));
    log_->Append(std::string(kRecordBytesMax + 1, 'x'), locked(1));
  }
  EXPECT_THAT(probe.Wait(2), SizeIs(2));
  log_.reset();  // the last `done` still holds the lock
}

TEST_P(LogContractTest, ClosingALogCallsEveryDone) {
  AppendProbe probe;
  for (std::size_t i = 0; i < 300; ++i) log_->Append("r", probe.Done(i));
  log_.reset();
  EXPECT_EQ(probe.called(), 300u);
}

TEST_P(LogContractTest, BoundsFollowTheRecords) {
  const auto empty = log_->Bounds();
  ASSERT_TRUE(empty.ok()) << empty.status();
  EXPECT_EQ(empty->first, empty->end);
  const auto places = AppendAllAndWait(*log_, NumberedRecords(5));
  ASSERT_TRUE(places.ok()) << places.status();
  const auto bounds = log_->Bounds();
  ASSERT_TRUE(bounds.ok()) << bounds.status();
  EXPECT_EQ(bounds->first, places->front());
  EXPECT_EQ(bounds->end, places->back().next());
}

TEST_P(LogContractTest, AReaderMayStartInTheMiddle) {
  const auto places = AppendAllAndWait(*log_, NumberedRecords(100));
  ASSERT_TRUE(places.ok()) << places.status();
  for (const std::size_t from : {1u, 42u, 99u}) {
    const auto read = ReadFrom(*log_, (*places)[from], 100 - from);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->front().bytes, "r" + std::to_string(from));
    EXPECT_EQ(read->back().bytes, "r99");
  }
}

TEST_P(LogContractTest, AReaderMayStartAtTheEnd) {
  ASSERT_TRUE(AppendAllAndWait(*log_, NumberedRecords(3)).ok());
  const auto bounds = log_->Bounds();
  ASSERT_TRUE(bounds.ok()) << bounds.status();
  auto reader = log_->OpenReader(bounds->end);
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_TRUE(AppendAndWait(*log_, "next").ok());
  const auto read = ReadRecords(**reader, 1);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(BytesOf(*read), ElementsAre("next"));
}

TEST_P(LogContractTest, AReaderBeyondTheEndIsDataLoss) {
  ASSERT_TRUE(AppendAllAndWait(*log_, NumberedRecords(3)).ok());
  EXPECT_TRUE(absl::IsDataLoss(ReadFrom(*log_, Place(10), 1).status()));
}

TEST_P(LogContractTest, RecordsOfTwoLedgersDoNotMix) {
  const std::string other_name = name_ + "-other";
  ASSERT_EQ(store().Create(other_name), absl::OkStatus());
  auto other = store().Open(other_name);
  ASSERT_TRUE(other.ok()) << other.status();
  ASSERT_TRUE(AppendAndWait(*log_, "here").ok());
  ASSERT_TRUE(AppendAndWait(**other, "there").ok());
  const auto read = ReadFrom(**other, Place(0), 1);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(BytesOf(*read), ElementsAre("there"));
}

TEST_P(LogContractTest, CreatingTwiceIsRefused) {
  EXPECT_TRUE(absl::IsAlreadyExists(store().Create(name_)));
}

TEST_P(LogContractTest, OpeningWhatIsNotThereIsNotFound) {
  const auto log = store().Open(name_ + "-missing");
  EXPECT_TRUE(absl::IsNotFound(log.status())) << log.status();
}

TEST_P(LogContractTest, ListsWhatWasCreated) {
  ASSERT_EQ(store().Create(name_ + "-b"), absl::OkStatus());
  const auto names = store().List();
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(*names, Contains(name_));
  EXPECT_THAT(*names, Contains(name_ + "-b"));
}

TEST_P(LogContractTest, RefusesNamesThatAreNoLedgerNames) {
  for (const std::string bad : {"", "A", "1a", "a.b", "a/b", "..", "a b", "ắ"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(store().Create(bad))) << bad;
    EXPECT_TRUE(absl::IsInvalidArgument(store().Open(bad).status())) << bad;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(store().Create(std::string(64, 'a'))));
}

}  // namespace
}  // namespace nhanrong::ledger
