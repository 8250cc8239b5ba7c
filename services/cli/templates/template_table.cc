#include <algorithm>
#include <utility>

#include "services/cli/templates/template_columns.h"

namespace nhanrong::cli {
namespace {

using K = ColumnKind;

Columns Definition() {
  return Concat({{.path = ".definition.name",
                  .kind = K::kText,
                  .vi = "Tên mô hình",
                  .en = "Model name",
                  .example = "Trồng rau trong nhà màng",
                  .required = true,
                  .key = true},
                 {.path = ".definition.summary",
                  .kind = K::kLines,
                  .vi = "Tóm tắt",
                  .en = "Summary",
                  .example = "Tưới tự động, bán qua hợp tác xã"},
                 {.path = ".definition.level",
                  .kind = K::kEnum,
                  .vi = "Cấp",
                  .en = "Level",
                  .example = "cấp xã",
                  .required = true,
                  .key = true},
                 {.path = ".definition.field",
                  .kind = K::kEnum,
                  .vi = "Lĩnh vực",
                  .en = "Field",
                  .example = "tổ chức sản xuất, nông nghiệp",
                  .required = true},
                 {.path = ".definition.sector_block",
                  .kind = K::kEnum,
                  .vi = "Khối",
                  .en = "Sector block",
                  .example = "khối kinh tế",
                  .required = true}},
                UnitAt(".definition.unit_id", "Nơi thực hiện", "Place"),
                Columns{{.path = ".definition.owner",
                         .kind = K::kText,
                         .vi = "Chủ thể",
                         .en = "Owner",
                         .example = "Hợp tác xã Mẫu",
                         .hint_vi = "Tổ chức; không ghi tên cá nhân",
                         .hint_en = "An organisation, never a person's name"}});
}

Columns Description(bool from_document) {
  TemplateColumn origin = {.path = ".description.origin.kind",
                           .kind = K::kEnum,
                           .vi = "Nguồn gốc",
                           .en = "Origin",
                           .example = "nhân rộng",
                           .required = true};
  if (!from_document) {
    origin.allowed = {v1::SiteOrigin::KIND_ORIGINAL, v1::SiteOrigin::KIND_REPLICATION};
  }
  return Concat({{.path = ".description.name",
                  .kind = K::kText,
                  .vi = "Tên điểm",
                  .en = "Site name",
                  .example = "Nhà màng số 1",
                  .required = true,
                  .key = true},
                 {.path = ".description.model_id",
                  .kind = K::kModel,
                  .vi = "Mô hình",
                  .en = "Model",
                  .example = "Trồng rau trong nhà màng",
                  .required = true,
                  .key = true,
                  .hint_vi = "Mã hoặc tên mô hình đã ghi sổ",
                  .hint_en = "Id or name of a recorded model"}},
                UnitAt(".description.unit_id", "Nơi đặt điểm", "Place"),
                Columns{origin,
                        {.path = ".description.origin.from_site_id",
                         .kind = K::kSite,
                         .vi = "Nhân rộng từ điểm",
                         .en = "Copied from site",
                         .hint_vi = "Mã hoặc tên điểm đã ghi sổ",
                         .hint_en = "Id or name of a recorded site"}});
}

Columns CountedFigure() {
  return Concat(
      {{.path = ".figure.subject",
        .kind = K::kEnum,
        .vi = "Đếm cái gì",
        .en = "What is counted",
        .example = "mô hình",
        .required = true,
        .key = true}},
      UnitAt(".figure.unit_id", "Địa bàn", "Place"),
      Columns{
          {.path = ".figure.level", .kind = K::kEnum, .vi = "Cấp", .en = "Level", .key = true},
          {.path = ".figure.field", .kind = K::kEnum, .vi = "Lĩnh vực", .en = "Field", .key = true},
          {.path = ".figure.sector_block",
           .kind = K::kEnum,
           .vi = "Khối",
           .en = "Sector block",
           .key = true},
          {.path = ".figure.quantity",
           .kind = K::kQuantity,
           .vi = "Số lượng",
           .en = "Figure",
           .example = "hơn 141 mô hình",
           .required = true,
           .hint_vi = "Như nguồn in: hơn 141 mô hình; khoảng 20 mô hình",
           .hint_en = "As printed: hơn 141 mô hình; khoảng 20 mô hình"},
          {.path = ".figure.quantity",
           .kind = K::kQuantityUnit,
           .vi = "Đơn vị tính",
           .en = "Unit of figure",
           .hint_vi = "Bỏ trống khi đã ghi cùng số",
           .hint_en = "Empty when it stands with the number"}});
}

TemplateColumn ModelStatus() {
  return {.path = ".stated_status",
          .kind = K::kEnum,
          .vi = "Trạng thái theo văn bản",
          .en = "Stated status",
          .example = "đang áp dụng",
          .required = true,
          .allowed = {v1::MODEL_STATUS_PILOTING, v1::MODEL_STATUS_ACTIVE, v1::MODEL_STATUS_CLOSED}};
}

TemplateColumn SiteStatus() {
  return {.path = ".stated_status",
          .kind = K::kEnum,
          .vi = "Trạng thái theo văn bản",
          .en = "Stated status",
          .example = "đang hoạt động",
          .required = true};
}

Template ModelRegistrationForm() {
  return {.name = "model-registration",
          .vi = "Đăng ký mô hình",
          .en = "Registration of models",
          .command = "register_model",
          .fact = "model_registered",
          .stream = "model",
          .id_field = "model_id",
          .begins = true,
          .columns = Concat(Numbered(), Definition(), Dated("Ngày đăng ký", "Registered on"),
                            SourceOf(false), Closing())};
}

Template ModelFromDocumentForm() {
  return {.name = "model-from-document",
          .vi = "Mô hình theo văn bản",
          .en = "Models from documents",
          .command = "record_model_from_document",
          .fact = "model_recorded_from_document",
          .stream = "model",
          .id_field = "model_id",
          .begins = true,
          .from_document = true,
          .columns = Concat(Numbered(), Definition(), Columns{ModelStatus()},
                            Dated("Thời điểm theo văn bản", "Since, as stated"),
                            WithoutKeys(SourceOf(true)), Closing())};
}

Template SiteStartForm() {
  return {.name = "site-start",
          .vi = "Khởi động điểm mô hình",
          .en = "Start of sites",
          .command = "start_site",
          .fact = "site_started",
          .stream = "site",
          .id_field = "site_id",
          .begins = true,
          .columns = Concat(Numbered(), Description(false), Dated("Ngày khởi động", "Started on"),
                            SourceOf(false), Closing())};
}

Template SiteFromDocumentForm() {
  return {.name = "site-from-document",
          .vi = "Điểm mô hình theo văn bản",
          .en = "Sites from documents",
          .command = "record_site_from_document",
          .fact = "site_recorded_from_document",
          .stream = "site",
          .id_field = "site_id",
          .begins = true,
          .from_document = true,
          .columns = Concat(Numbered(), Description(true), Columns{SiteStatus()},
                            Dated("Thời điểm theo văn bản", "Since, as stated"),
                            WithoutKeys(SourceOf(true)), Closing())};
}

Template ProgressReportForm() {
  return {.name = "progress-report",
          .vi = "Báo cáo tiến độ mô hình",
          .en = "Progress of models",
          .command = "report_progress",
          .fact = "model_progress_reported",
          .stream = "model",
          .id_field = "model_id",
          .columns = Concat(Numbered(),
                            Columns{{.path = ".model_id",
                                     .kind = K::kModel,
                                     .vi = "Mô hình",
                                     .en = "Model",
                                     .example = "Trồng rau trong nhà màng",
                                     .required = true,
                                     .key = true},
                                    {.path = ".narrative",
                                     .kind = K::kLines,
                                     .vi = "Nội dung báo cáo",
                                     .en = "Narrative",
                                     .example = "Đã thu hoạch vụ đầu",
                                     .required = true}},
                            Figures(".figures", false), Dated("Ngày báo cáo", "Reported on", true),
                            PeriodAt(false), SourceOf(false), Closing())};
}

Template SiteOutputForm() {
  return {.name = "site-output",
          .vi = "Kết quả điểm mô hình",
          .en = "Outputs of sites",
          .command = "record_site_output",
          .fact = "site_output_reported",
          .stream = "site",
          .id_field = "site_id",
          .columns =
              Concat(Numbered(),
                     Columns{{.path = ".site_id",
                              .kind = K::kSite,
                              .vi = "Điểm mô hình",
                              .en = "Site",
                              .example = "Nhà màng số 1",
                              .required = true,
                              .key = true}},
                     Figures(".outputs", true),
                     Columns{{.path = ".note", .kind = K::kLines, .vi = "Ghi chú", .en = "Note"}},
                     Dated("Ngày của kết quả", "Measured on", true), PeriodAt(false),
                     SourceOf(false), Closing())};
}

Template CountedFigureForm() {
  return {
      .name = "counted-figure",
      .vi = "Số liệu trong văn bản",
      .en = "Figures of documents",
      .command = "record_counted_figure",
      .fact = "counted_figure_recorded",
      .stream = "figure",
      .id_field = "figure_id",
      .begins = true,
      .from_document = true,
      .columns = Concat(Numbered(), CountedFigure(), PeriodAt(true),
                        Dated("Thời điểm của số liệu", "Figure of"), SourceOf(true), Closing())};
}

}  // namespace

const std::vector<Template>& Templates() {
  static const std::vector<Template> kTemplates = {
      ModelRegistrationForm(), ModelFromDocumentForm(), SiteStartForm(),    SiteFromDocumentForm(),
      ProgressReportForm(),    SiteOutputForm(),        CountedFigureForm()};
  return kTemplates;
}

const Template* FindTemplate(std::string_view name) {
  const std::vector<Template>& all = Templates();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Template& form) { return form.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace nhanrong::cli
