// The bytes of every event type, for ever: what an older program wrote must read the same.
//
// A type without an entry fails, and so does a changed one. The failure prints the entry as it
// would be today: put it here for a new type or field; for bytes that changed, mend the contract
// instead.
#include <gtest/gtest.h>

#include <map>

#include "services/base/bytes.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const std::map<std::string, std::string>& Golden() {
  static const auto& golden = *new std::map<std::string, std::string>{
#include "services/domain/aggregate/golden_events.inc"
  };
  return golden;
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

TEST(GoldenTest, TheBytesOfEveryEventTypeStay) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  EXPECT_EQ(Golden().size(), static_cast<std::size_t>(kinds->field_count()));
  for (int i = 0; i < kinds->field_count(); ++i) {
    const v1::Event event = SampleEvent(kinds->field(i));
    const std::string hex = ToHex(event.payload());
    const auto entry = Golden().find(event.type());
    if (entry == Golden().end() || entry->second != hex) {
      ADD_FAILURE() << "{\"" << event.type() << "\",\n \"" << hex << "\"},";
    }
  }
}

// Written before credentials had kinds.
TEST(GoldenTest, ACredentialWithoutAKindIsReadAsItWas) {
  const auto bytes =
      FromHex("0a0d63726564656e7469616c5f6964120c746f6b656e5f7368613235361a0876616c69645f746f");
  v1::CredentialIssued credential;
  ASSERT_TRUE(bytes && credential.ParseFromString(*bytes));
  EXPECT_EQ(credential.credential_id(), "credential_id");
  EXPECT_EQ(credential.kind(), v1::CREDENTIAL_KIND_UNSPECIFIED);
  EXPECT_EQ(credential.SerializeAsString(), *bytes);
}

TEST(GoldenTest, TheBytesReadBackAndAreWrittenTheSame) {
  for (const auto& [type, hex] : Golden()) {
    v1::Event event;
    event.set_type(type);
    event.set_schema_version(1);
    event.set_payload(*FromHex(hex));
    const auto fact = FactOf(event);
    ASSERT_TRUE(fact) << type;
    v1::Event again;
    SetFact(again, *fact);
    EXPECT_EQ(again.SerializeAsString(), event.SerializeAsString()) << type;
  }
}

}  // namespace
}  // namespace nhanrong::domain
