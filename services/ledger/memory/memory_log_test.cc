#include "services/ledger/memory/memory_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "services/ledger/contract/log_contract.h"

namespace nhanrong::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MemoryInstallation final : public LogInstallation {
 public:
  LogStore& store() override { return store_; }
  void Restart() override {}  // the store itself is what is kept

 private:
  MemoryLogStore store_;
};

INSTANTIATE_TEST_SUITE_P(Memory, LogContractTest,
                         testing::ValuesIn(LogContractOn(
                             {"memory", [] { return std::make_unique<MemoryInstallation>(); }})));

class MemoryLogTest : public ::testing::Test {
 protected:
  MemoryLogTest() : store_(MemoryLogStore::Callbacks::kWhenRun) {
    EXPECT_EQ(store_.Create("ledger"), absl::OkStatus());
    log_ = *store_.Open("ledger");
    reader_ = *log_->OpenReader(Place(0));
  }

  void Append(std::string record) { log_->Append(std::move(record), probe_.Done(appends_++)); }
  AppendNumber PendingNumber(std::size_t i) { return control().Pending().at(i).number; }
  MemoryLogControl control() { return store_.Control("ledger"); }
  std::vector<std::string> Visible() {
    return BytesOf(*reader_->Read(1'000, absl::ZeroDuration()));
  }
  std::vector<AppendProbe::Outcome> Outcomes() {
    store_.RunCallbacks();
    return probe_.Wait(0);
  }

  MemoryLogStore store_;
  AppendProbe probe_;
  std::size_t appends_ = 0;
  std::unique_ptr<Log> log_;
  std::unique_ptr<LogReader> reader_;
};

TEST_F(MemoryLogTest, NothingIsCalledBeforeTheTestSaysSo) {
  Append("a");
  EXPECT_EQ(probe_.called(), 0u);
  EXPECT_EQ(store_.RunCallbacks(), 1u);
  EXPECT_EQ(probe_.called(), 1u);
}

TEST_F(MemoryLogTest, HeldAppendsAreReleasedInAnyOrder) {
  control().Hold();
  Append("a");
  Append("b");
  Append("c");
  EXPECT_THAT(Visible(), IsEmpty());
  control().Release(PendingNumber(2));
  control().Release(PendingNumber(0));
  EXPECT_THAT(Visible(), ElementsAre("c", "a"));
  EXPECT_THAT(control().Pending(), SizeIs(1));
}

TEST_F(MemoryLogTest, ResumeReleasesTheRestInOrder) {
  control().Hold();
  Append("a");
  Append("b");
  control().Resume();
  Append("c");
  EXPECT_THAT(Visible(), ElementsAre("a", "b", "c"));
}

TEST_F(MemoryLogTest, ADroppedAppendNeverAppearsAndIsUnknown) {
  control().Hold();
  Append("a");
  control().Drop(PendingNumber(0));
  EXPECT_THAT(Visible(), IsEmpty());
  EXPECT_TRUE(absl::IsUnavailable(Outcomes().at(0).place.status()));
}

TEST_F(MemoryLogTest, ADoubledAppendAppearsTwice) {
  control().Hold();
  Append("a");
  control().Duplicate(PendingNumber(0));
  EXPECT_THAT(Visible(), ElementsAre("a", "a"));
  EXPECT_EQ(*Outcomes().at(0).place, Place(0));
}

TEST_F(MemoryLogTest, AFalselyFailedAppendAppearsThough) {
  control().Hold();
  Append("a");
  control().FailFalsely(PendingNumber(0));
  EXPECT_THAT(Visible(), ElementsAre("a"));
  EXPECT_TRUE(absl::IsUnavailable(Outcomes().at(0).place.status()));
}

TEST_F(MemoryLogTest, ATimedOutAppendMayAppearLaterAndIsAnsweredOnce) {
  control().Hold();
  Append("late");
  control().TimeOut(PendingNumber(0));
  EXPECT_THAT(Outcomes(), SizeIs(1));
  control().AppendOutsider("first");
  control().Release(PendingNumber(0));
  EXPECT_THAT(Visible(), ElementsAre("first", "late"));
  EXPECT_THAT(Outcomes(), SizeIs(1));
}

TEST_F(MemoryLogTest, DroppingAllAnswersAll) {
  control().Hold();
  for (int i = 0; i < 3; ++i) Append("a");
  control().DropAll();
  EXPECT_THAT(Outcomes(), SizeIs(3));
  EXPECT_THAT(control().Pending(), IsEmpty());
}

TEST_F(MemoryLogTest, AnUnreachableLogComesBackWhereItWas) {
  Append("a");
  control().SetReachable(false);
  Append("b");
  EXPECT_TRUE(absl::IsUnavailable(reader_->Read(10, absl::ZeroDuration()).status()));
  EXPECT_TRUE(absl::IsUnavailable(log_->Bounds().status()));
  control().SetReachable(true);
  EXPECT_THAT(Visible(), ElementsAre("a"));
}

TEST_F(MemoryLogTest, ATruncatedLogIsDataLossToReadersBeyondItsEnd) {
  Append("a");
  Append("b");
  EXPECT_THAT(Visible(), SizeIs(2));
  control().Truncate(Place(1));
  EXPECT_TRUE(absl::IsDataLoss(reader_->Read(10, absl::ZeroDuration()).status()));
}

TEST_F(MemoryLogTest, ALogThatStartsLaterIsDataLossToReadersBeforeItsStart) {
  Append("a");
  Append("b");
  control().TrimStart(Place(1));
  EXPECT_TRUE(absl::IsDataLoss(reader_->Read(10, absl::ZeroDuration()).status()));
}

TEST_F(MemoryLogTest, SkippedPlacesLeaveNoRecordOut) {
  Append("a");
  control().SkipPlaces(5);
  Append("b");
  const auto read = *reader_->Read(10, absl::ZeroDuration());
  EXPECT_THAT(BytesOf(read), ElementsAre("a", "b"));
  EXPECT_EQ(read.back().place, Place(6));
}

TEST_F(MemoryLogTest, AnAppendThatIsPendingWhenItsLogClosesIsAnsweredAndMayAppearLater) {
  control().Hold();
  Append("zombie");
  log_.reset();
  EXPECT_EQ(probe_.called(), 1u);
  control().Release(PendingNumber(0));
  EXPECT_THAT(Visible(), ElementsAre("zombie"));
  EXPECT_THAT(Outcomes(), SizeIs(1));
}

TEST_F(MemoryLogTest, SaysThatItsGuaranteeIsWeaker) { EXPECT_TRUE(store_.WeakerGuarantee()); }

}  // namespace
}  // namespace nhanrong::ledger
