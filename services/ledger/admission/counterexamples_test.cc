// Why the rule is as it is: each sentence of it that was once left out, the history that broke
// without it, and a mutant of the rule that shows the break. tests/model finds such histories by
// itself, also those that gateways make.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "services/ledger/admission/admission.h"
#include "services/ledger/admission/record_kit.h"

namespace nhanrong::ledger {
namespace {

// The rule again, small and apart from the real one, with one sentence left out.
enum class LeftOut {
  kNothing,
  kHashHeads,
  kExactBytes,
  kRefusalRecords,
  kRefusalBase,
  kIds,
  kReads
};

class Mutant {
 public:
  explicit Mutant(LeftOut left_out) : left_out_(left_out) {}

  bool Accepts(const std::string& bytes) {
    v1::Record record;
    record.ParseFromString(bytes);
    const bool refusal = record.has_refusal();
    if (refusal && left_out_ == LeftOut::kRefusalRecords) return false;  // answered, not recorded
    if (left_out_ != LeftOut::kIds && closed_.count(record.submission_id())) return false;
    const bool bases_count = !(refusal && left_out_ == LeftOut::kRefusalBase);
    if (bases_count && !Current(record.writes())) return false;
    if (left_out_ != LeftOut::kReads && !Current(record.reads())) return false;
    closed_.insert(record.submission_id());
    if (refusal) return true;
    for (const auto& head : record.writes()) {
      heads_[head.stream()] = Name(bytes, record);
      ++revisions_[head.stream()];
    }
    return true;
  }

  // What a writer would cite as head after `bytes`, under this mutant's idea of a head.
  std::string Name(const std::string& bytes, const v1::Record& record) const {
    return left_out_ == LeftOut::kExactBytes ? record.submission_id()
                                             : std::string(AsBytes(LeafHash(bytes)));
  }

 private:
  bool Current(const google::protobuf::RepeatedPtrField<v1::StreamHead>& named) {
    for (const auto& head : named) {
      if (left_out_ == LeftOut::kHashHeads) {
        // A number: only whether as many events as the writer believed are there.
        if (head.head().empty() != (revisions_[head.stream()] == 0)) return false;
        continue;
      }
      const auto found = heads_.find(head.stream());
      const std::string current = found == heads_.end() ? "" : found->second;
      const std::string cited = left_out_ == LeftOut::kExactBytes && !head.head().empty()
                                    ? submission_of[head.head()]
                                    : head.head();
      if (cited != current) return false;
    }
    return true;
  }

 public:
  // Leaf hash -> submission id, for the mutant whose heads are submission ids.
  std::map<std::string, std::string> submission_of;

 private:
  const LeftOut left_out_;
  std::map<std::string, std::string> heads_;
  std::map<std::string, int> revisions_;
  std::set<std::string> closed_;
};

class CounterexamplesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::ignore = reader_.Judge(RecordKit(reader_, "genesis").Opens().Bytes());
  }
  bool Accepts(const std::string& bytes) {
    return std::holds_alternative<Commit>(reader_.Judge(bytes));
  }
  RecordKit By(const std::string& id) { return RecordKit(reader_, id); }

  Admission reader_;
};

TEST_F(CounterexamplesTest, ChainBuiltOnOnesOwnVoidRecordIsVoidBecauseHeadsAreHashes) {
  const std::string a_s2 = By("S2").Writes("m/1", {}, "by A").Bytes();
  const std::string b_s0 = By("S0").Writes("m/1", {}, "by B").Bytes();
  const std::string b_s1 = By("S1").Writes("m/1", LeafHash(b_s0), "on S0").Bytes();
  EXPECT_TRUE(Accepts(a_s2));
  EXPECT_FALSE(Accepts(b_s0));
  EXPECT_FALSE(Accepts(b_s1));
  Mutant numbers(LeftOut::kHashHeads);
  EXPECT_TRUE(numbers.Accepts(a_s2));
  EXPECT_FALSE(numbers.Accepts(b_s0));
  EXPECT_TRUE(numbers.Accepts(b_s1)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, DecisionThatReadOnesOwnVoidRecordIsVoid) {
  const std::string a_s2 = By("S2").Writes("m/1", {}, "by A").Bytes();
  const std::string b_s0 = By("S0").Writes("m/1", {}, "by B").Bytes();
  const std::string b_s1 = By("S1").Writes("n/1", {}).Reads("m/1", LeafHash(b_s0)).Bytes();
  EXPECT_TRUE(Accepts(a_s2));
  EXPECT_FALSE(Accepts(b_s0));
  EXPECT_FALSE(Accepts(b_s1));
  Mutant numbers(LeftOut::kHashHeads);
  EXPECT_TRUE(numbers.Accepts(a_s2));
  EXPECT_FALSE(numbers.Accepts(b_s0));
  EXPECT_TRUE(numbers.Accepts(b_s1)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, TwoDecisionsOfOneSubmissionAreDifferentHeads) {
  const std::string b_s0 = By("S0").Writes("m/1", {}, "event of B").Bytes();
  const std::string a_s0 = By("S0").Writes("m/1", {}, "event of A").Bytes();
  const std::string b_s1 = By("S1").Writes("m/1", LeafHash(b_s0)).Bytes();
  EXPECT_TRUE(Accepts(a_s0));
  EXPECT_FALSE(Accepts(b_s0));
  EXPECT_FALSE(Accepts(b_s1));
  Mutant ids(LeftOut::kExactBytes);
  ids.submission_of[std::string(AsBytes(LeafHash(b_s0)))] = "S0";
  EXPECT_TRUE(ids.Accepts(a_s0));
  EXPECT_TRUE(ids.Accepts(b_s1)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, RefusalClosesTheIdSoThatAnotherCopyIsNotDone) {
  const std::string refusal_by_b = By("S1").Refuses("m/1", {}).Bytes();
  const std::string copy_by_a = By("S1").Writes("m/1", {}).Bytes();
  EXPECT_TRUE(Accepts(refusal_by_b));
  EXPECT_FALSE(Accepts(copy_by_a));
  Mutant unrecorded(LeftOut::kRefusalRecords);
  EXPECT_FALSE(unrecorded.Accepts(refusal_by_b));
  EXPECT_TRUE(unrecorded.Accepts(copy_by_a)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, RefusalOnAStaleBaseIsVoid) {
  const std::string first = By("S0").Writes("m/1", {}).Bytes();
  const std::string stale_refusal = By("S1").Refuses("m/1", {}).Bytes();
  EXPECT_TRUE(Accepts(first));
  EXPECT_FALSE(Accepts(stale_refusal));
  Mutant unbased(LeftOut::kRefusalBase);
  EXPECT_TRUE(unbased.Accepts(first));
  EXPECT_TRUE(unbased.Accepts(stale_refusal)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, SubmissionWhoseStreamTheGatewayChoseIsDoneOnce) {
  const std::string by_a = By("S0").Writes("m/a", {}).Bytes();
  const std::string by_b = By("S0").Writes("m/b", {}).Bytes();
  EXPECT_TRUE(Accepts(by_a));
  EXPECT_FALSE(Accepts(by_b));
  Mutant forgetful(LeftOut::kIds);
  EXPECT_TRUE(forgetful.Accepts(by_a));
  EXPECT_TRUE(forgetful.Accepts(by_b)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, RefusalClosesTheIdUnderASpeculativeChain) {
  const std::string by_a = By("S0").Writes("m/1", {}).Bytes();
  const std::string next_by_a = By("S1").Writes("m/1", LeafHash(by_a)).Bytes();
  EXPECT_TRUE(Accepts(By("S0").Refuses("n/1", {}).Bytes()));
  EXPECT_FALSE(Accepts(by_a));
  EXPECT_FALSE(Accepts(next_by_a)) << "what was decided on a void record is void";
}

TEST_F(CounterexamplesTest, RevocationVoidsWhatDidNotSeeIt) {
  const std::string grant = By("grant").Writes("actor/1", {}).Bytes();
  const std::string revoked = By("revoke").Writes("actor/1", LeafHash(grant)).Bytes();
  const std::string late = By("late").Writes("m/1", {}).Reads("actor/1", LeafHash(grant)).Bytes();
  EXPECT_TRUE(Accepts(grant));
  EXPECT_TRUE(Accepts(revoked));
  EXPECT_FALSE(Accepts(late));
  Mutant blind(LeftOut::kReads);
  EXPECT_TRUE(blind.Accepts(grant));
  EXPECT_TRUE(blind.Accepts(revoked));
  EXPECT_TRUE(blind.Accepts(late)) << "the mutant must show the break";
}

TEST_F(CounterexamplesTest, ReusedPlaceAfterALostTailStopsTheReaderThatSawTheLostRecord) {
  EXPECT_TRUE(Accepts(By("S0").Writes("m/1", {}).Bytes()));
  Admission after_the_loss;
  std::ignore = after_the_loss.Judge(RecordKit(after_the_loss, "genesis").Opens().Bytes());
  const std::string other = RecordKit(after_the_loss, "S9").Writes("n/1", {}).Bytes();
  std::ignore = after_the_loss.Judge(other);
  const std::string later = RecordKit(after_the_loss, "S10").Writes("n/2", {}).Bytes();
  EXPECT_TRUE(std::holds_alternative<Stop>(reader_.Judge(later)));
}

TEST_F(CounterexamplesTest, WithNothingLeftOutTheSmallRuleAgreesWithTheRealOne) {
  Mutant whole(LeftOut::kNothing);
  const std::string s0 = By("S0").Writes("m/1", {}).Bytes();
  const std::string s1 = By("S1").Writes("m/1", LeafHash(s0)).Bytes();
  const std::string stale = By("S2").Writes("m/1", LeafHash(s0)).Bytes();
  for (const std::string& bytes : {s0, s1, stale, s1}) {
    EXPECT_EQ(whole.Accepts(bytes), Accepts(bytes));
  }
}

}  // namespace
}  // namespace nhanrong::ledger
