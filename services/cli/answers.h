// Answers of the service as tables of typed cells, with notes that say from where they come. Every
// form of an answer (text, CSV, XLSX) is made from these.
//
// Pure: used by the commands, tested without a server.
#pragma once

#include <string>
#include <vector>

#include "nhanrong/v1/history_service.pb.h"
#include "nhanrong/v1/query_service.pb.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/sheet/sheet.h"

namespace nhanrong::cli {

Report AnswerReport(const v1::Accepted& answer, Language language);
Report AnswerReport(const v1::GetModelResponse& answer, Language language);
Report AnswerReport(const v1::ListModelsResponse& answer, Language language);
// Named records and the counted figures of sources, side by side and never added up.
Report AnswerReport(const v1::CountModelsResponse& answer, Language language);
Report AnswerReport(const v1::ListSitesResponse& answer, Language language);
Report AnswerReport(const v1::ListAgenciesResponse& answer, Language language);
Report AnswerReport(const v1::ListSubmissionsResponse& answer, Language language);
Report AnswerReport(const v1::ListUnitsResponse& answer, Language language);

template <typename Answer>
std::string AnswerText(const Answer& answer, Language language) {
  return ReportText(AnswerReport(answer, language), language);
}
// What became of a submission, in words, and its events.
std::string AcceptedText(const v1::Accepted& answer, Language language);

// The ledger itself: one row for each event or refused rule. Text: the same, with tabs.
Sheet HistoryHead(Language language);
std::vector<std::vector<Cell>> HistoryRows(const v1::HistoryEntry& entry, Language language);
std::string HistoryText(const v1::HistoryEntry& entry, Language language);

// "Dữ liệu đến 05/05/2021 10:00:00 (sổ dong-thap, vị trí 41, trễ 0)…" and, on a simulated ledger, a
// line that says so.
void AddFooter(const v1::AnswerMeta& meta, Language language, Report& report);
std::string SimulatedClockText(Language language);

// "Tin 05/05/2021 (Cổng TTĐT tỉnh)".
std::string SourceText(const v1::SourceDoc& source, Language language);
std::string UnitText(const v1::AdminUnitRef& unit);
std::string AgencyText(const v1::AgencyRef& agency);
// "KT. Chủ tịch UBND xã (UBND xã A), Quyết định 7/QĐ-UBND 01/03/2021 (UBND xã A)"; empty: for
// nobody else.
std::string ActingForText(const v1::ActingFor& acting_for, Language language);

}  // namespace nhanrong::cli
