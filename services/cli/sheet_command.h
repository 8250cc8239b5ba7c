// `nhanrong import` of spreadsheets: templates, and files that officials have filled in.
#pragma once

#include <string>
#include <vector>

#include "services/cli/program.h"
#include "services/cli/sheet_import.h"

namespace nhanrong::cli {

struct SheetArguments {
  std::string form;
  std::string sheet;
  std::string numbers;
  bool list_templates = false;
  bool retry_refused = false;
  bool check = false;
  // A form of the answer, or with --template alone the file to make.
  std::string output;
};

int ListTemplates(Language language);
// Makes an empty template: `arguments.output`, or NAME.xlsx here.
int MakeTemplate(const SheetArguments& arguments, Language language);
// Imports the files one after another; the exit code is the highest one.
int ImportSheets(const CommonFlags& flags, const std::vector<std::string>& files,
                 const std::string& ledger, const SheetArguments& arguments,
                 const ImportOptions& options);

}  // namespace nhanrong::cli
