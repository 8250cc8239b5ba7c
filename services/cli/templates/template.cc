#include "services/cli/templates/template.h"

#include <algorithm>

#include "services/cli/templates/field_path.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

std::string_view KindText(ColumnKind kind, Language language) {
  switch (kind) {
    case ColumnKind::kSequence:
      return Pick(language, "số thứ tự", "number of the row");
    case ColumnKind::kText:
      return Pick(language, "văn bản", "text");
    case ColumnKind::kLines:
      return Pick(language, "văn bản, nhiều dòng được", "text, of several lines");
    case ColumnKind::kEnum:
      return Pick(language, "chọn trong danh sách", "one of the list");
    case ColumnKind::kDate:
      return Pick(language, "ngày: 05/05/2021; tháng 4/2021; quý I/2021; 2021",
                  "date: 05/05/2021; tháng 4/2021; quý I/2021; 2021");
    case ColumnKind::kDay:
      return Pick(language, "ngày: 05/05/2021", "day: 05/05/2021");
    case ColumnKind::kPeriod:
      return Pick(language, "kỳ", "period");
    case ColumnKind::kQuantity:
      return Pick(language, "số kèm đơn vị", "number with unit");
    case ColumnKind::kQuantityUnit:
      return Pick(language, "đơn vị tính", "unit of measure");
    case ColumnKind::kUnit:
      return Pick(language, "đơn vị hành chính", "administrative unit");
    case ColumnKind::kUnitParent:
      return Pick(language, "đơn vị cấp trên", "unit above");
    case ColumnKind::kModel:
      return Pick(language, "mô hình", "model");
    case ColumnKind::kSite:
      return Pick(language, "điểm mô hình", "site");
  }
  return "";
}

}  // namespace

std::string HeaderText(const TemplateColumn& column, Language language) {
  return std::string(Pick(language, column.vi, column.en)) + (column.required ? " *" : "");
}

std::vector<std::string> ChoicesOf(const Template& form, const TemplateColumn& column,
                                   Language language) {
  std::vector<std::string> choices;
  if (column.kind != ColumnKind::kEnum) return choices;
  const google::protobuf::EnumDescriptor& type = *FieldOf(FullPath(form, column))->enum_type();
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    const bool allowed =
        column.allowed.empty() ||
        std::find(column.allowed.begin(), column.allowed.end(), number) != column.allowed.end();
    if (number != 0 && allowed) choices.push_back(WordOf(type, number, language));
  }
  return choices;
}

std::string HelpText(const Template& form, const TemplateColumn& column, Language language) {
  std::string text(column.required ? Pick(language, "Bắt buộc; ", "Required; ") : "");
  text += KindText(column.kind, language);
  std::string_view before = ": ";
  for (const std::string& choice : ChoicesOf(form, column, language)) {
    text += std::string(before) + choice;
    before = "; ";
  }
  const std::string_view hint = Pick(language, column.hint_vi, column.hint_en);
  if (!hint.empty()) text += ". " + std::string(hint);
  return text;
}

}  // namespace nhanrong::cli
