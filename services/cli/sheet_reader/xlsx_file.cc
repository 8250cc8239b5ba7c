#include <algorithm>

#include "services/cli/sheet_reader/raw_file_forms.h"
#include "services/cli/sheet_reader/worksheet.h"

namespace nhanrong::cli {
namespace {

class XlsxFile final : public RawFile {
 public:
  XlsxFile(std::unique_ptr<Package> package, WorkbookParts parts)
      : package_(std::move(package)), parts_(std::move(parts)) {
    // What a person does not see is not what he sends.
    std::erase_if(parts_.sheets, [](const SheetPart& sheet) { return sheet.hidden; });
  }

  FileForm form() const override { return FileForm::kXlsx; }
  std::vector<std::string> sheets() const override {
    std::vector<std::string> names;
    for (const SheetPart& sheet : parts_.sheets) names.push_back(sheet.name);
    return names;
  }
  absl::StatusOr<std::unique_ptr<RawSheet>> Open(std::size_t sheet) override {
    return OpenWorksheet(*package_, parts_, parts_.sheets.at(sheet));
  }

 private:
  std::unique_ptr<Package> package_;
  WorkbookParts parts_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RawFile>> OpenXlsx(const std::string& path) {
  auto package = Package::Open(path);
  if (!package.ok()) return package.status();
  auto parts = ReadWorkbookParts(**package);
  if (!parts.ok()) return parts.status();
  return std::unique_ptr<RawFile>(
      std::make_unique<XlsxFile>(*std::move(package), *std::move(parts)));
}

}  // namespace nhanrong::cli
