#include "services/domain/values/checks.h"

#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
constexpr std::int64_t kFirstSecond = -62135596800;
constexpr std::int64_t kLastSecond = 253402300799;
constexpr std::int32_t kNanosPerSecond = 1000000000;

void CheckRawText(const Field& at, const std::string& raw_text, Told told) {
  CheckText(at, raw_text, kRawText);
  if (told == Told::kByDocument && raw_text.empty()) at.Break(Rule::kQuantityRawText);
}

void CheckTimestamp(const Field& at, const google::protobuf::Timestamp& moment) {
  const bool in_range = moment.seconds() >= kFirstSecond && moment.seconds() <= kLastSecond &&
                        moment.nanos() >= 0 && moment.nanos() < kNanosPerSecond;
  if (!in_range) at.Break(Rule::kTimestampRange);
}

}  // namespace

void CheckQuantity(const Field& at, const v1::Quantity& quantity, Told told) {
  if (quantity.scale() > kQuantityMaxScale) {
    (at / "scale").Break(Rule::kQuantityScale, std::to_string(kQuantityMaxScale));
  }
  CheckText(at / "unit", quantity.unit(), kMeasureUnit);
  CheckEnum(at / "bound", quantity.bound());
  CheckRawText(at / "raw_text", quantity.raw_text(), told);
}

void CheckQuantities(const Field& at,
                     const google::protobuf::RepeatedPtrField<v1::Quantity>& quantities,
                     Told told) {
  for (int i = 0; i < quantities.size(); ++i) CheckQuantity(at[i], quantities[i], told);
}

void CheckMoney(const Field& at, const v1::Money& money, Told told) {
  CheckEnum(at / "display_unit", money.display_unit());
  CheckEnum(at / "bound", money.bound());
  CheckRawText(at / "raw_text", money.raw_text(), told);
}

void CheckRatio(const Field& at, const v1::Ratio& ratio, Told told) {
  const auto part = [&](const Field& field, bool present, const v1::Quantity& quantity) {
    if (!present) return field.Break(Rule::kFieldRequired);
    CheckQuantity(field, quantity, told);
  };
  part(at / "numerator", ratio.has_numerator(), ratio.numerator());
  part(at / "denominator", ratio.has_denominator(), ratio.denominator());
  CheckText(at / "population_def_id", ratio.population_def_id(), kPopulation);
  CheckEnum(at / "rounding", ratio.rounding());
  const bool as_printed = ratio.rounding() == v1::Ratio::ROUNDING_AS_PRINTED;
  CheckText(at / "printed", ratio.printed(), {as_printed ? 1 : 0, kPrinted.max});
}

void CheckBusinessDate(const Field& at, const v1::BusinessDate& date) {
  if (date.value().empty()) return (at / "value").Break(Rule::kFieldRequired);
  if (date.precision() == v1::DATE_PRECISION_UNSPECIFIED) {
    return (at / "precision").Break(Rule::kFieldRequired);
  }
  if (!IsBusinessDate(date)) (at / "value").Break(Rule::kDateForm);
}

void CheckPeriod(const Field& at, const v1::ReportingPeriod& period) {
  CheckEnum(at / "scheme", period.scheme());
  CheckText(at / "id", period.id(), kPeriodId);
  CheckDay(at / "from", period.from(), Presence::kRequired);
  CheckDay(at / "to", period.to(), Presence::kRequired);
  CheckDay(at / "due_on", period.due_on(), Presence::kOptional);
  CheckInclusiveSpan(at / "to", period.from(), period.to());
}

void CheckSource(const Field& at, const v1::SourceDoc& source) {
  CheckText(at / "number", source.number(), kSourceNumber);
  CheckText(at / "kind", source.kind(), kSourceKind);
  CheckDay(at / "issued_on", source.issued_on(), Presence::kRequired);
  CheckText(at / "issuer", source.issuer(), kSourceIssuer);
  CheckText(at / "signer_title", source.signer_title(), kSignerTitle);
  CheckText(at / "summary", source.summary(), kSourceSummary);
  CheckText(at / "article", source.article(), kSourceArticle);
  CheckHash(at / "file_sha256", source.file_sha256(), Presence::kOptional);
  const bool has_file = !source.file_sha256().empty();
  CheckMediaType(at / "media_type", source.media_type(),
                 has_file ? Presence::kRequired : Presence::kOptional);
}

void CheckEvidence(const Field& at, const v1::EvidenceRef& evidence) {
  CheckHash(at / "sha256", evidence.sha256(), Presence::kRequired);
  CheckText(at / "kind", evidence.kind(), kEvidenceKind);
  if (evidence.size_bytes() == 0) (at / "size_bytes").Break(Rule::kFieldRequired);
  CheckMediaType(at / "media_type", evidence.media_type(), Presence::kRequired);
  if (evidence.has_captured_at()) CheckTimestamp(at / "captured_at", evidence.captured_at());
}

void CheckSubject(const Field& at, const v1::SubjectRef& subject) {
  CheckUlid(at / "subject_id", subject.subject_id(), Presence::kRequired);
}

}  // namespace nhanrong::domain
