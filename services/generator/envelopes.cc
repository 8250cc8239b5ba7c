#include "services/generator/envelopes.h"

#include <algorithm>
#include <utility>

#include "services/domain/values/dates.h"
#include "services/domain/values/limits.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

// How long after it happened a report is entered: chances in a thousand, and at most so many days.
struct Delay {
  std::uint64_t chances;
  int days_max;
};
constexpr Delay kReportDelays[] = {{300, 0}, {450, 5}, {180, 20}, {70, 200}};
constexpr int kStepDelayDaysMax = 3;

int ReportDelay(Random& random) {
  std::uint64_t drawn = random.Below(1'000);
  for (const Delay& delay : kReportDelays) {
    if (drawn < delay.chances) return random.Between(0, delay.days_max);
    drawn -= delay.chances;
  }
  return 0;
}

v1::Submission Begun(const Moment& at, absl::CivilDay day, const Days& days) {
  v1::Submission submission = at.scribe.Begin();
  submission.set_channel(v1::INGEST_CHANNEL_IMPORT);
  OnDay(submission, day);
  const bool backdated = day < days.last || at.today - day > domain::kBackdatedAfterDays;
  if (backdated) submission.set_reason(WhyLate(at.random));
  return submission;
}

}  // namespace

void OnDay(v1::Submission& submission, absl::CivilDay day) {
  *submission.mutable_occurred_on() = domain::OnDay(day);
}

absl::CivilDay DayOf(const v1::Submission& submission) {
  return *domain::ParseDay(submission.occurred_on().value());
}

v1::SourceDoc Document(std::string_view kind, std::string_view number, absl::CivilDay issued_on,
                       std::string_view issuer, std::string_view summary) {
  v1::SourceDoc document;
  document.set_kind(std::string(kind));
  document.set_number(std::string(number));
  document.set_issued_on(domain::DayText(issued_on));
  document.set_issuer(std::string(issuer));
  document.set_summary(std::string(summary));
  return document;
}

void FromDocument(v1::Submission& submission, v1::SourceDoc document) {
  submission.set_channel(v1::INGEST_CHANNEL_MIGRATION);
  *submission.add_sources() = std::move(document);
}

void WithEvidence(const Moment& at, v1::Submission& submission) {
  for (int i = at.random.Between(1, 3); i > 0; --i) {
    const bool photo = at.random.InThousand(800);
    v1::EvidenceRef& evidence = *submission.add_evidence();
    evidence.set_sha256(at.scribe.NewHash("evidence"));
    evidence.set_kind(photo ? "photo" : "minutes");
    evidence.set_media_type(photo ? "image/jpeg" : "application/pdf");
    evidence.set_size_bytes(static_cast<std::uint64_t>(at.random.Between(40'000, 4'000'000)));
  }
}

v1::Submission BeginFirst(const Moment& at, Days& days) {
  const absl::CivilDay day = at.today - at.random.Between(0, kStepDelayDaysMax);
  days = {day, day, day};
  return Begun(at, day, days);
}

v1::Submission BeginStated(const Moment& at, Days& days) {
  v1::Submission submission = at.scribe.Begin();
  const int year = static_cast<int>(at.today.year()) - at.random.Between(1, 5);
  if (at.random.InThousand(600)) {
    submission.mutable_occurred_on()->set_value(std::to_string(year));
    submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_YEAR);
    days = {absl::CivilDay(year), absl::CivilDay(year), absl::CivilDay(year, 12, 31)};
  } else {
    const absl::CivilDay day(year, at.random.Between(1, 12), at.random.Between(1, 28));
    OnDay(submission, day);
    days = {day, day, day};
  }
  FromDocument(submission, Document("Báo cáo", "15/BC-UBND", at.today - at.random.Between(0, 5),
                                    "UBND " + at.commune.name, "Rà soát mô hình trên địa bàn"));
  return submission;
}

v1::Submission BeginStep(const Moment& at, Days& days) {
  const absl::CivilDay day =
      std::max(days.last_step, at.today - at.random.Between(0, kStepDelayDaysMax));
  v1::Submission submission = Begun(at, day, days);
  days.last_step = day;
  days.last = std::max(days.last, day);
  return submission;
}

v1::Submission BeginReport(const Moment& at, Days& days, absl::CivilDay not_before) {
  const absl::CivilDay day = std::max(not_before, at.today - ReportDelay(at.random));
  v1::Submission submission = Begun(at, day, days);
  days.last = std::max(days.last, day);
  return submission;
}

}  // namespace nhanrong::generator
