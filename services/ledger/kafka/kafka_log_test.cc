#include "services/ledger/kafka/kafka_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/ledger/contract/log_contract.h"
#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/kafka_producer.h"
#include "services/ledger/kafka/kafka_reader.h"
#include "services/ledger/kafka/test_broker.h"

namespace nhanrong::ledger {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

KafkaLogOptions Options() {
  return {.bootstrap_servers = TestBroker::SharedBootstrap(), .single_broker = true};
}

class KafkaInstallation final : public LogInstallation {
 public:
  KafkaInstallation() { Restart(); }
  LogStore& store() override { return *store_; }
  void Restart() override { store_ = std::make_unique<KafkaLogStore>(Options()); }

 private:
  std::unique_ptr<KafkaLogStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Kafka, LogContractTest,
                         testing::ValuesIn(LogContractOn(
                             {"kafka", [] { return std::make_unique<KafkaInstallation>(); }})));

class KafkaLogTest : public ::testing::Test {
 protected:
  KafkaLogTest()
      : name_("k-" + ToHex(RandomBytes(8))), topic_("nhanrong." + name_), store_(Options()) {}

  std::unique_ptr<Log> CreateAndOpen() {
    EXPECT_EQ(store_.Create(name_), absl::OkStatus());
    auto log = store_.Open(name_);
    EXPECT_TRUE(log.ok()) << log.status();
    return log.ok() ? std::move(*log) : nullptr;
  }
  // A topic as somebody else might have made it.
  void GivenTopic(int partitions, const std::string& setting = "", const std::string& value = "") {
    auto settings = TopicSettings(/*single_broker=*/true);
    for (auto& each : settings) {
      if (each.name == setting) each.value = value;
    }
    EXPECT_EQ(admin_->CreateTopic(topic_, partitions, 1, settings), absl::OkStatus());
  }
  void ExpectRefused(const std::string& what) {
    const auto log = store_.Open(name_);
    EXPECT_TRUE(absl::IsFailedPrecondition(log.status())) << log.status();
    EXPECT_THAT(std::string(log.status().message()), AllOf(HasSubstr(topic_), HasSubstr(what)));
  }

  const std::string name_;
  const std::string topic_;
  KafkaLogStore store_;
  absl::StatusOr<KafkaAdmin> admin_ = KafkaAdmin::Make(Options());
};

TEST_F(KafkaLogTest, RefusesATopicOfSeveralPartitions) {
  GivenTopic(3);
  ExpectRefused("partitions is 3, must be 1");
}

TEST_F(KafkaLogTest, RefusesATopicThatForgets) {
  GivenTopic(1, "retention.ms", "604800000");
  ExpectRefused("retention.ms is 604800000, must be -1");
}

TEST_F(KafkaLogTest, RefusesATopicThatIsNotFlushedWhenItHasOneReplica) {
  GivenTopic(1, "flush.messages", "10000");
  ExpectRefused("flush.messages is 10000, must be 1");
}

TEST_F(KafkaLogTest, RefusesATopicOfOneReplicaUnlessToldOfASingleBroker) {
  GivenTopic(1);
  auto options = Options();
  options.single_broker = false;
  const auto log = KafkaLogStore(options).Open(name_);
  EXPECT_TRUE(absl::IsFailedPrecondition(log.status())) << log.status();
  EXPECT_THAT(std::string(log.status().message()), HasSubstr("replication factor is 1"));
}

TEST_F(KafkaLogTest, OneBrokerIsNotEnoughUnlessToldOfASingleBroker) {
  auto options = Options();
  options.single_broker = false;
  const auto status = KafkaLogStore(options).Create(name_);
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("--single-broker"));
}

TEST_F(KafkaLogTest, NamesTheWeakerGuaranteeOfASingleBrokerOnly) {
  EXPECT_TRUE(store_.WeakerGuarantee());
  EXPECT_FALSE(KafkaLogStore({.bootstrap_servers = "127.0.0.1:1"}).WeakerGuarantee());
}

TEST_F(KafkaLogTest, ATopicWithADotInItsNameIsNoLedger) {
  ASSERT_EQ(store_.Create(name_), absl::OkStatus());
  ASSERT_EQ(admin_->CreateTopic(topic_ + ".events", 1, 1, {}), absl::OkStatus());
  const auto names = store_.List();
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(*names, Contains(name_));
  EXPECT_THAT(*names, Not(Contains(name_ + ".events")));
}

TEST_F(KafkaLogTest, APropertyThatDoesNotExistIsNamed) {
  auto options = Options();
  options.properties["ssl.no.such.property"] = "1";
  const auto log = KafkaLogStore(options).Open(name_);
  EXPECT_TRUE(absl::IsInvalidArgument(log.status())) << log.status();
  EXPECT_THAT(std::string(log.status().message()), HasSubstr("ssl.no.such.property"));
}

TEST_F(KafkaLogTest, PropertiesCannotWeakenTheGuarantees) {
  for (const auto& [name, value] : {std::pair("acks", "0"), std::pair("check.crcs", "false"),
                                    std::pair("enable.idempotence", "false")}) {
    auto options = Options();
    options.properties[name] = value;
    const auto log = KafkaLogStore(options).Open(name_);
    EXPECT_TRUE(absl::IsInvalidArgument(log.status())) << log.status();
    EXPECT_THAT(std::string(log.status().message()), HasSubstr(name));
  }
}

TEST_F(KafkaLogTest, AStoreForReadingMakesNoLogAndReadsWhatOthersWrite) {
  const auto log = CreateAndOpen();
  ASSERT_TRUE(AppendAndWait(*log, "r").ok());
  auto options = Options();
  options.read_only = true;
  KafkaLogStore store(options);
  EXPECT_TRUE(absl::IsFailedPrecondition(store.Create("another")));
  const auto reading = store.Open(name_);
  ASSERT_TRUE(reading.ok()) << reading.status();
  EXPECT_THAT(BytesOf(*ReadFrom(**reading, Place(0), 1)), ElementsAre("r"));
}

TEST_F(KafkaLogTest, AnUnreachableClusterIsUnavailable) {
  const auto log = KafkaLogStore({.bootstrap_servers = "127.0.0.1:1"}).Open("any");
  EXPECT_TRUE(absl::IsUnavailable(log.status())) << log.status();
}

// A broker is named as the leader before it serves as one.
TEST_F(KafkaLogTest, ATopicThatIsMadeIsServedAtOnce) {
  constexpr int kTopics = 60;
  auto admin = KafkaAdmin::Make(Options());
  ASSERT_TRUE(admin.ok()) << admin.status();
  for (int i = 0; i < kTopics; ++i) {
    const std::string topic = topic_ + "-" + std::to_string(i);
    EXPECT_TRUE(absl::IsNotFound(admin->Describe(topic).status())) << "asked for before it is made";
    ASSERT_EQ(admin->CreateTopic(topic, 1, 1, {}), absl::OkStatus());
    const auto bounds = admin->Bounds(topic);
    EXPECT_TRUE(bounds.ok()) << bounds.status();
    EXPECT_EQ(admin->DeleteTopic(topic), absl::OkStatus());
  }
}

TEST_F(KafkaLogTest, ALogThatStartsLaterIsDataLossForReaders) {
  const auto log = CreateAndOpen();
  ASSERT_TRUE(AppendAllAndWait(*log, NumberedRecords(10)).ok());
  ASSERT_EQ(admin_->DeleteRecordsBefore(topic_, Place(5)), absl::OkStatus());
  EXPECT_EQ(log->Bounds()->first, Place(5));
  EXPECT_TRUE(absl::IsDataLoss(log->OpenReader(Place(4)).status()));
  EXPECT_THAT(BytesOf(*ReadFrom(*log, Place(5), 5)), Contains("r5"));
}

// Not only when it is opened: the broker itself says so to a reader that is there already.
TEST_F(KafkaLogTest, APlaceTheBrokerDoesNotHaveIsDataLossForGood) {
  const auto log = CreateAndOpen();
  ASSERT_TRUE(AppendAllAndWait(*log, NumberedRecords(10)).ok());
  ASSERT_EQ(admin_->DeleteRecordsBefore(topic_, Place(5)), absl::OkStatus());
  for (const Place place : {Place(4), Place(11)}) {
    auto reader = KafkaReader::Make(Options(), topic_, place);
    ASSERT_TRUE(reader.ok()) << reader.status();
    EXPECT_TRUE(absl::IsDataLoss((*reader)->Read(1, kProbeDeadline).status()));
    EXPECT_TRUE(absl::IsDataLoss((*reader)->Read(1, kProbeDeadline).status()));
  }
}

// Though nobody told that the topic is another one: a record lies behind all that was seen before.
TEST_F(KafkaLogTest, ARecordThatLandsBeforeWhatWasSeenMakesReadersDoubtTheLog) {
  const auto log = CreateAndOpen();
  ASSERT_TRUE(AppendAllAndWait(*log, NumberedRecords(10)).ok());
  auto reader = log->OpenReader(Place(9));
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_THAT(BytesOf(*ReadRecords(**reader, 1)), ElementsAre("r9"));
  ASSERT_EQ(admin_->DeleteTopic(topic_), absl::OkStatus());
  const absl::Time start = absl::Now();
  while (!store_.Create(name_).ok() && absl::Now() - start < kProbeDeadline) {
    absl::SleepFor(absl::Milliseconds(10));  // the broker forgets in the background
  }
  const std::uint64_t losses = (*reader)->losses();
  while ((*reader)->losses() == losses && absl::Now() - start < kProbeDeadline) {
    EXPECT_TRUE(absl::IsUnavailable(AppendAndWait(*log, "after").status())) << "unknown";
  }
  EXPECT_GT((*reader)->losses(), losses);
  EXPECT_TRUE(absl::IsDataLoss(log->OpenReader(Place(9)).status()));
}

// What a producer that failed for good had under way is unknown; the log goes on with a new one.
TEST_F(KafkaLogTest, AProducerThatFailsForGoodIsReplaced) {
  ASSERT_EQ(store_.Create(name_), absl::OkStatus());
  auto producer =
      KafkaProducer::Make(Options(), topic_, "/nhanrong/" + name_, std::make_shared<SeenLog>());
  ASSERT_TRUE(producer.ok()) << producer.status();
  AppendProbe probe;
  (*producer)->Append("before", probe.Done(0));
  ASSERT_THAT(probe.Wait(1), SizeIs(1));
  (*producer)->FailForGood();
  std::size_t tries = 1;
  absl::StatusOr<Place> place = absl::UnavailableError("not yet");
  for (const absl::Time start = absl::Now(); !place.ok() && absl::Now() - start < kProbeDeadline;) {
    (*producer)->Append("after", probe.Done(tries++));
    place = probe.Wait(tries).back().place;
    EXPECT_TRUE(place.ok() || absl::IsUnavailable(place.status())) << place.status();
  }
  EXPECT_TRUE(place.ok()) << place.status();
}

// CloudEvents 1.0, Kafka protocol binding 3.2 (binary mode).
TEST_F(KafkaLogTest, RecordsCarryTheHeadersOfACloudEvent) {
  const auto log = CreateAndOpen();
  ASSERT_TRUE(AppendAndWait(*log, "record").ok());
  auto client = MakeClient(RdKind::kConsumer, Options(), {});
  ASSERT_TRUE(client.ok()) << client.status();
  const RdTopic topic(rd_kafka_topic_new(client->get(), topic_.c_str(), nullptr));
  ASSERT_EQ(rd_kafka_consume_start(topic.get(), 0, 0), 0);
  rd_kafka_message_t* message = rd_kafka_consume(topic.get(), 0, Milliseconds(kProbeDeadline));
  ASSERT_NE(message, nullptr);
  rd_kafka_headers_t* headers = nullptr;
  ASSERT_EQ(rd_kafka_message_headers(message, &headers), RD_KAFKA_RESP_ERR_NO_ERROR);
  std::vector<std::pair<std::string, std::string>> found;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t bytes = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &bytes) == 0; ++i) {
    found.emplace_back(name, std::string(static_cast<const char*>(value), bytes));
  }
  rd_kafka_message_destroy(message);
  rd_kafka_consume_stop(topic.get(), 0);
  EXPECT_THAT(found,
              ElementsAre(Pair("ce_specversion", "1.0"), Pair("ce_type", "vn.nhanrong.record.v1"),
                          Pair("ce_source", "/nhanrong/" + name_),
                          Pair("ce_id", ToHex(AsBytes(LeafHash("record")))),
                          Pair("content-type", "application/protobuf")));
}

}  // namespace
}  // namespace nhanrong::ledger
