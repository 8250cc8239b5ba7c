// Answers of the service as text for people: tables, and a footer that says from where they come.
// Pure: used by the commands, tested without a server.
#pragma once

#include <string>

#include "nhanrong/v1/query_service.pb.h"
#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

std::string AnswerText(const v1::Accepted& answer, Language language);
std::string AnswerText(const v1::GetModelResponse& answer, Language language);
std::string AnswerText(const v1::ListModelsResponse& answer, Language language);
// Named records and the counted figures of sources, side by side and never added up.
std::string AnswerText(const v1::CountModelsResponse& answer, Language language);
std::string AnswerText(const v1::ListSitesResponse& answer, Language language);
std::string AnswerText(const v1::ListAgenciesResponse& answer, Language language);
std::string AnswerText(const v1::ListSubmissionsResponse& answer, Language language);
std::string AnswerText(const v1::ListUnitsResponse& answer, Language language);

// "Dữ liệu đến 05/05/2021 10:00:00 (sổ dong-thap, vị trí 41, trễ 0)…" and, on a simulated ledger, a
// line that says so.
std::string FooterText(const v1::AnswerMeta& meta, Language language);
std::string SimulatedClockText(Language language);

// "Tin 05/05/2021 (Cổng TTĐT tỉnh)".
std::string SourceText(const v1::SourceDoc& source, Language language);
std::string UnitText(const v1::AdminUnitRef& unit);
// "KT. Chủ tịch UBND xã (UBND xã A), Quyết định 7/QĐ-UBND 01/03/2021 (UBND xã A)"; empty: for
// nobody else.
std::string ActingForText(const v1::ActingFor& acting_for, Language language);

}  // namespace nhanrong::cli
