#include "services/domain/values/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <string>

#include "services/base/check.h"

namespace nhanrong::domain {
namespace {

struct Seen {
  int characters = 0;
  bool plain = true;  // valid UTF-8 of visible characters and plain spaces
};

// Letters, marks, numbers, punctuation and symbols; of white space only the plain space.
bool IsPlain(UChar32 c, bool lines) {
  if (c == ' ') return true;
  if (c == '\n') return lines;
  return (U_GET_GC_MASK(c) & (U_GC_C_MASK | U_GC_Z_MASK)) == 0;
}

Seen Look(std::string_view text, bool lines) {
  Seen seen;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size; ++seen.characters) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0 || !IsPlain(c, lines)) seen.plain = false;
  }
  return seen;
}

bool IsNfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  NR_CHECK(U_SUCCESS(status), "ICU has no NFC data");
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  const bool normal = nfc->isNormalizedUTF8(piece, status);
  return U_SUCCESS(status) && normal;
}

bool IsSpace(char c) { return c == ' ' || c == '\n'; }

}  // namespace

void CheckText(const Field& at, std::string_view text, TextLimit limit) {
  if (text.empty()) {
    if (limit.min > 0) at.Break(Rule::kFieldRequired);
    return;
  }
  const Seen seen = Look(text, limit.lines);
  if (!seen.plain) return at.Break(Rule::kTextCharacters);
  if (!IsNfc(text)) return at.Break(Rule::kTextNfc);
  if (IsSpace(text.front()) || IsSpace(text.back())) return at.Break(Rule::kTextTrimmed);
  if (seen.characters < limit.min || seen.characters > limit.max) {
    at.Break(Rule::kTextLength, std::to_string(limit.min) + "–" + std::to_string(limit.max));
  }
}

}  // namespace nhanrong::domain
