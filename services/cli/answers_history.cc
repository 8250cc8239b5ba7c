#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

std::string SignerText(const v1::Signer& signer, Language language) {
  const std::string text = signer.agency().name_at_event() + ", " + Word(signer.role(), language);
  const std::string acting_for = ActingForText(signer.acting_for(), language);
  return acting_for.empty() ? text : text + "; " + acting_for;
}

}  // namespace

Sheet HistoryHead(Language language) {
  using Align = Column::Align;
  const auto column = [&](std::string_view vi, std::string_view en, Align align = Align::kLeft) {
    return Column{std::string(Pick(language, vi, en)), align};
  };
  return {std::string(Pick(language, "Sổ cái", "Ledger")),
          {column("Vị trí", "Position", Align::kRight), column("Ghi lúc", "Recorded"),
           column("Sự kiện", "Event"), column("Luồng hoặc quy tắc", "Stream or rule"),
           column("Xảy ra, hoặc trường sai", "Occurred, or field at fault"),
           column("Ai ghi", "Signed by"), column("Lý do", "Reason")}};
}

std::vector<std::vector<Cell>> HistoryRows(const v1::HistoryEntry& entry, Language language) {
  const v1::Record& record = entry.record();
  const Cell position = Ordinal{entry.position()};
  const Cell recorded = FromProto(entry.recorded_at());
  const std::string signer = SignerText(record.signer(), language);
  std::vector<std::vector<Cell>> rows;
  for (const v1::Event& event : record.events().events()) {
    rows.push_back({position, recorded, EventWord(event.type(), language),
                    event.stream() + "#" + std::to_string(event.revision()), event.occurred_on(),
                    signer, event.reason()});
  }
  for (const v1::RefusedRule& rule : record.refusal().rules()) {
    rows.push_back({position,
                    recorded,
                    std::string(Pick(language, "Từ chối", "Refused")),
                    rule.rule(),
                    rule.field(),
                    signer,
                    {}});
  }
  if (rows.empty()) rows.push_back({position, recorded, std::string("?"), {}, {}, {}, {}});
  return rows;
}

std::string HistoryText(const v1::HistoryEntry& entry, Language language) {
  std::string text;
  for (const std::vector<Cell>& row : HistoryRows(entry, language)) {
    std::string line;
    std::string tabs;
    for (const Cell& cell : row) {
      const std::string shown = CellText(cell, language);
      if (!shown.empty()) {
        line += tabs + shown;
        tabs.clear();
      }
      tabs += "\t";
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace nhanrong::cli
