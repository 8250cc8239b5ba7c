#include "services/cli/sheet_reader/text_encoding.h"

#include <array>

#include "unicode/uchar.h"
#include "unicode/unistr.h"
#include "unicode/utf8.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Little = "\xFF\xFE";
constexpr std::string_view kUtf16Big = "\xFE\xFF";
// Letters that must be there before a text is called legacy: one may be a foreign word.
constexpr int kLegacyMarksMin = 2;

bool IsUtf8(std::string_view bytes) {
  const auto length = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes.data(), i, length, c);
    if (c < 0) return false;
  }
  return true;
}

enum class ByteOrder { kLittle, kBig };

std::string FromUtf16(std::string_view bytes, ByteOrder order) {
  icu::UnicodeString text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    const int unit = order == ByteOrder::kLittle ? second << 8 | first : first << 8 | second;
    text.append(static_cast<char16_t>(unit));
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// Latin text in UTF-16 has a zero in almost every other byte; text in bytes has none at all.
bool HasZeros(std::string_view bytes, std::size_t from) {
  std::size_t zeros = 0;
  const std::size_t looked = std::min<std::size_t>(bytes.size(), 1'000);
  for (std::size_t i = from; i < looked; i += 2) zeros += bytes[i] == 0 ? 1 : 0;
  return looked >= 4 && zeros * 4 > looked / 2;
}

std::string FromLatin1(std::string_view bytes) {
  std::string utf8;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80) {
      utf8 += byte;
    } else {
      utf8 += static_cast<char>(0xC0 | c >> 6);
      utf8 += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return utf8;
}

// Signs that stand for letters of TCVN3: ă â ê ô ơ ư đ and the toned ones of a, i.
constexpr std::u32string_view kTcvn3Signs = U"¨©ª«¬­®µ¶·¸¹»¼½¾§¡¢£¤¥¦×Ø÷þÞß";
// Letters that Vietnamese never has and VNI puts behind a vowel for its tone, or for ơ, ư, đ.
constexpr std::u32string_view kVniSigns = U"øûïåñöäëüæØÛÏÅÑÖÄËÜÆ";

struct LegacyMarks {
  int tcvn3 = 0;
  int vni = 0;
  bool vietnamese = false;  // letters that only Unicode text has
};

bool IsVietnameseOnly(UChar32 c) {
  return (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 ||
         c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 || (c >= 0x300 && c <= 0x323);
}

LegacyMarks MarksOf(std::string_view utf8) {
  LegacyMarks marks;
  const auto length = static_cast<std::int32_t>(utf8.size());
  bool in_word = false;
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(utf8.data(), i, length, c);
    if (c < 0) continue;
    std::int32_t ahead = i;
    UChar32 next = 0;
    if (ahead < length) U8_NEXT(utf8.data(), ahead, length, next);
    const bool beside_letter = in_word || u_isalpha(next) != 0;
    if (beside_letter && kTcvn3Signs.find(static_cast<char32_t>(c)) != std::u32string_view::npos) {
      ++marks.tcvn3;
    }
    if (beside_letter && kVniSigns.find(static_cast<char32_t>(c)) != std::u32string_view::npos) {
      ++marks.vni;
    }
    marks.vietnamese = marks.vietnamese || IsVietnameseOnly(c);
    in_word = u_isalpha(c) != 0;
  }
  return marks;
}

}  // namespace

Legacy LegacyOf(std::string_view utf8) {
  const LegacyMarks marks = MarksOf(utf8);
  if (marks.vietnamese) return Legacy::kNone;
  if (marks.tcvn3 >= kLegacyMarksMin && marks.tcvn3 >= marks.vni) return Legacy::kTcvn3;
  return marks.vni >= kLegacyMarksMin ? Legacy::kVni : Legacy::kNone;
}

std::string LegacyAdvice(Legacy legacy) {
  const std::string name = legacy == Legacy::kVni ? "VNI" : "TCVN3 (ABC)";
  return "chữ theo bảng mã cũ " + name +
         ", không phải Unicode: chuyển mã sang Unicode (UniKey: Ctrl+Shift+F6) rồi nhập lại / "
         "text in the legacy encoding " +
         name + ", not Unicode: convert it (UniKey: Ctrl+Shift+F6) and import again";
}

absl::StatusOr<std::string> DecodeText(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  if (bytes.starts_with(kUtf16Little)) return FromUtf16(bytes.substr(2), ByteOrder::kLittle);
  if (bytes.starts_with(kUtf16Big)) return FromUtf16(bytes.substr(2), ByteOrder::kBig);
  if (HasZeros(bytes, 1)) return FromUtf16(bytes, ByteOrder::kLittle);
  if (HasZeros(bytes, 0)) return FromUtf16(bytes, ByteOrder::kBig);
  if (IsUtf8(bytes)) return std::string(bytes);
  const Legacy legacy = LegacyOf(FromLatin1(bytes));
  if (legacy != Legacy::kNone) return absl::InvalidArgumentError(LegacyAdvice(legacy));
  return absl::InvalidArgumentError(
      "tệp không phải UTF-8 hay UTF-16: trong Excel chọn Lưu thành \"CSV UTF-8\" rồi nhập lại / "
      "neither UTF-8 nor UTF-16: save it as \"CSV UTF-8\" and import again");
}

}  // namespace nhanrong::cli
