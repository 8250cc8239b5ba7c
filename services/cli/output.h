// Gives an answer in the form that was asked for, to standard output or to --output-file.
//
// A file stands whole under its name or not at all. Notes of a CSV go to standard error.
#pragma once

#include <memory>
#include <string>

#include "services/cli/answers.h"
#include "services/cli/client/json.h"
#include "services/cli/program.h"
#include "services/cli/sheet/sheet_sink.h"

namespace nhanrong::cli {

absl::Status PrintText(const Session& session, const std::string& text);
// REQUIRES: the session's form is CSV or XLSX.
absl::StatusOr<std::unique_ptr<SheetSink>> OpenSheetSink(const Session& session);
// REQUIRES: the session's form is not JSON.
absl::Status PrintReport(const Session& session, const Report& report);

template <typename Answer>
int PrintAnswer(const Session& session, const Answer& answer) {
  const absl::Status printed = session.json
                                   ? PrintText(session, Json(answer) + "\n")
                                   : PrintReport(session, AnswerReport(answer, session.language));
  return printed.ok() ? 0 : Fail(printed);
}

}  // namespace nhanrong::cli
