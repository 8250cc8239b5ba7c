// The bytes of every event type in every version, for ever: what an older program wrote must read
// the same.
//
// A type without an entry fails, and so does a changed one. The failure prints the entry as it
// would be today: put it into golden_events.inc for a new type, a field that may be absent, or a
// version that was raised, whose old bytes then go to golden_old_events.inc; for bytes that changed
// otherwise, mend the contract instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "google/protobuf/text_format.h"
#include "services/base/bytes.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/versions/event_versions.h"

namespace nhanrong::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct GoldenEvent {
  std::string type;
  std::uint32_t version;
  std::string hex;
};
const std::vector<GoldenEvent>& Golden() {
  static const auto& golden = *new std::vector<GoldenEvent>{
#include "services/domain/aggregate/golden_events.inc"
  };
  return golden;
}

// Bytes of an earlier version, and the fact (protobuf's text form) that they are read as.
struct OldEvent {
  std::string type;
  std::uint32_t version;
  std::string hex;
  std::string read_as;
};
const std::vector<OldEvent>& Old() {
  static const auto& old = *new std::vector<OldEvent>{
#include "services/domain/aggregate/golden_old_events.inc"
  };
  return old;
}

template <typename Golden>
v1::Event EventOf(const Golden& golden) {
  v1::Event event;
  event.set_type(golden.type);
  event.set_schema_version(golden.version);
  event.set_payload(*FromHex(golden.hex));
  return event;
}

void Fill(Message& message);

void FillOne(Message& message, const FieldDescriptor* field) {
  const auto* write = message.GetReflection();
  const bool many = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(
          *(many ? write->AddMessage(&message, field) : write->MutableMessage(&message, field)));
    case FieldDescriptor::CPPTYPE_STRING:
      if (many) return write->AddString(&message, field, field->name());
      return write->SetString(&message, field, field->name());
    case FieldDescriptor::CPPTYPE_ENUM:
      if (many) return write->AddEnumValue(&message, field, 1);
      return write->SetEnumValue(&message, field, field->enum_type()->value_count() > 1 ? 1 : 0);
    case FieldDescriptor::CPPTYPE_INT64:
      return write->SetInt64(&message, field, 1000 + field->number());
    case FieldDescriptor::CPPTYPE_UINT32:
      return write->SetUInt32(&message, field, static_cast<std::uint32_t>(field->number()));
    case FieldDescriptor::CPPTYPE_BOOL:
      return write->SetBool(&message, field, true);
    default:
      FAIL() << field->full_name() << ": give its type a sample";
  }
}

// Every field gets a value that follows from its name and number. A fact within a fact is the
// simplest.
void Fill(Message& message) {
  if (message.GetDescriptor() == v1::Fact::descriptor()) {
    static_cast<v1::Fact&>(message).mutable_agency_renamed()->set_name("name");
    return;
  }
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    FillOne(message, message.GetDescriptor()->field(i));
  }
}

v1::Event SampleEvent(const FieldDescriptor* kind) {
  v1::Fact fact;
  Fill(*fact.GetReflection()->MutableMessage(&fact, kind));
  v1::Event event;
  SetFact(event, fact);
  return event;
}

const GoldenEvent* Find(const v1::Event& event) {
  const auto found = std::find_if(Golden().begin(), Golden().end(), [&](const GoldenEvent& golden) {
    return golden.type == event.type();
  });
  return found == Golden().end() ? nullptr : &*found;
}

TEST(GoldenTest, TheBytesOfEveryEventTypeStay) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  EXPECT_EQ(Golden().size(), static_cast<std::size_t>(kinds->field_count()));
  for (int i = 0; i < kinds->field_count(); ++i) {
    const v1::Event event = SampleEvent(kinds->field(i));
    const std::string hex = ToHex(event.payload());
    const GoldenEvent* golden = Find(event);
    if (golden == nullptr || golden->hex != hex || golden->version != event.schema_version()) {
      ADD_FAILURE() << "{\"" << event.type() << "\", " << event.schema_version() << ",\n \"" << hex
                    << "\"},";
    }
  }
}

TEST(GoldenTest, TheBytesReadBackAndAreWrittenTheSame) {
  for (const GoldenEvent& golden : Golden()) {
    const v1::Event event = EventOf(golden);
    const auto fact = FactOf(event);
    ASSERT_TRUE(fact) << golden.type;
    v1::Event again;
    SetFact(again, *fact);
    EXPECT_EQ(again.SerializeAsString(), event.SerializeAsString()) << golden.type;
  }
}

// "type version" of each version below the present one that has no bytes in `old`.
std::vector<std::string> WithoutBytes(std::span<const Upcaster> steps,
                                      const std::vector<OldEvent>& old) {
  std::vector<std::string> missing;
  for (const Upcaster& step : steps) {
    const std::string type =
        v1::Fact::descriptor()->FindFieldByNumber(step.kind)->message_type()->full_name();
    const bool there = std::any_of(old.begin(), old.end(), [&](const OldEvent& event) {
      return event.type == type && event.version == step.from;
    });
    if (!there) missing.push_back(type + " " + std::to_string(step.from));
  }
  return missing;
}

TEST(GoldenTest, EveryEarlierVersionHasItsBytes) {
  EXPECT_THAT(WithoutBytes(Upcasters(), Old()), ::testing::IsEmpty());
}

TEST(GoldenTest, AVersionThatWasRaisedWithoutTheBytesOfTheOldOneIsFound) {
  const auto same = [](v1::Fact fact) { return fact; };
  std::vector<Upcaster> steps(Upcasters().begin(), Upcasters().end());
  steps.push_back({v1::Fact::kCredentialIssued, 2, same});
  steps.push_back({v1::Fact::kUnitRenamed, 1, same});
  EXPECT_THAT(WithoutBytes(steps, Old()), ::testing::ElementsAre("nhanrong.v1.CredentialIssued 2",
                                                                 "nhanrong.v1.UnitRenamed 1"));
}

TEST(GoldenTest, BytesOfEarlierVersionsAreReadAsTheNewestSaysThem) {
  for (const OldEvent& old : Old()) {
    const v1::Event event = EventOf(old);
    const auto fact = FactOf(event);
    ASSERT_TRUE(fact) << old.type << " " << old.version;
    v1::Fact expected;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(old.read_as, &expected));
    EXPECT_EQ(fact->DebugString(), expected.DebugString());
    EXPECT_LT(event.schema_version(), CurrentVersion(fact->kind_case())) << "not an earlier one";
    v1::Event today;
    SetFact(today, *fact);
    EXPECT_EQ(today.schema_version(), CurrentVersion(fact->kind_case()));
  }
}

}  // namespace
}  // namespace nhanrong::domain
