// What stands around a command: days, reasons, documents, evidence.
#pragma once

#include <string>
#include <string_view>

#include "services/generator/act.h"

namespace nhanrong::generator {

void OnDay(v1::Submission& submission, absl::CivilDay day);
v1::SourceDoc Document(std::string_view kind, std::string_view number, absl::CivilDay issued_on,
                       std::string_view issuer, std::string_view summary);
// As told by a document: channel MIGRATION.
void FromDocument(v1::Submission& submission, v1::SourceDoc document);
// One to three photographs and minutes.
void WithEvidence(const Moment& at, v1::Submission& submission);
// The submission of an act, for the first fact of a stream, a step of its life or a report: on a
// day that the order of dates allows, a little or long before today, with a reason where one is
// needed. Keeps the stream's days.
v1::Submission BeginFirst(const Moment& at, Days& days);
v1::Submission BeginStep(const Moment& at, Days& days);
v1::Submission BeginReport(const Moment& at, Days& days, absl::CivilDay not_before);
// What a document tells of a year or a day of the past; the days that it may mean.
v1::Submission BeginStated(const Moment& at, Days& days);
// The day of the submission.
absl::CivilDay DayOf(const v1::Submission& submission);

}  // namespace nhanrong::generator
