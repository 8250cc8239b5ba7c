// Field rules of the value objects, one function per message, as values.proto states them.
//
// Each adds what it finds at the field's place and never stops at the first. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "nhanrong/v1/values.pb.h"
#include "services/domain/aggregate/fact_rule.h"
#include "services/domain/values/field.h"
#include "services/domain/values/limits.h"

namespace nhanrong::domain {

enum class Presence { kRequired, kOptional };

void CheckQuantity(const Field& at, const v1::Quantity& quantity, Told told);
void CheckQuantities(const Field& at,
                     const google::protobuf::RepeatedPtrField<v1::Quantity>& quantities, Told told);
void CheckMoney(const Field& at, const v1::Money& money, Told told);
void CheckRatio(const Field& at, const v1::Ratio& ratio, Told told);
void CheckBusinessDate(const Field& at, const v1::BusinessDate& date);
void CheckPeriod(const Field& at, const v1::ReportingPeriod& period);
void CheckSource(const Field& at, const v1::SourceDoc& source);
void CheckEvidence(const Field& at, const v1::EvidenceRef& evidence);
void CheckSubject(const Field& at, const v1::SubjectRef& subject);

void CheckUlid(const Field& at, std::string_view id, Presence presence);
void CheckUuid(const Field& at, std::string_view id);
// An ISO day.
void CheckDay(const Field& at, std::string_view day, Presence presence);
// Two ISO days of which the second may be absent; half open: from < to. Days that are no days pass.
void CheckSpan(const Field& at_end, std::string_view from, std::string_view to);
// Two ISO days, both inclusive, each of which may be absent: from <= to. Days that are no days
// pass.
void CheckInclusiveSpan(const Field& at_end, std::string_view from, std::string_view to);
// 32 bytes.
void CheckHash(const Field& at, std::string_view bytes, Presence presence);
void CheckMediaType(const Field& at, std::string_view type, Presence presence);
// Official code of a unit: 2, 3 or 5 digits.
void CheckUnitCode(const Field& at, std::string_view code, Presence presence);
void CheckElectronicId(const Field& at, std::string_view id);
void CheckLedgerName(const Field& at, std::string_view name);
void CheckListLength(const Field& at, int length, int min, int max);

// What CheckEnum does, for any enum. `allowed` empty: every value but 0.
void CheckEnumNumber(const Field& at, const google::protobuf::EnumDescriptor* type, int value,
                     Presence presence, const std::vector<int>& allowed);

// A value of the list (0 stands for absent), and one of `allowed` where that is not empty.
template <typename E>
void CheckEnum(const Field& at, E value, Presence presence = Presence::kRequired,
               const std::vector<int>& allowed = {}) {
  CheckEnumNumber(at, google::protobuf::GetEnumDescriptor<E>(), value, presence, allowed);
}

}  // namespace nhanrong::domain
