#include "services/cli/answers.h"

#include <vector>

#include "services/cli/answer_columns.h"
#include "services/cli/answers_life.h"
#include "services/cli/arguments.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

std::string OriginText(bool from_document, Language language) {
  return std::string(from_document ? Pick(language, "theo văn bản", "from a document")
                                   : Pick(language, "đăng ký", "registered"));
}

std::string TotalLine(std::string_view vi, std::string_view en, std::uint64_t count,
                      Language language) {
  return std::string(Pick(language, vi, en)) +
         NumberText(static_cast<std::int64_t>(count), language);
}

// One quantity stays a number.
Cell QuantitiesCell(const google::protobuf::RepeatedPtrField<v1::Quantity>& quantities,
                    Language language) {
  if (quantities.size() == 1) return quantities[0];
  std::string text;
  for (const v1::Quantity& quantity : quantities) {
    text += (text.empty() ? "" : "; ") + QuantityText(quantity, language);
  }
  return text;
}

std::string LedgerText(const v1::LedgerPosition& at, Language language) {
  return std::string(Pick(language, "Dữ liệu đến ", "Data up to ")) +
         TimeText(FromProto(at.recorded_at()), language) +
         std::string(Pick(language, " (sổ ", " (ledger ")) + at.ledger() +
         std::string(Pick(language, ", vị trí ", ", position ")) + std::to_string(at.position()) +
         std::string(Pick(language, ", trễ ", ", behind by ")) + std::to_string(at.lag_commits()) +
         ")";
}

Sheet TimelineSheet(const v1::GetModelResponse& answer, Language language) {
  Sheet sheet = {std::string(Pick(language, "Diễn biến", "Timeline")),
                 {Right(language, "Vị trí", "Position"), Left(language, "Ghi lúc", "Recorded"),
                  Left(language, "Xảy ra", "Occurred"), Left(language, "Sự kiện", "Event"),
                  Left(language, "Cơ quan", "Agency"), Left(language, "Ghi chú", "Note")}};
  for (const v1::TimelineEntry& entry : answer.timeline()) {
    std::string note = ActingForText(entry.acting_for(), language);
    if (!entry.reason().empty()) note += (note.empty() ? "" : "\n") + entry.reason();
    for (const v1::SourceDoc& source : entry.sources()) {
      note += (note.empty() ? "" : "\n") + SourceText(source, language);
    }
    if (!entry.corrected_by().empty()) {
      note += "\n" + std::string(Pick(language, "đã đính chính bởi ", "corrected by ")) +
              entry.corrected_by();
    }
    if (!entry.annulled_by().empty()) {
      note +=
          "\n" + std::string(Pick(language, "đã hủy bởi ", "annulled by ")) + entry.annulled_by();
    }
    sheet.rows.push_back({Ordinal{entry.position()}, FromProto(entry.recorded_at()),
                          entry.occurred_on(), EventWord(entry.type(), language),
                          AgencyText(entry.agency()), note});
  }
  return sheet;
}

// All of the only site of an answer.
Sheet SiteCard(const v1::ListSitesResponse& answer, Language language) {
  const v1::SiteSummary& site = answer.sites(0);
  Sheet sheet = {
      std::string(Pick(language, "Điểm", "Site")),
      {Left(language, "Điểm", "Site"), {site.description().name(), Column::Align::kLeft}}};
  for (const LabelledLine& line : LifeLines(site, answer.meta().effective_on(), language)) {
    sheet.rows.push_back({line.label, line.value});
  }
  sheet.gap_after = true;
  return sheet;
}

}  // namespace

std::string AgencyText(const v1::AgencyRef& agency) {
  return agency.name_at_event().empty() ? agency.agency_id() : agency.name_at_event();
}

std::string UnitText(const v1::AdminUnitRef& unit) {
  return unit.name_at_event().empty() ? unit.unit_id() : unit.name_at_event();
}

std::string SourceText(const v1::SourceDoc& source, Language language) {
  std::string text = source.kind();
  if (!source.number().empty()) text += " " + source.number();
  return text + " " + IsoDateText(source.issued_on(), language) + " (" + source.issuer() + ")";
}

std::string ActingForText(const v1::ActingFor& acting_for, Language language) {
  if (acting_for.form() == v1::DELEGATION_FORM_UNSPECIFIED) return {};
  const std::string agency = AgencyText(acting_for.principal_agency());
  std::string text = Word(acting_for.form(), language) + " ";
  if (acting_for.principal_actor_id().empty()) {
    text += agency;
  } else {
    const std::string& title = acting_for.principal_title();
    text += (title.empty() ? acting_for.principal_actor_id() : title) + " (" + agency + ")";
  }
  return text + ", " + SourceText(acting_for.document(), language);
}

std::string SimulatedClockText(Language language) {
  return std::string(Pick(language,
                          "⚠ ĐỒNG HỒ MÔ PHỎNG: thời điểm ghi của sổ này không phải giờ thật.",
                          "⚠ SIMULATED CLOCK: recorded times of this ledger are not real time."));
}

void AddFooter(const v1::AnswerMeta& meta, Language language, Report& report) {
  std::vector<std::string>& notes = report.notes;
  for (const v1::LedgerPosition& at : meta.positions()) notes.push_back(LedgerText(at, language));
  notes.push_back(std::string(Pick(language, "Tại ngày ", "Effective on ")) +
                  IsoDateText(meta.effective_on(), language) +
                  std::string(Pick(language, "; bảng đọc ", "; read model ")) + meta.projection() +
                  std::string(Pick(language, ", phiên bản ", ", version ")) +
                  std::to_string(meta.projection_version()));
  if (!meta.next_page_token().empty()) {
    notes.push_back(std::string(Pick(language, "Còn trang sau: thêm --all, hoặc --page-token ",
                                     "More pages: add --all, or --page-token ")) +
                    meta.next_page_token());
  }
  if (meta.simulated_clock()) notes.push_back(SimulatedClockText(language));
}

Report AnswerReport(const v1::Accepted& answer, Language language) {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = Pick(language, "Sự kiện", "Events");
  sheet.columns = {Left(language, "Sự kiện", "Event"), Left(language, "Luồng", "Stream"),
                   Right(language, "Bản", "Revision"), Left(language, "Mã sự kiện", "Event id")};
  for (const v1::AcceptedEvent& event : answer.events()) {
    sheet.rows.push_back({EventWord(event.type(), language), event.stream(),
                          Ordinal{event.revision()}, event.event_id()});
  }
  if (answer.simulated_clock()) report.notes.push_back(SimulatedClockText(language));
  return report;
}

std::string AcceptedText(const v1::Accepted& answer, Language language) {
  std::string text(answer.repeated() ? Pick(language, "Đã nhận từ trước (cùng mã, cùng nội dung)",
                                            "Accepted before (same id, same content)")
                                     : Pick(language, "Đã ghi sổ", "Recorded"));
  text += std::string(Pick(language, ": sổ ", ": ledger ")) + answer.ledger() +
          std::string(Pick(language, ", vị trí ", ", position ")) +
          std::to_string(answer.position()) + std::string(Pick(language, ", lúc ", ", at ")) +
          TimeText(FromProto(answer.recorded_at()), language) + "\nsubmission_id " +
          answer.submission_id() + "\n";
  const std::string acting_for = ActingForText(answer.acting_for(), language);
  if (!acting_for.empty()) {
    text += std::string(Pick(language, "Ký: ", "Signed: ")) + acting_for + "\n";
  }
  return text + AnswerText(answer, language);
}

Report AnswerReport(const v1::GetModelResponse& answer, Language language) {
  const v1::ModelSummary& model = answer.model();
  const v1::ModelDefinition& definition = model.definition();
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = Pick(language, "Mô hình", "Model");
  sheet.columns = {Left(language, "Mô hình", "Model"), {definition.name(), Column::Align::kLeft}};
  sheet.gap_after = true;
  const auto row = [&](std::string_view vi, std::string_view en, const Cell& value) {
    if (CellText(value, language).empty()) return;
    sheet.rows.push_back({std::string(Pick(language, vi, en)), value});
  };
  row("Mã", "Id", model.model_id());
  row("Tóm tắt", "Summary", definition.summary());
  row("Cấp", "Level", Word(definition.level(), language));
  row("Lĩnh vực", "Field", Word(definition.field(), language));
  row("Khối", "Sector block", Word(definition.sector_block(), language));
  row("Nơi thực hiện", "Place", UnitText(model.unit()));
  row("Chủ thể", "Owner", definition.owner());
  row("Trạng thái", "Status", Word(model.status(), language));
  row("Từ", "Since", model.status_since());
  row("Bắt đầu", "Began", model.began_on());
  row("Cơ quan phụ trách", "Run by", AgencyText(model.agency()));
  row("Nguồn", "Origin", OriginText(model.from_document(), language));
  for (const LabelledLine& line : LifeLines(model, language)) {
    sheet.rows.push_back({line.label, line.value});
  }
  row("Bản", "Revision", Ordinal{model.revision()});
  report.sheets.push_back(TimelineSheet(answer, language));
  AddFooter(answer.meta(), language, report);
  return report;
}

Report AnswerReport(const v1::ListModelsResponse& answer, Language language) {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = Pick(language, "Mô hình", "Models");
  sheet.columns = {Left(language, "Mã", "Id"),
                   Left(language, "Tên", "Name"),
                   Left(language, "Cấp", "Level"),
                   Left(language, "Lĩnh vực", "Field"),
                   Left(language, "Nơi thực hiện", "Place"),
                   Left(language, "Trạng thái", "Status"),
                   Left(language, "Bắt đầu", "Began"),
                   Left(language, "Nguồn", "Origin")};
  for (const v1::ModelSummary& model : answer.models()) {
    sheet.rows.push_back({model.model_id(), model.definition().name(),
                          Word(model.definition().level(), language),
                          Word(model.definition().field(), language), UnitText(model.unit()),
                          Word(model.status(), language), model.began_on(),
                          OriginText(model.from_document(), language)});
  }
  report.notes.push_back(TotalLine("Số mô hình trong bảng: ", "Models listed: ",
                                   static_cast<std::uint64_t>(answer.models_size()), language));
  AddFooter(answer.meta(), language, report);
  return report;
}

Report AnswerReport(const v1::ListSitesResponse& answer, Language language) {
  Report report;
  Sheet sheet;
  sheet.name = Pick(language, "Điểm mô hình", "Sites");
  sheet.columns = {Left(language, "Mã", "Id"),
                   Left(language, "Tên điểm", "Site"),
                   Left(language, "Nơi", "Place"),
                   Left(language, "Trạng thái", "Status"),
                   Left(language, "Xác minh", "Verified"),
                   Left(language, "Bắt đầu", "Began"),
                   Left(language, "Kết quả", "Outputs"),
                   Left(language, "Nguồn", "Origin")};
  for (const v1::SiteSummary& site : answer.sites()) {
    sheet.rows.push_back({site.site_id(), site.description().name(), UnitText(site.unit()),
                          Word(site.status(), language), Word(site.verification_level(), language),
                          site.began_on(), QuantitiesCell(site.outputs(), language),
                          OriginText(site.from_document(), language)});
  }
  sheet.gap_after = answer.sites_size() == 1;
  report.sheets.push_back(std::move(sheet));
  if (answer.sites_size() == 1) report.sheets.push_back(SiteCard(answer, language));
  report.notes = {TotalLine("Tổng số điểm: ", "Sites in all: ", answer.total(), language),
                  TotalLine("Số đơn vị hành chính: ", "Units: ", answer.units(), language)};
  AddFooter(answer.meta(), language, report);
  return report;
}

Report AnswerReport(const v1::ListUnitsResponse& answer, Language language) {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = Pick(language, "Đơn vị hành chính", "Units");
  sheet.columns = {Left(language, "Mã số", "Code"), Left(language, "Tên", "Name"),
                   Left(language, "Cấp", "Level"),  Left(language, "Loại", "Type"),
                   Left(language, "Từ", "Since"),   Left(language, "Chấm dứt", "Abolished"),
                   Left(language, "Mã", "Id"),      Left(language, "Thuộc", "Parent")};
  for (const v1::UnitEntry& entry : answer.units()) {
    sheet.rows.push_back({entry.unit().code_at_event(), UnitText(entry.unit()),
                          Word(entry.unit().level(), language), Word(entry.type(), language),
                          entry.established_on(), DayCell(entry.abolished_on()),
                          entry.unit().unit_id(), entry.parent_unit_id()});
  }
  AddFooter(answer.meta(), language, report);
  return report;
}

}  // namespace nhanrong::cli
