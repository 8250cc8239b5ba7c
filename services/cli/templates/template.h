// Spreadsheet templates as data: which column is which field of a command.
//
// Pure. Adding a template is adding rows to template_table.cc; nothing else knows one by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nhanrong/v1/command.pb.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

enum class ColumnKind {
  // The row's own number, which goes nowhere; "Ví dụ" in it marks an example.
  kSequence,
  kText,
  // Text of several lines.
  kLines,
  // A word of the field's enum.
  kEnum,
  // A BusinessDate, an ISO day, a ReportingPeriod.
  kDate,
  kDay,
  kPeriod,
  // A Quantity, single or one more of a list; its unit may stand in the column behind it.
  kQuantity,
  kQuantityUnit,
  // A unit by code or name, and what it belongs to.
  kUnit,
  kUnitParent,
  // A model or site by id or name.
  kModel,
  kSite,
};

struct TemplateColumn {
  // Field of the submission ("occurred_on", "sources.issuer"), or behind a '.' of its command.
  std::string_view path = {};
  ColumnKind kind = ColumnKind::kText;
  std::string_view vi = {};
  std::string_view en = {};
  std::string_view example = {};
  bool required = false;
  // Part of what makes the row the same row when the rest of it changes.
  bool key = false;
  std::string_view hint_vi = {};
  std::string_view hint_en = {};
  // kEnum: the only values; empty: all.
  std::vector<int> allowed = {};
};

struct Template {
  std::string_view name;
  std::string_view vi;
  std::string_view en;
  // Field of Command, and the field of Fact that it makes: what a correction replaces.
  std::string_view command;
  std::string_view fact;
  // The stream's prefix, and the command's field that names the stream.
  std::string_view stream;
  std::string_view id_field;
  // The row begins the stream: its id is made from the row's key.
  bool begins = false;
  // What a document states about the past: channel MIGRATION, raw_text on figures.
  bool from_document = false;
  std::vector<TemplateColumn> columns = {};
};

const std::vector<Template>& Templates();
// Null: there is none of this name.
const Template* FindTemplate(std::string_view name);

// The column's title for people; required ones end in " *".
std::string HeaderText(const TemplateColumn& column, Language language);
// Words that a cell of a kEnum column may hold, in order of their numbers.
std::vector<std::string> ChoicesOf(const Template& form, const TemplateColumn& column,
                                   Language language);
// What a column wants, in words: kind of value, required or not, hint.
std::string HelpText(const Template& form, const TemplateColumn& column, Language language);

// Title of the column that returned rows carry at their end.
inline constexpr std::string_view kReturnedVi = "Lý do trả lại";
inline constexpr std::string_view kReturnedEn = "Why it came back";
// In the first column: the row is an example.
inline constexpr std::string_view kExampleVi = "Ví dụ";
inline constexpr std::string_view kExampleEn = "Example";

}  // namespace nhanrong::cli
