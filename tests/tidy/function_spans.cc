#include "tests/tidy/function_spans.h"
#include "tests/tidy/text.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace nhanrong::tidy {
namespace {

// Walks over the text once and blanks out what is not code.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), bare_(text) {}

  std::string Run() && {
    while (at_ < text_.size()) {
      Step();
    }
    return std::move(bare_);
  }

 private:
  bool Sees(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  char Before() const { return at_ == 0 ? '\n' : text_[at_ - 1]; }

  void Step() {
    if (Sees("//")) {
      BlankUntil(text_.find('\n', at_));
    } else if (Sees("/*")) {
      BlankUntilAfter(text_.find("*/", at_ + 2), 2);
    } else if (Sees("R\"")) {
      BlankRawString();
    } else if (text_[at_] == '"' || (text_[at_] == '\'' && !IsHexDigit(Before()))) {
      BlankLiteral();
    } else if (text_[at_] == '#' && OnlySpaceBeforeOnLine()) {
      BlankDirective();
    } else {
      ++at_;
    }
  }

  bool OnlySpaceBeforeOnLine() const {
    const std::size_t line = text_.rfind('\n', at_);
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    return Strip(text_.substr(begin, at_ - begin)).empty();
  }

  void BlankRawString() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return BlankUntil(text_.size());
    const std::string close = Concat(")", text_.substr(at_ + 2, open - at_ - 2), "\"");
    BlankUntilAfter(text_.find(close, open), close.size());
  }

  void BlankLiteral() {
    const char quote = text_[at_];
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    BlankUntilAfter(end, 1);
  }

  void BlankDirective() {
    std::size_t end = text_.find('\n', at_);
    while (end != std::string_view::npos && text_[end - 1] == '\\') {
      end = text_.find('\n', end + 1);
    }
    BlankUntil(end);
  }

  void BlankUntilAfter(std::size_t end, std::size_t size) {
    BlankUntil(end == std::string_view::npos ? end : end + size);
  }

  void BlankUntil(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) {
      if (text_[at_] != '\n') bare_[at_] = ' ';
    }
  }

  std::string_view text_;
  std::string bare_;
  std::size_t at_ = 0;
};

// "template <typename T = int> void F(" -> " void F(".
std::string_view WithoutTemplate(std::string_view head) {
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (std::size_t at = 0; at < head.size(); ++at) {
    depth += head[at] == '<' ? 1 : 0;
    if (head[at] == '>' && --depth == 0) return Strip(head.substr(at + 1));
  }
  return head;
}

// Whether the words before a '{' begin a function.
bool IsFunctionHead(std::string_view head) {
  head = WithoutTemplate(head);
  constexpr std::string_view kOthers[] = {"namespace", "class ", "struct ",
                                          "enum ",     "union ", "extern"};
  const bool other = std::any_of(std::begin(kOthers), std::end(kOthers),
                                 [&](std::string_view word) { return head.starts_with(word); });
  const std::size_t paren = head.find('(');
  if (other || paren == std::string_view::npos) return false;
  // "auto f = [](": an initialiser.
  const std::string_view name = head.substr(0, paren);
  return Contains(name, "operator") || !Contains(name, "=");
}

class SpanFinder {
 public:
  std::vector<FunctionSpan> Run(std::string_view code) && {
    char before = '\n';
    for (const char c : code) {
      Take(c, before);
      line_ += c == '\n' ? 1 : 0;
      before = c;
    }
    return std::move(spans_);
  }

 private:
  struct Scope {
    bool block;
    bool function;
    int first_line;
  };

  bool InFunction() const {
    return std::any_of(scopes_.begin(), scopes_.end(), [](const Scope& s) { return s.function; });
  }

  void Take(char c, char before) {
    if (c == '{') {
      Open(IsSpace(before) && parens_ == 0);
    } else if (c == '}') {
      Close();
    } else if (!InFunction()) {
      TakeHead(c);
    }
  }

  void TakeHead(char c) {
    parens_ += c == '(' ? 1 : 0;
    parens_ -= c == ')' ? 1 : 0;
    if (c == ';' && parens_ == 0) return head_.clear();
    if (head_.empty() && IsSpace(c)) return;
    if (head_.empty()) head_line_ = line_;
    head_ += c;
    if (head_ == "public:" || head_ == "protected:" || head_ == "private:") head_.clear();
  }

  void Open(bool block) {
    const bool function = block && !InFunction() && IsFunctionHead(head_);
    scopes_.push_back({block, function, head_line_});
    if (block) head_.clear();
  }

  void Close() {
    if (scopes_.empty()) return;
    const Scope scope = scopes_.back();
    scopes_.pop_back();
    if (scope.function) spans_.push_back({scope.first_line, line_});
    if (scope.block) head_.clear();
  }

  std::vector<FunctionSpan> spans_;
  std::vector<Scope> scopes_;
  std::string head_;
  int head_line_ = 1;
  int parens_ = 0;
  int line_ = 1;
};

}  // namespace

std::string BareCode(std::string_view text) { return Blanker(text).Run(); }

std::vector<FunctionSpan> FunctionSpansOf(std::string_view text) {
  return SpanFinder().Run(BareCode(text));
}

}  // namespace nhanrong::tidy
