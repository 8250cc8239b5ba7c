// How files begin: headers, contracts and scripts each tell first what they are.
#include <string>

#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

Findings CheckHeaders(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsHeader(path)) continue;
    if (!text.starts_with("// ")) {
      findings.push_back({path, 1, "a header begins with a comment: what it is, in one sentence"});
    }
    if (!Contains(text, "\n#pragma once\n")) {
      findings.push_back({path, 1, "no #pragma once"});
    }
  }
  return findings;
}

// Contracts that others wrote.
const std::vector<Exemption>& ForeignContracts() {
  static const std::vector<Exemption> kForeign = {
      {"proto/google", "copied as it is, so that clients find the types they know"},
  };
  return kForeign;
}

// "message Submit {" -> "Submit"; empty if the line begins no declaration at the top level.
std::string_view DeclaredInProto(std::string_view line) {
  if (!ConsumePrefix(line, "message ") && !ConsumePrefix(line, "enum ") &&
      !ConsumePrefix(line, "service ")) {
    return {};
  }
  return line.substr(0, line.find_first_of(" {"));
}

// A request and its response are told at their rpc; a service in the header of its file.
bool IsToldElsewhere(std::string_view line, std::string_view name) {
  return name.ends_with("Request") || name.ends_with("Response") || line.starts_with("service ");
}

Findings CheckProtos(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!path.ends_with(".proto") || IsExempt(ForeignContracts(), path)) continue;
    if (!text.starts_with("// ")) {
      findings.push_back(
          {path, 1, "a contract begins with a comment: what it is, in one sentence"});
    }
    std::string_view before;
    int line_number = 0;
    for (const std::string_view line : LinesOf(text)) {
      ++line_number;
      const std::string_view name = DeclaredInProto(line);
      if (!name.empty() && !IsToldElsewhere(line, name) && !before.starts_with("//")) {
        findings.push_back({path, line_number, Concat(name, " has no comment")});
      }
      before = line;
    }
  }
  return findings;
}

// The first line that is neither empty nor a comment.
std::string_view FirstCommand(std::string_view text) {
  for (const std::string_view line : LinesOf(text)) {
    if (!line.empty() && line[0] != '#') return line;
  }
  return {};
}

Findings CheckScripts(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!text.starts_with("#!") && !path.ends_with(".sh")) continue;
    if (!text.starts_with("#!/usr/bin/env bash\n# ")) {
      findings.push_back(
          {path, 1, "a script begins with #!/usr/bin/env bash and a comment: what it does"});
    }
    if (FirstCommand(text) != "set -euo pipefail") {
      findings.push_back({path, 1, "a script's first command is set -euo pipefail"});
    }
  }
  return findings;
}

}  // namespace

std::vector<Rule> FileFormRules() {
  return {
      {"HeadersTellWhatTheyAre", CheckHeaders, {{"a.h", "#pragma once\n"}}},
      {"ContractsTellWhatTheyAre", CheckProtos, {{"a.proto", "// A.\n\nmessage Fact {\n"}}},
      {"ScriptsStopAtTheFirstFailure",
       CheckScripts,
       {{"run", "#!/usr/bin/env bash\n# Runs.\ncd x\n"}}},
  };
}

}  // namespace nhanrong::tidy
