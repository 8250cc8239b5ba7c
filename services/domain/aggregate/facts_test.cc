// Facts as events and back.
#include <gtest/gtest.h>

#include "google/protobuf/unknown_field_set.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

v1::Fact Renamed(const std::string& name) {
  v1::Fact fact;
  fact.mutable_agency_renamed()->set_name(name);
  return fact;
}

v1::Event EventOf(const v1::Fact& fact) {
  v1::Event event;
  SetFact(event, fact);
  return event;
}

TEST(FactsTest, AFactIsItsTypeItsVersionAndItsBytes) {
  const v1::Event event = EventOf(Renamed("Sở Thủy sản"));
  EXPECT_EQ(event.type(), "nhanrong.v1.AgencyRenamed");
  EXPECT_EQ(event.schema_version(), 1u);
  EXPECT_EQ(FactOf(event)->agency_renamed().name(), "Sở Thủy sản");
  EXPECT_EQ(FactType(*FactOf(event)), event.type());
}

TEST(FactsTest, EveryTypeRoundTrips) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < kinds->field_count(); ++i) {
    v1::Fact fact;
    fact.GetReflection()->MutableMessage(&fact, kinds->field(i));
    if (fact.has_fact_corrected()) {
      *fact.mutable_fact_corrected()->mutable_replacement() = Renamed("x");
      fact.mutable_fact_corrected()->set_replacement_version(1);
    }
    const auto read = FactOf(EventOf(fact));
    ASSERT_TRUE(read) << kinds->field(i)->name();
    EXPECT_EQ(read->SerializeAsString(), fact.SerializeAsString());
  }
}

TEST(FactsTest, UnknownTypesVersionsAndBytesGiveNothing) {
  v1::Event event = EventOf(Renamed("x"));
  event.set_type("nhanrong.v1.ModelTeleported");
  EXPECT_FALSE(FactOf(event));
  for (const std::uint32_t version : {0u, 2u}) {
    event = EventOf(Renamed("x"));
    event.set_schema_version(version);
    EXPECT_FALSE(FactOf(event));
  }
  event = EventOf(Renamed("x"));
  event.set_payload("\x0a\xff");
  EXPECT_FALSE(FactOf(event));
}

// Credentials are at version 2: their fact within a correction is of its own version.
v1::Event CorrectionOf(const v1::Fact& replacement, std::uint32_t replacement_version) {
  v1::FactCorrected correction;
  *correction.mutable_replacement() = replacement;
  correction.set_replacement_version(replacement_version);
  v1::Event event;
  event.set_type("nhanrong.v1.FactCorrected");
  event.set_schema_version(2);
  event.set_payload(correction.SerializeAsString());
  return event;
}

v1::Fact OldCredential() {
  v1::Fact fact;
  fact.mutable_credential_issued()->set_credential_id("c");
  return fact;
}

TEST(FactsTest, ACorrectionIsWrittenWithTheVersionOfItsReplacement) {
  v1::Fact fact;
  *fact.mutable_fact_corrected()->mutable_replacement() = OldCredential();
  v1::FactCorrected written;
  ASSERT_TRUE(written.ParseFromString(EventOf(fact).payload()));
  EXPECT_EQ(written.replacement_version(), 2u);
  *fact.mutable_fact_corrected()->mutable_replacement() = Renamed("x");
  ASSERT_TRUE(written.ParseFromString(EventOf(fact).payload()));
  EXPECT_EQ(written.replacement_version(), 1u);
}

TEST(FactsTest, TheReplacementInACorrectionIsRaisedByItsOwnVersion) {
  const auto read = FactOf(CorrectionOf(OldCredential(), 1));
  ASSERT_TRUE(read);
  const v1::FactCorrected& correction = read->fact_corrected();
  EXPECT_EQ(correction.replacement().credential_issued().kind(), v1::CREDENTIAL_KIND_TOKEN);
  EXPECT_EQ(correction.replacement_version(), 2u);
}

TEST(FactsTest, AReplacementOfAnUnknownVersionGivesNothing) {
  EXPECT_FALSE(FactOf(CorrectionOf(OldCredential(), 0)));
  EXPECT_FALSE(FactOf(CorrectionOf(OldCredential(), 3)));
  EXPECT_FALSE(FactOf(CorrectionOf(Renamed("x"), 2)));
  EXPECT_TRUE(FactOf(CorrectionOf(Renamed("x"), 1)));
}

TEST(FactsTest, ACorrectionByAnUnknownFactGivesNothing) {
  v1::Fact fact;
  fact.mutable_fact_corrected()->set_event_id("e");
  EXPECT_FALSE(FactOf(EventOf(fact)));
}

TEST(FactsTest, UnknownFieldsSurvive) {
  v1::Fact fact = Renamed("x");
  v1::AgencyRenamed& message = *fact.mutable_agency_renamed();
  message.GetReflection()->MutableUnknownFields(&message)->AddLengthDelimited(99, "later");
  const v1::Event event = EventOf(fact);
  EXPECT_EQ(EventOf(*FactOf(event)).payload(), event.payload());
}

TEST(FactsTest, AFoldSeesWhoWhenAndWhence) {
  v1::Event event = EventOf(Renamed("x"));
  event.set_event_id("e");
  event.mutable_occurred_on()->set_value("2021");
  event.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_YEAR);
  event.add_sources()->set_issued_on("2021-06-01");
  v1::Record record;
  record.mutable_signer()->set_actor_id("actor");
  record.mutable_signer()->mutable_agency()->set_agency_id("agency");
  record.mutable_signer()->mutable_acting_for()->set_principal_actor_id("principal");
  record.mutable_signer()->set_on_behalf_of_agency_id("other");
  record.mutable_signer()->set_role(v1::ROLE_ADMINISTRATOR);
  record.mutable_signer()->set_channel(v1::INGEST_CHANNEL_MIGRATION);
  const auto fact = StreamFactOf(event, record, Position(7), absl::FromUnixSeconds(1700000000));
  ASSERT_TRUE(fact);
  EXPECT_EQ(fact->event_id, "e");
  EXPECT_EQ(fact->days, (DayRange{absl::CivilDay(2021, 1, 1), absl::CivilDay(2021, 6, 1)}));
  EXPECT_EQ(fact->position, Position(7));
  EXPECT_EQ(fact->by, (Signatories{"actor", "principal"}));
  EXPECT_EQ(fact->agency_id + fact->on_behalf_of_agency_id, "agencyother");
  EXPECT_EQ(fact->role, v1::ROLE_ADMINISTRATOR);
  EXPECT_TRUE(fact->from_document);
}

TEST(FactsTest, AnEventWithoutADateIsOfItsRecordedDay) {
  const auto fact =
      StreamFactOf(EventOf(Renamed("x")), {}, Position(0), absl::FromUnixSeconds(1700000000));
  ASSERT_TRUE(fact);
  EXPECT_EQ(fact->occurred_on.value(), "2023-11-15");
  EXPECT_EQ(fact->occurred_on.precision(), v1::DATE_PRECISION_DAY);
}

}  // namespace
}  // namespace nhanrong::domain
