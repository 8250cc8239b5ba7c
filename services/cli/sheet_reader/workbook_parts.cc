#include "services/cli/sheet_reader/workbook_parts.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "services/base/text.h"
#include "services/cli/sheet_reader/xml.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kFolder = "xl/";

absl::Status Beyond(std::string_view what) {
  return absl::InvalidArgumentError("tệp XLSX quá lớn / XLSX file too large: " + std::string(what));
}

int NumberOf(const XmlAttributes& attributes, std::string_view name, int otherwise) {
  const auto text = attributes.Find(name);
  int number = 0;
  return text && absl::SimpleAtoi(ToAbsl(*text), &number) ? number : otherwise;
}

std::string TextOf(const XmlAttributes& attributes, std::string_view name) {
  return std::string(attributes.Find(name).value_or(""));
}

struct NoText : XmlHandler {
  void Text(std::string_view) override {}
  void End(std::string_view) override {}
};

// xl/workbook.xml: names of the sheets, with the ids of their relations.
struct WorkbookHandler final : NoText {
  struct Named {
    std::string name;
    std::string relation;
    bool hidden;
  };
  std::vector<Named> sheets;
  bool epoch_1904 = false;

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") epoch_1904 = attributes.IsSet("date1904");
    if (name != "sheet") return;
    const auto state = attributes.Find("state");
    sheets.push_back({TextOf(attributes, "name"), TextOf(attributes, "id"),
                      state == "hidden" || state == "veryHidden"});
  }
};

// xl/_rels/workbook.xml.rels: where the related parts lie.
struct RelationsHandler final : NoText {
  std::map<std::string, std::string> targets;

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    std::string target = TextOf(attributes, "Target");
    if (target.starts_with('/')) {
      target.erase(0, 1);
    } else {
      target.insert(0, kFolder);
    }
    targets[TextOf(attributes, "Id")] = std::move(target);
  }
};

// xl/styles.xml: the number format of each cell style.
struct StylesHandler final : NoText {
  std::map<int, NumberFormat> own;
  std::vector<NumberFormat> styles;
  bool in_cell_styles = false;

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      own[NumberOf(attributes, "numFmtId", 0)] =
          ParseNumberFormat(attributes.Find("formatCode").value_or(""));
    } else if (name == "cellXfs") {
      in_cell_styles = true;
    } else if (name == "xf" && in_cell_styles) {
      const int id = NumberOf(attributes, "numFmtId", 0);
      const auto found = own.find(id);
      styles.push_back(found != own.end() ? found->second : BuiltInNumberFormat(id));
    }
  }
  void End(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles = false;
  }
  absl::Status status() const override {
    return styles.size() > kStylesMax ? Beyond("styles") : absl::OkStatus();
  }
};

// xl/sharedStrings.xml: texts in order; runs of one text joined, readings (furigana) left out.
struct SharedTextHandler final : XmlHandler {
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  bool in_text = false;
  int in_reading = 0;

  void Start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") texts.emplace_back();
    if (name == "rPh") ++in_reading;
    in_text = name == "t" && in_reading == 0 && !texts.empty();
  }
  void Text(std::string_view text) override {
    if (!in_text) return;
    texts.back() += text;
    bytes += text.size();
  }
  void End(std::string_view name) override {
    if (name == "rPh") --in_reading;
    if (name == "si") bytes += sizeof(std::string);
    in_text = false;
  }
  absl::Status status() const override {
    return bytes > kSharedTextBytesMax ? Beyond("shared texts") : absl::OkStatus();
  }
};

absl::Status ReadPart(const Package& package, const std::string& part, XmlHandler& handler) {
  XmlReader reader(handler);
  return package.Read(part, [&](std::string_view piece) { return reader.Take(piece); });
}

// A part that a workbook may do without.
absl::Status ReadOptional(const Package& package, const std::string& part, XmlHandler& handler) {
  return package.Has(part) ? ReadPart(package, part, handler) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<WorkbookParts> ReadWorkbookParts(const Package& package) {
  if (!package.Has("xl/workbook.xml")) {
    return absl::InvalidArgumentError(
        "không phải tệp XLSX: mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx / not an XLSX "
        "file: open it in a spreadsheet program and save it as .xlsx");
  }
  WorkbookHandler workbook;
  RelationsHandler relations;
  StylesHandler styles;
  SharedTextHandler texts;
  absl::Status status = ReadPart(package, "xl/workbook.xml", workbook);
  if (status.ok()) status = ReadPart(package, "xl/_rels/workbook.xml.rels", relations);
  if (status.ok()) status = ReadOptional(package, "xl/styles.xml", styles);
  if (status.ok()) status = ReadOptional(package, "xl/sharedStrings.xml", texts);
  if (!status.ok()) return status;
  WorkbookParts parts;
  for (WorkbookHandler::Named& sheet : workbook.sheets) {
    parts.sheets.push_back(
        {std::move(sheet.name), relations.targets[sheet.relation], sheet.hidden});
  }
  parts.shared_texts = std::move(texts.texts);
  parts.styles = std::move(styles.styles);
  parts.epoch_1904 = workbook.epoch_1904;
  return parts;
}

}  // namespace nhanrong::cli
