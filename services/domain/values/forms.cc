// Forms of ids, days, hashes, codes and enums.
#include <algorithm>

#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/domain/values/checks.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kElectronicId = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.";
constexpr std::string_view kPlainName =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-";
// RFC 6838, section 4.2, restricted-name-chars.
constexpr std::string_view kMediaName =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$&-^_.+";

bool IsMadeOf(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

// True when `text` is there and its form has to be looked at; an absent one is settled here.
bool Given(const Field& at, std::string_view text, Presence presence) {
  if (text.empty() && presence == Presence::kRequired) at.Break(Rule::kFieldRequired);
  return !text.empty();
}

}  // namespace

void CheckUlid(const Field& at, std::string_view id, Presence presence) {
  if (Given(at, id, presence) && !IsUlid(id)) at.Break(Rule::kIdUlid);
}

void CheckUuid(const Field& at, std::string_view id) {
  if (Given(at, id, Presence::kRequired) && !ParseUuid(id)) at.Break(Rule::kIdUuid);
}

void CheckDay(const Field& at, std::string_view day, Presence presence) {
  if (Given(at, day, presence) && !ParseDay(day)) at.Break(Rule::kDateDayForm);
}

void CheckSpan(const Field& at_end, std::string_view from, std::string_view to) {
  const auto first = ParseDay(from);
  const auto end = ParseDay(to);
  if (first && end && *end <= *first) at_end.Break(Rule::kDateOrder);
}

void CheckInclusiveSpan(const Field& at_end, std::string_view from, std::string_view to) {
  const auto first = ParseDay(from);
  const auto last = ParseDay(to);
  if (first && last && *last < *first) at_end.Break(Rule::kDateOrder);
}

void CheckHash(const Field& at, std::string_view bytes, Presence presence) {
  if (Given(at, bytes, presence) && !HashFromBytes(bytes)) at.Break(Rule::kHashLength);
}

void CheckMediaType(const Field& at, std::string_view type, Presence presence) {
  if (!Given(at, type, presence)) return;
  const std::size_t slash = type.find('/');
  const bool formed = slash != std::string_view::npos && type.size() <= kMediaTypeMaxBytes &&
                      IsMadeOf(type.substr(0, slash), kMediaName) &&
                      IsMadeOf(type.substr(slash + 1), kMediaName);
  if (!formed) at.Break(Rule::kMediaTypeForm);
}

void CheckUnitCode(const Field& at, std::string_view code, Presence presence) {
  if (!Given(at, code, presence)) return;
  const bool length = code.size() == 2 || code.size() == 3 || code.size() == 5;
  if (!length || !IsMadeOf(code, kDigits)) at.Break(Rule::kUnitCodeForm);
}

void CheckElectronicId(const Field& at, std::string_view id) {
  if (id.empty()) return;
  const bool formed = id.size() <= kElectronicIdMaxBytes && IsMadeOf(id, kElectronicId);
  if (!formed) at.Break(Rule::kAgencyElectronicIdForm);
}

void CheckLedgerName(const Field& at, std::string_view name) {
  if (!Given(at, name, Presence::kRequired)) return;
  const bool formed = name.size() <= kLedgerNameMaxBytes && IsMadeOf(name, kPlainName);
  if (!formed) at.Break(Rule::kLedgerName);
}

void CheckListLength(const Field& at, int length, int min, int max) {
  if (length >= min && length <= max) return;
  if (length == 0) return at.Break(Rule::kFieldRequired);
  at.Break(Rule::kListLength, std::to_string(min) + "–" + std::to_string(max));
}

void CheckEnumNumber(const Field& at, const google::protobuf::EnumDescriptor* type, int value,
                     Presence presence, const std::vector<int>& allowed) {
  if (value == 0) {
    if (presence == Presence::kRequired) at.Break(Rule::kFieldRequired);
    return;
  }
  if (type->FindValueByNumber(value) == nullptr) return at.Break(Rule::kEnumUnknown);
  if (allowed.empty() || std::count(allowed.begin(), allowed.end(), value) > 0) return;
  std::string names;
  for (const int number : allowed) {
    if (!names.empty()) names += ", ";
    names += type->FindValueByNumber(number)->name();
  }
  at.Break(Rule::kEnumNotAllowed, names);
}

}  // namespace nhanrong::domain
