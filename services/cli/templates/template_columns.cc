#include "services/cli/templates/template_columns.h"

namespace nhanrong::cli {
namespace {

using K = ColumnKind;

}  // namespace

Columns Numbered() { return {{.path = "", .kind = K::kSequence, .vi = "STT", .en = "No."}}; }

Columns Dated(std::string_view vi, std::string_view en, bool key) {
  return {{.path = "occurred_on",
           .kind = K::kDate,
           .vi = vi,
           .en = en,
           .example = "05/05/2021",
           .required = true,
           .key = key}};
}

Columns UnitAt(std::string_view path, std::string_view vi, std::string_view en, bool key) {
  return {{.path = path,
           .kind = K::kUnit,
           .vi = vi,
           .en = en,
           .example = "Xã Mẫu",
           .required = true,
           .key = key,
           .hint_vi = "Mã số hoặc tên đơn vị hành chính vào ngày của dòng",
           .hint_en = "Official code or name of the unit on the day of the row"},
          {.path = path,
           .kind = K::kUnitParent,
           .vi = "Thuộc huyện, tỉnh",
           .en = "Within",
           .example = "Tỉnh Mẫu",
           .hint_vi = "Để phân biệt các đơn vị cùng tên",
           .hint_en = "Tells units of one name apart"}};
}

Columns SourceOf(bool required) {
  return {{.path = "sources.number",
           .kind = K::kText,
           .vi = "Số, ký hiệu văn bản",
           .en = "Document number",
           .example = "12/KH-UBND"},
          {.path = "sources.kind",
           .kind = K::kText,
           .vi = "Loại văn bản",
           .en = "Document kind",
           .example = "Kế hoạch",
           .required = required},
          {.path = "sources.issued_on",
           .kind = K::kDay,
           .vi = "Ngày văn bản",
           .en = "Document date",
           .example = "05/05/2021",
           .required = required,
           .key = required},
          {.path = "sources.issuer",
           .kind = K::kText,
           .vi = "Cơ quan ban hành",
           .en = "Issuer",
           .example = "UBND xã Mẫu",
           .required = required,
           .key = required},
          {.path = "sources.summary",
           .kind = K::kText,
           .vi = "Trích yếu",
           .en = "Summary of document",
           .example = "Kế hoạch nhân rộng mô hình",
           .required = required,
           .key = required}};
}

// Models and sites may be told of by several documents and are the same all the same.
Columns WithoutKeys(Columns columns) {
  for (TemplateColumn& column : columns) column.key = false;
  return columns;
}

Columns Closing() {
  return {{.path = "classification",
           .kind = K::kEnum,
           .vi = "Phạm vi công bố",
           .en = "Classification",
           .allowed = {v1::CLASSIFICATION_PUBLIC, v1::CLASSIFICATION_INTERNAL}},
          {.path = "reason",
           .kind = K::kLines,
           .vi = "Lý do (đính chính, ghi muộn)",
           .en = "Reason (correction, late entry)",
           .hint_vi = "Bắt buộc khi sửa dòng đã được ghi sổ, hoặc khi ghi muộn quá 30 ngày",
           .hint_en = "Required to change a recorded row, or for what is more than 30 days late"}};
}

// Three figures: number and unit each.
Columns Figures(std::string_view path, bool first_required) {
  constexpr std::string_view kTitles[][4] = {
      {"Số liệu 1", "Figure 1", "Đơn vị tính 1", "Unit of figure 1"},
      {"Số liệu 2", "Figure 2", "Đơn vị tính 2", "Unit of figure 2"},
      {"Số liệu 3", "Figure 3", "Đơn vị tính 3", "Unit of figure 3"}};
  Columns columns;
  for (const auto& title : kTitles) {
    const bool first = columns.empty();
    columns.push_back({.path = path,
                       .kind = K::kQuantity,
                       .vi = title[0],
                       .en = title[1],
                       .example = first ? "30.996 công" : "",
                       .required = first && first_required,
                       .hint_vi = "Ví dụ: 4.945 triệu đồng; 255.142m2; hơn 141 mô hình",
                       .hint_en = "E.g. 4.945 triệu đồng; 255.142m2; hơn 141 mô hình"});
    columns.push_back({.path = path,
                       .kind = K::kQuantityUnit,
                       .vi = title[2],
                       .en = title[3],
                       .hint_vi = "Bỏ trống khi đã ghi cùng số",
                       .hint_en = "Empty when it stands with the number"});
  }
  return columns;
}

Columns PeriodAt(bool required) {
  return {{.path = "period",
           .kind = K::kPeriod,
           .vi = "Kỳ báo cáo",
           .en = "Period",
           .example = "tháng 4/2021",
           .required = required,
           .key = required,
           .hint_vi = "tháng 4/2021; quý I/2021; 2021; 2016-2020; từ 1/1/2019 đến 5/5/2021; tháng "
                      "4/2021 (NĐ 09)",
           .hint_en = "tháng 4/2021; quý I/2021; 2021; 2016-2020; từ 1/1/2019 đến 5/5/2021"}};
}

}  // namespace nhanrong::cli
