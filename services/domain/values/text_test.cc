#include "services/domain/values/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nhanrong::domain {
namespace {

// The rule that `text` breaks, "" for none.
std::string Broken(const std::string& text, TextLimit limit = {1, 10}) {
  Violations found;
  CheckText(Field(found, "name"), text, limit);
  if (found.empty()) return "";
  EXPECT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].field, "name");
  return found[0].rule;
}

TEST(TextTest, CountsCharactersAndNotBytes) {
  EXPECT_EQ(Broken("Xã Đắk Ước"), "");
  EXPECT_EQ(Broken("Xã Đắk Ước."), "text.length");
  EXPECT_EQ(Broken("a", {2, 3}), "text.length");
}

TEST(TextTest, NamesTheLimitThatHolds) {
  Violations found;
  CheckText(Field(found, ""), "abcd", {1, 3});
  EXPECT_EQ(found[0].actual, "1–3");
}

TEST(TextTest, AnAbsentTextIsMissingOnlyWhereItIsRequired) {
  EXPECT_EQ(Broken(""), "field.required");
  EXPECT_EQ(Broken("", {0, 10}), "");
}

TEST(TextTest, DecomposedTextIsRefused) {
  EXPECT_EQ(Broken("Xa\u0303"), "text.nfc");
  EXPECT_EQ(Broken("X\u00e3"), "");
}

TEST(TextTest, HiddenCharactersAndSpecialSpacesAreRefused) {
  for (const char* text : {"a\tb", "a\u00a0b", "a\u200bb", "a\u202eb", "a\u2028b", "a\u007fb",
                           "\ufeffa", "a\ue000b", "a\u3000b"}) {
    EXPECT_EQ(Broken(text), "text.characters") << text;
  }
  EXPECT_EQ(Broken(std::string("a\0b", 3)), "text.characters");
  EXPECT_EQ(Broken("a\xff"), "text.characters");
}

TEST(TextTest, LinesAreForLongTextsOnly) {
  EXPECT_EQ(Broken("a\nb"), "text.characters");
  EXPECT_EQ(Broken("a\nb", {1, 10, true}), "");
  EXPECT_EQ(Broken("a\r\nb", {1, 10, true}), "text.characters");
}

TEST(TextTest, WhiteSpaceAtTheEndsIsRefused) {
  EXPECT_EQ(Broken(" a"), "text.trimmed");
  EXPECT_EQ(Broken("a "), "text.trimmed");
  EXPECT_EQ(Broken(" "), "text.trimmed");
}

}  // namespace
}  // namespace nhanrong::domain
