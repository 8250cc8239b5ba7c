// `nhanrong submit --stream`: lines in, outcomes out, on one stream that is opened again when it
// breaks.
#pragma once

#include <string>

#include "services/cli/import/lines.h"
#include "services/cli/senders.h"

namespace nhanrong::cli {

// Sends, run after run of one sender, the lines of `file` ("-": standard input, as they come) and
// prints the outcome of each, in their order: JSON is a StreamOutcome whose sequence is the number
// of the line. The exit code: of the worst line, or of what stopped the run.
int SubmitLines(Senders& senders, const Session& session, const std::string& file,
                const ImportDefaults& defaults);

// "dòng 12: nhận, vị trí 41, 6f1c…", one line.
std::string OutcomeLine(const v1::StreamOutcome& outcome, Language language);

}  // namespace nhanrong::cli
