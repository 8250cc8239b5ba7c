#include "services/cli/sheet_reader/number_format.h"

#include <cctype>

namespace nhanrong::cli {
namespace {

// Walks over a format code and keeps what it shows.
class CodeWalk {
 public:
  explicit CodeWalk(std::string_view code) : rest_(code.substr(0, SectionEnd(code))) {}

  NumberFormat Run() {
    while (!rest_.empty()) Step();
    made_.date = made_.shows_day || made_.shows_month || made_.shows_year || time_;
    // Minutes are written like months: "hh:mm" shows none.
    if (made_.date && !made_.shows_day && !made_.shows_year && time_) made_.shows_month = false;
    return made_;
  }

 private:
  static std::size_t SectionEnd(std::string_view code) {
    bool quoted = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
      if (code[i] == '"') quoted = !quoted;
      if (code[i] == '\\')
        ++i;
      else if (code[i] == ';' && !quoted)
        return i;
    }
    return code.size();
  }

  void Step() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    switch (c) {
      case '"':
        return Quoted();
      case '[':
        return Bracketed();
      case '\\':
        return Literal(Take(1));
      case '_':  // as wide as the next character
      case '*':  // filled up with the next character
        Take(1);
        return;
      default:
        return Plain(c);
    }
  }

  void Plain(char c) {
    switch (std::tolower(static_cast<unsigned char>(c))) {
      case '0':
      case '#':
      case '?':
        figure_ = true;
        return;
      case 'd':
        made_.shows_day = true;
        return;
      case 'm':
        made_.shows_month = true;
        return;
      case 'y':
        made_.shows_year = true;
        return;
      case 'h':
      case 's':
        time_ = true;
        return;
      case '%':
        made_.percent = true;
        return;
      case 'g':  // General
        figure_ = true;
        if (rest_.size() >= 6) Take(6);
        return;
      case 'e':  // 0.00E+00
        if (rest_.starts_with('+') || rest_.starts_with('-')) Take(1);
        return;
      case '.':
      case ',':
      case '@':
        return;
      default:
        // Other letters (the marks of Unicode text among them) show themselves.
        return Literal(std::string_view(&c, 1));
    }
  }

  void Quoted() {
    const std::size_t end = rest_.find('"');
    Literal(Take(end == std::string_view::npos ? rest_.size() : end));
    Take(1);
  }

  // "[$₫-42A]" is a currency; "[Red]", "[h]", "[>100]" show nothing of their own but hours.
  void Bracketed() {
    const std::size_t end = rest_.find(']');
    const std::string_view inner = Take(end == std::string_view::npos ? rest_.size() : end);
    Take(1);
    if (inner.starts_with('$')) return Literal(inner.substr(1, inner.find('-') - 1));
    if (inner == "h" || inner == "hh" || inner == "mm" || inner == "ss") time_ = true;
  }

  void Literal(std::string_view text) { (figure_ ? made_.after : made_.before) += text; }

  std::string_view Take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest_;
  NumberFormat made_;
  bool figure_ = false;
  bool time_ = false;
};

}  // namespace

NumberFormat ParseNumberFormat(std::string_view code) {
  NumberFormat format = CodeWalk(code).Run();
  if (format.date) {
    // "tháng" m/yyyy: the words of a date are not needed.
    format.before.clear();
    format.after.clear();
  }
  return format;
}

NumberFormat BuiltInNumberFormat(int id) {
  const bool local_date = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  if (id == 14 || local_date) return ParseNumberFormat("dd/mm/yyyy");
  switch (id) {
    case 15:
      return ParseNumberFormat("d-mmm-yy");
    case 16:
      return ParseNumberFormat("d-mmm");
    case 17:
      return ParseNumberFormat("mmm-yy");
    case 22:
      return ParseNumberFormat("m/d/yy h:mm");
    case 9:
    case 10:
      return ParseNumberFormat("0.00%");
    case 18:
    case 19:
    case 20:
    case 21:
    case 45:
    case 46:
    case 47:
      return ParseNumberFormat("h:mm:ss");
    default:
      return {};
  }
}

}  // namespace nhanrong::cli
