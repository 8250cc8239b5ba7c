// Words for the enumerators and event types of the contract, in both languages. Pure.
#pragma once

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

// "đang áp dụng" for MODEL_STATUS_ACTIVE; the enumerator's own name where there are no words.
std::string WordOf(const google::protobuf::EnumDescriptor& type, int number, Language language);
// The same for a name on the wire ("MODEL_LEVEL_PROVINCE").
std::string WordOf(const std::string& enumerator, Language language);

template <typename Enum>
std::string Word(Enum value, Language language) {
  return WordOf(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value), language);
}

// "Ghi nhận mô hình theo văn bản" for "nhanrong.v1.ModelRecordedFromDocument".
std::string EventWord(const std::string& type, Language language);

}  // namespace nhanrong::cli
