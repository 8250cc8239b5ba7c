#include "tests/tidy/rule.h"

#include "tests/tidy/text.h"

namespace nhanrong::tidy {

bool IsExempt(const std::vector<Exemption>& exemptions, std::string_view path) {
  for (const Exemption& exemption : exemptions) {
    if (path == exemption.path || IsBelow(path, exemption.path)) {
      return true;
    }
  }
  return false;
}

std::string Text(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += Concat(finding.path, ":", finding.line, ": ", finding.what, "\n");
  }
  return text;
}

std::vector<Rule> AllRules() {
  std::vector<Rule> all;
  for (const auto& list : {DirectionRules(), VendorRules(), SizeRules(), FolderRules(),
                           BuildRules(), WordRules(), FileFormRules()}) {
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

}  // namespace nhanrong::tidy
