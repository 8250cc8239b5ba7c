// Figures that documents state, beside the records with names.
#include <utility>

#include "services/domain/values/dates.h"
#include "services/generator/envelopes.h"
#include "services/generator/parts.h"

namespace nhanrong::generator {
namespace {

// Decree 09/2019/NĐ-CP: from the 15th to the 14th.
v1::ReportingPeriod MonthBefore(absl::CivilDay today) {
  const absl::CivilMonth month = absl::CivilMonth(today) - 1;
  v1::ReportingPeriod period;
  period.set_scheme(v1::ReportingPeriod::SCHEME_ND09);
  period.set_id(domain::DayText(absl::CivilDay(month)).substr(0, 7));
  period.set_from(domain::DayText(absl::CivilDay(month - 1) + 14));
  period.set_to(domain::DayText(absl::CivilDay(month) + 13));
  return period;
}

bool Record(const Moment& at) {
  v1::Submission submission = at.scribe.Begin();
  *submission.mutable_period() = MonthBefore(at.today);
  const absl::CivilDay day = *domain::ParseDay(submission.period().to());
  OnDay(submission, day);
  FromDocument(submission, Document("Báo cáo", "21/BC-UBND", day + 1, "UBND " + at.commune.name,
                                    "Kết quả nhân rộng mô hình trong kỳ"));
  v1::RecordCountedFigure& told = *submission.mutable_command()->mutable_record_counted_figure();
  told.set_figure_id(at.scribe.NewId("figure"));
  v1::CountedFigure& figure = *told.mutable_figure();
  const bool models = at.random.InThousand(500);
  const std::string thing = models ? "mô hình" : "điểm";
  const bool at_least = at.random.InThousand(250);
  figure.set_subject(models ? v1::FIGURE_SUBJECT_MODELS : v1::FIGURE_SUBJECT_SITES);
  figure.set_unit_id(at.commune.unit_id);
  v1::Quantity& quantity = *figure.mutable_quantity();
  quantity.set_value(at.random.Between(1, 60));
  quantity.set_unit(thing);
  quantity.set_bound(at_least ? v1::BOUND_AT_LEAST : v1::BOUND_EXACT);
  quantity.set_raw_text((at_least ? "hơn " : "") + std::to_string(quantity.value()) + " " + thing);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  return true;
}

constexpr Act kActs[] = {
    {"record a figure of the commune", Desk::kOfficer, 700, Record},
    {"record a figure by the office", Desk::kOffice, 300, Record},
};

}  // namespace

std::span<const Act> FigureActs() { return kActs; }

}  // namespace nhanrong::generator
