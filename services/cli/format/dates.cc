#include <array>
#include <cctype>
#include <string>

#include "services/base/clock.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {
namespace {

constexpr std::array<std::string_view, 4> kRomanQuarters = {"I", "II", "III", "IV"};
constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

// "dddd-dd-dd" and the like: 'd' a digit, anything else itself.
bool HasForm(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  return true;
}

// REQUIRES: `text` has the form "dddd-dd", month 1..12 checked here.
std::string MonthText(const std::string& text, Language language) {
  const std::size_t month = std::stoul(text.substr(5));
  if (month < 1 || month > kMonths.size()) return text;
  const std::string year = text.substr(0, 4);
  if (language == Language::kEnglish) return std::string(kMonths[month - 1]) + " " + year;
  return "tháng " + std::to_string(month) + "/" + year;
}

std::string QuarterText(const std::string& text, Language language) {
  const std::size_t quarter = static_cast<std::size_t>(text[6] - '0');
  if (quarter < 1 || quarter > kRomanQuarters.size()) return text;
  const std::string year = text.substr(0, 4);
  if (language == Language::kEnglish) return "Q" + std::to_string(quarter) + " " + year;
  return "quý " + std::string(kRomanQuarters[quarter - 1]) + "/" + year;
}

}  // namespace

std::string IsoDateText(std::string_view iso, Language language) {
  std::string text(iso);
  if (language == Language::kEnglish || !HasForm(text, "dddd-dd-dd")) return text;
  return text.substr(8) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

std::string DateText(const v1::BusinessDate& date, Language language) {
  const std::string& text = date.value();
  const bool vi = language == Language::kVietnamese;
  if (HasForm(text, "dddd-dd-dd")) return IsoDateText(text, language);
  if (HasForm(text, "dddd-dd")) return MonthText(text, language);
  if (HasForm(text, "dddd-Qd")) return QuarterText(text, language);
  if (HasForm(text, "dddd")) return (vi ? "năm " : "") + text;
  if (HasForm(text, "dddd/dddd")) {
    return (vi ? "giai đoạn " : "") + text.substr(0, 4) + "–" + text.substr(5);
  }
  if (HasForm(text, "--dd-dd") && vi) return text.substr(5) + "/" + text.substr(2, 2);
  return text;
}

std::string TimeText(absl::Time time, Language language) {
  return absl::FormatTime(
      language == Language::kVietnamese ? "%d/%m/%Y %H:%M:%S" : "%Y-%m-%d %H:%M:%S", time,
      VietnamTimeZone());
}

}  // namespace nhanrong::cli
