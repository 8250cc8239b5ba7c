#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

std::string KeyText(const v1::CountRow& row, Language language) {
  if (row.has_unit()) return UnitText(row.unit());
  return WordOf(row.key(), language);
}

Column ColumnOf(Language language, std::string_view vi, std::string_view en, Column::Align align) {
  return {std::string(Pick(language, vi, en)), align};
}

void AddNamed(const v1::CountModelsResponse& answer, Language language, Report& report) {
  using Align = Column::Align;
  Sheet sheet = {std::string(Pick(language, "Theo chiều", "By dimension")),
                 {ColumnOf(language, "Theo", "By", Align::kLeft),
                  ColumnOf(language, "Có tên", "Named", Align::kRight)}};
  sheet.gap_after = true;
  for (const v1::CountRow& row : answer.rows()) {
    sheet.rows.push_back(
        {KeyText(row, language), WholeNumber{static_cast<std::int64_t>(row.named())}});
  }
  if (!sheet.rows.empty()) report.sheets.push_back(std::move(sheet));
}

// What the figure speaks of: "cấp tỉnh, khối kinh tế".
std::string SubjectText(const v1::CountedFigure& figure, Language language) {
  std::string text = Word(figure.subject(), language);
  if (figure.level() != v1::MODEL_LEVEL_UNSPECIFIED) text += ", " + Word(figure.level(), language);
  if (figure.field() != v1::MODEL_FIELD_UNSPECIFIED) text += ", " + Word(figure.field(), language);
  if (figure.sector_block() != v1::SECTOR_BLOCK_UNSPECIFIED) {
    text += ", " + Word(figure.sector_block(), language);
  }
  return text;
}

std::string PeriodText(const v1::ReportingPeriod& period, Language language) {
  if (period.from().empty()) return "—";
  return IsoDateText(period.from(), language) + "–" + IsoDateText(period.to(), language);
}

void AddCounted(const v1::CountModelsResponse& answer, Language language, Report& report) {
  using Align = Column::Align;
  Sheet sheet = {std::string(Pick(language, "Nguồn đếm", "Counted by sources")),
                 {ColumnOf(language, "Nguồn đếm", "Counted by a source", Align::kLeft),
                  ColumnOf(language, "Nơi", "Place", Align::kLeft),
                  ColumnOf(language, "Kỳ", "Period", Align::kLeft),
                  ColumnOf(language, "Số", "Figure", Align::kRight),
                  ColumnOf(language, "Tỷ lệ tính", "Share", Align::kRight),
                  ColumnOf(language, "Nguồn in", "Printed", Align::kRight),
                  ColumnOf(language, "Nguồn", "Source", Align::kLeft)}};
  sheet.gap_after = true;
  for (const v1::CountedFigureRow& row : answer.counted()) {
    std::string sources;
    for (const v1::SourceDoc& source : row.sources()) {
      sources += (sources.empty() ? "" : "\n") + SourceText(source, language);
    }
    sheet.rows.push_back(
        {SubjectText(row.figure(), language), UnitText(row.unit()),
         PeriodText(row.period(), language), row.figure().quantity(),
         row.has_share() ? Cell(row.share()) : Cell(),
         row.figure().has_printed_share() ? Cell(row.figure().printed_share().printed()) : Cell(),
         sources});
  }
  if (!sheet.rows.empty()) report.sheets.push_back(std::move(sheet));
}

void AddFindings(const v1::CountModelsResponse& answer, Language language, Report& report) {
  std::vector<std::string> found;
  for (const v1::CountedFigureRow& row : answer.counted()) {
    for (const v1::Violation& finding : row.findings()) {
      std::string text =
          "  • " + std::string(Pick(language, finding.wrong_vi(), finding.wrong_en()));
      const std::string_view right = Pick(language, finding.right_vi(), finding.right_en());
      if (!right.empty()) text += " → " + std::string(right);
      found.push_back(std::move(text));
    }
  }
  if (answer.has_counted_absent()) {
    const v1::Violation& why = answer.counted_absent();
    found.push_back("  • " + std::string(Pick(language, why.wrong_vi(), why.wrong_en())));
  }
  if (found.empty()) return;
  report.notes.emplace_back(Pick(language, "Điểm cần đối chiếu:", "Findings:"));
  report.notes.insert(report.notes.end(), found.begin(), found.end());
  report.notes.emplace_back();
}

}  // namespace

Report AnswerReport(const v1::CountModelsResponse& answer, Language language) {
  using Align = Column::Align;
  Report report;
  Sheet& totals = report.sheets.emplace_back();
  totals.name = Pick(language, "Tổng", "Totals");
  totals.columns = {ColumnOf(language, "Ghi nhận có tên", "Named records", Align::kRight),
                    ColumnOf(language, "Nguồn chỉ nêu số", "Counted by sources", Align::kRight)};
  totals.gap_after = true;
  totals.rows.push_back(
      {WholeNumber{static_cast<std::int64_t>(answer.named_total())},
       answer.has_counted_total() ? Cell(answer.counted_total()) : Cell(std::string("—"))});
  AddNamed(answer, language, report);
  AddCounted(answer, language, report);
  AddFindings(answer, language, report);
  AddFooter(answer.meta(), language, report);
  return report;
}

}  // namespace nhanrong::cli
