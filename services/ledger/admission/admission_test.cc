#include "services/ledger/admission/admission.h"

#include <gtest/gtest.h>

#include "services/ledger/admission/record_kit.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {
namespace {

class AdmissionTest : public testing::Test {
 protected:
  void SetUp() override { Accept(RecordKit(reader_, "genesis").Opens()); }

  Commit Accept(const RecordKit& kit) {
    Verdict verdict = reader_.Judge(kit.Bytes());
    if (const auto* lost = std::get_if<Void>(&verdict)) {
      ADD_FAILURE() << "void: " << VoidReasonName(lost->reason);
      return {};
    }
    return std::get<Commit>(std::move(verdict));
  }
  VoidReason VoidOf(const std::string& bytes) {
    return std::get<Void>(reader_.Judge(bytes)).reason;
  }
  VoidReason VoidOf(const RecordKit& kit) { return VoidOf(kit.Bytes()); }
  std::string StopOf(const RecordKit& kit) {
    return std::get<Stop>(reader_.Judge(kit.Bytes())).why;
  }
  RecordKit Next(std::string id) { return RecordKit(reader_, std::move(id)); }
  std::optional<Hash> Head(const std::string& stream) { return reader_.Head(stream); }

  Admission reader_;
};

TEST_F(AdmissionTest, GenesisIsPositionZeroAndFixesTheLedger) {
  EXPECT_EQ(reader_.commits(), 1u);
  EXPECT_EQ(*reader_.ledger_id(), RecordKit::kLedger);
}

TEST_F(AdmissionTest, RecordBeforeTheGenesisIsVoid) {
  Admission empty;
  EXPECT_EQ(std::get<Void>(empty.Judge(RecordKit(empty, "s").Writes("a/1", {}).Bytes())).reason,
            VoidReason::kBeforeGenesis);
}

TEST_F(AdmissionTest, SecondGenesisIsVoidWhateverLedgerItNames) {
  EXPECT_EQ(VoidOf(Next("again").Opens()), VoidReason::kUndecodable);
  RecordKit other(Admission{}, "other");
  other.record().set_ledger_id(std::string(16, 'x'));
  EXPECT_EQ(VoidOf(other.Opens()), VoidReason::kOtherLedger);
}

TEST_F(AdmissionTest, ProcessConfiguredForAnotherLedgerStopsAtTheGenesis) {
  Admission configured(Id128{9});
  const Verdict verdict = configured.Judge(RecordKit(Admission{}, "genesis").Opens().Bytes());
  EXPECT_TRUE(std::holds_alternative<Stop>(verdict));
}

TEST_F(AdmissionTest, AcceptedEventsAdvanceTheHeadsOfAllStreamsTheyWrite) {
  const Commit commit = Accept(Next("s").Writes("a/1", {}).Writes("b/1", {}));
  EXPECT_EQ(commit.position, Position(1));
  EXPECT_EQ(Head("a/1"), commit.leaf);
  EXPECT_EQ(Head("b/1"), commit.leaf);
  EXPECT_EQ(reader_.ClosedBy("agency", "s"), Position(1));
}

TEST_F(AdmissionTest, AcceptedRefusalAdvancesNoHeadAndClosesTheId) {
  const Commit first = Accept(Next("s1").Writes("a/1", {}));
  Accept(Next("s2").Refuses("a/1", first.leaf));
  EXPECT_EQ(Head("a/1"), first.leaf);
  EXPECT_EQ(reader_.ClosedBy("agency", "s2"), Position(2));
}

TEST_F(AdmissionTest, StreamThatDoesNotExistHasNoHead) {
  EXPECT_EQ(Head("a/1"), std::nullopt);
  EXPECT_EQ(VoidOf(Next("s").Writes("a/1", Hash{})), VoidReason::kStaleWrite);
}

TEST_F(AdmissionTest, VoidRecordChangesNothing) {
  const Commit first = Accept(Next("s1").Writes("a/1", {}));
  const Hash running = reader_.running();
  EXPECT_EQ(VoidOf(Next("s2").Writes("a/1", {})), VoidReason::kStaleWrite);
  EXPECT_EQ(reader_.commits(), 2u);
  EXPECT_EQ(reader_.running(), running);
  EXPECT_EQ(Head("a/1"), first.leaf);
  EXPECT_EQ(reader_.ClosedBy("agency", "s2"), std::nullopt);
}

TEST_F(AdmissionTest, SameSubmissionIdOfAnotherAgencyIsAnotherSubmission) {
  Accept(Next("s").Writes("a/1", {}));
  RecordKit other = Next("s").Writes("b/1", {});
  other.record().set_agency_id("other");
  Accept(other);
}

TEST_F(AdmissionTest, BytesThatAreNoRecordAreVoid) {
  EXPECT_EQ(VoidOf(""), VoidReason::kUndecodable);
  EXPECT_EQ(VoidOf("garbage"), VoidReason::kUndecodable);
  EXPECT_EQ(VoidOf(std::string(kRecordBytesMax + 1, 'x')), VoidReason::kUndecodable);
}

TEST_F(AdmissionTest, RecordThatIsNotWellFormedIsVoid) {
  const auto broken = [this](auto change) {
    RecordKit kit = Next("s").Writes("a/1", {});
    change(kit.record());
    return VoidOf(kit);
  };
  using R = v1::Record;
  EXPECT_EQ(broken([](R& r) { r.set_rule_version(0); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.set_ledger_id("short"); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.clear_agency_id(); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.clear_submission_id(); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.set_command_hash("short"); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.clear_anchor(); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.clear_recorded_at(); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.mutable_recorded_at()->set_nanos(-1); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.clear_events(); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.clear_writes(); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { *r.add_reads() = r.writes(0); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.mutable_writes(0)->set_head("short"); }), VoidReason::kUndecodable);
  EXPECT_EQ(broken([](R& r) { r.mutable_refusal(); }), VoidReason::kUndecodable);
}

TEST_F(AdmissionTest, RecordedTimeNeverGoesBack) {
  EXPECT_EQ(Accept(Next("s1").Writes("a/1", {}).At(2'000)).recorded_at,
            absl::FromUnixSeconds(2'000));
  EXPECT_EQ(Accept(Next("s2").Writes("b/1", {}).At(1'500)).recorded_at,
            absl::FromUnixSeconds(2'000));
  EXPECT_EQ(Accept(Next("s3").Writes("c/1", {}).At(2'001)).recorded_at,
            absl::FromUnixSeconds(2'001));
}

TEST_F(AdmissionTest, RunningHashCoversCommitsAndNotVoids) {
  Admission other;
  const std::string genesis = RecordKit(other, "genesis").Opens().Bytes();
  std::ignore = other.Judge(genesis);
  const std::string bytes = RecordKit(other, "s").Writes("a/1", {}).Bytes();
  std::ignore = other.Judge("noise");
  std::ignore = other.Judge(bytes);
  std::ignore = reader_.Judge(bytes);
  EXPECT_EQ(reader_.running(), other.running());
}

TEST_F(AdmissionTest, AnchorBehindTheReaderIsFineWhereTheHistoriesAgree) {
  RecordKit early = Next("s2").Writes("b/1", {});
  Accept(Next("s1").Writes("a/1", {}));
  Accept(early);
}

TEST_F(AdmissionTest, AnchorAheadOfTheReaderStopsIt) {
  RecordKit ahead = Next("s").Writes("a/1", {});
  ahead.record().mutable_anchor()->set_commits(2);
  EXPECT_NE(StopOf(ahead).find("lost its tail"), std::string::npos);
  EXPECT_TRUE(std::holds_alternative<Stop>(reader_.Judge(Next("t").Writes("a/1", {}).Bytes())));
}

TEST_F(AdmissionTest, AnchorOnAnotherHistoryStopsTheReader) {
  RecordKit other = Next("s").Writes("a/1", {});
  other.record().mutable_anchor()->set_running_hash(std::string(32, 'x'));
  EXPECT_NE(StopOf(other).find("another history"), std::string::npos);
}

TEST_F(AdmissionTest, RuleVersionIsVoidUntilARecordSwitchesItOn) {
  RecordKit early = Next("s").Writes("a/1", {});
  early.record().set_rule_version(2);
  EXPECT_EQ(VoidOf(early), VoidReason::kRuleVersion);
}

TEST_F(AdmissionTest, ReaderThatDoesNotKnowTheSwitchedOnVersionStopsThere) {
  RecordKit turn = Next("switch").Writes("ledger/rules", {});
  turn.record().set_switches_on_rule_version(2);
  EXPECT_FALSE(reader_.stopped());
  Accept(turn);
  EXPECT_EQ(reader_.stopped(),
            "the ledger has switched to version 2 of the admission rule at position 1; this "
            "program knows versions up to 1: install a newer one");
  EXPECT_EQ(StopOf(Next("s").Writes("a/1", {})), reader_.stopped());
}

TEST_F(AdmissionTest, ReaderThatKnowsTheSwitchedOnVersionGoesOn) {
  Admission newer(std::nullopt, 2);
  std::ignore = newer.Judge(RecordKit(newer, "genesis").Opens().Bytes());
  RecordKit turn = RecordKit(newer, "switch").Writes("ledger/rules", {});
  turn.record().set_switches_on_rule_version(2);
  std::ignore = newer.Judge(turn.Bytes());
  RecordKit next = RecordKit(newer, "s").Writes("a/1", {});
  next.record().set_rule_version(2);
  EXPECT_TRUE(std::holds_alternative<Commit>(newer.Judge(next.Bytes())));
}

TEST_F(AdmissionTest, UnknownFieldsAreKeptAndHashed) {
  RecordKit kit = Next("s").Writes("a/1", {});
  const std::string plain = kit.Bytes();
  kit.record().GetReflection()->MutableUnknownFields(&kit.record())->AddVarint(9'000, 7);
  const Commit commit = Accept(kit);
  EXPECT_NE(commit.leaf, LeafHash(plain));
  EXPECT_EQ(commit.record.SerializeAsString(), kit.Bytes());
}

}  // namespace
}  // namespace nhanrong::ledger
