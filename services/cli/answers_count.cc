#include "services/cli/answers.h"
#include "services/cli/format/table.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

std::string KeyText(const v1::CountRow& row, Language language) {
  if (row.has_unit()) return UnitText(row.unit());
  return WordOf(row.key(), language);
}

std::string NamedText(const v1::CountModelsResponse& answer, Language language) {
  Table table({{std::string(Pick(language, "Theo", "By")), Column::Align::kLeft},
               {std::string(Pick(language, "Có tên", "Named")), Column::Align::kRight}});
  for (const v1::CountRow& row : answer.rows()) {
    table.Add(
        {KeyText(row, language), NumberText(static_cast<std::int64_t>(row.named()), language)});
  }
  return table.empty() ? "" : table.Text() + "\n";
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

std::string CountedText(const v1::CountModelsResponse& answer, Language language) {
  const auto column = [&](std::string_view vi, std::string_view en, Column::Align align) {
    return Column{std::string(Pick(language, vi, en)), align};
  };
  using Align = Column::Align;
  Table table({column("Nguồn đếm", "Counted by a source", Align::kLeft),
               column("Nơi", "Place", Align::kLeft), column("Kỳ", "Period", Align::kLeft),
               column("Số", "Figure", Align::kRight), column("Tỷ lệ tính", "Share", Align::kRight),
               column("Nguồn in", "Printed", Align::kRight),
               column("Nguồn", "Source", Align::kLeft)});
  for (const v1::CountedFigureRow& row : answer.counted()) {
    std::string sources;
    for (const v1::SourceDoc& source : row.sources()) {
      sources += (sources.empty() ? "" : "\n") + SourceText(source, language);
    }
    table.Add({SubjectText(row.figure(), language), UnitText(row.unit()),
               PeriodText(row.period(), language), QuantityText(row.figure().quantity(), language),
               row.has_share() ? ComputedRatioText(row.share(), language) : "",
               row.figure().has_printed_share() ? row.figure().printed_share().printed() : "",
               sources});
  }
  return table.empty() ? "" : table.Text() + "\n";
}

std::string FindingsText(const v1::CountModelsResponse& answer, Language language) {
  std::string text;
  for (const v1::CountedFigureRow& row : answer.counted()) {
    for (const v1::Violation& finding : row.findings()) {
      text += "  • " + std::string(Pick(language, finding.wrong_vi(), finding.wrong_en()));
      const std::string_view right = Pick(language, finding.right_vi(), finding.right_en());
      if (!right.empty()) text += " → " + std::string(right);
      text += "\n";
    }
  }
  if (answer.has_counted_absent()) {
    const v1::Violation& why = answer.counted_absent();
    text += "  • " + std::string(Pick(language, why.wrong_vi(), why.wrong_en())) + "\n";
  }
  if (text.empty()) return text;
  return std::string(Pick(language, "Điểm cần đối chiếu:\n", "Findings:\n")) + text + "\n";
}

}  // namespace

std::string AnswerText(const v1::CountModelsResponse& answer, Language language) {
  Table totals(
      {{std::string(Pick(language, "Ghi nhận có tên", "Named records")), Column::Align::kRight},
       {std::string(Pick(language, "Nguồn chỉ nêu số", "Counted by sources")),
        Column::Align::kRight}});
  totals.Add({NumberText(static_cast<std::int64_t>(answer.named_total()), language),
              answer.has_counted_total() ? QuantityText(answer.counted_total(), language) : "—"});
  return totals.Text() + "\n" + NamedText(answer, language) + CountedText(answer, language) +
         FindingsText(answer, language) + FooterText(answer.meta(), language);
}

}  // namespace nhanrong::cli
