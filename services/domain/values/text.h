// Text as it may stand in an event: Unicode NFC, no hidden characters, a stated length.
//
// Pure. Nothing is mended silently: what is wrong is named.
#pragma once

#include <string_view>

#include "services/domain/values/field.h"

namespace nhanrong::domain {

// Length in characters (code points), both inclusive. `min` 0: the text may be absent.
struct TextLimit {
  int min;
  int max;
  // Whether it may have several lines.
  bool lines = false;
};

// Breaks the first of: field.required, text.characters, text.nfc, text.trimmed, text.length.
void CheckText(const Field& at, std::string_view text, TextLimit limit);

}  // namespace nhanrong::domain
