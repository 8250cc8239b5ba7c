#include "services/domain/site/site_checks.h"

#include "nhanrong/v1/site.pb.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

void CheckCertificate(const Field& at, const v1::Certificate& certificate) {
  CheckEnum(at / "kind", certificate.kind());
  const bool other = certificate.kind() == v1::CERTIFICATE_KIND_OTHER;
  CheckText(at / "name", certificate.name(), {other ? 1 : 0, kCertificateName.max});
  CheckText(at / "number", certificate.number(), kCertificateNumber);
  CheckText(at / "issuer", certificate.issuer(), kCertificateIssuer);
  CheckDay(at / "valid_from", certificate.valid_from(), Presence::kOptional);
  CheckDay(at / "valid_to", certificate.valid_to(), Presence::kOptional);
  CheckInclusiveSpan(at / "valid_to", certificate.valid_from(), certificate.valid_to());
}

void CheckContract(const Field& at, const v1::BuyerContract& contract, Told told) {
  CheckText(at / "buyer", contract.buyer(), kBuyer);
  CheckText(at / "commodity", contract.commodity(), kCommodity);
  if (contract.has_quantity()) CheckQuantity(at / "quantity", contract.quantity(), told);
  CheckDay(at / "valid_from", contract.valid_from(), Presence::kOptional);
  CheckDay(at / "valid_to", contract.valid_to(), Presence::kOptional);
  CheckInclusiveSpan(at / "valid_to", contract.valid_from(), contract.valid_to());
  if (contract.has_document()) CheckSource(at / "document", contract.document());
}

void CheckParticulars(const Field& at, const v1::SiteParticulars& particulars, Told told) {
  CheckListLength(at / "scale", particulars.scale_size(), 0, kMaxScale);
  CheckQuantities(at / "scale", particulars.scale(), told);
  CheckEnum(at / "value_chain_stage", particulars.value_chain_stage(), Presence::kOptional);
  const Field certificates = at / "certificates";
  CheckListLength(certificates, particulars.certificates_size(), 0, kMaxCertificates);
  for (int i = 0; i < particulars.certificates_size(); ++i) {
    CheckCertificate(certificates[i], particulars.certificates(i));
  }
  const Field contracts = at / "buyer_contracts";
  CheckListLength(contracts, particulars.buyer_contracts_size(), 0, kMaxContracts);
  for (int i = 0; i < particulars.buyer_contracts_size(); ++i) {
    CheckContract(contracts[i], particulars.buyer_contracts(i), told);
  }
}

void CheckDescription(const Field& at, bool present, const v1::SiteDescription& description,
                      Told told) {
  if (!present) return at.Break(Rule::kFieldRequired);
  CheckText(at / "name", description.name(), kSiteName);
  CheckUlid(at / "unit_id", description.unit_id(), Presence::kRequired);
  CheckUlid(at / "model_id", description.model_id(), Presence::kRequired);
  CheckEnum(at / "origin" / "kind", description.origin().kind());
  const Field from = at / "origin" / "from_site_id";
  CheckUlid(from, description.origin().from_site_id(), Presence::kOptional);
  const bool copied = description.origin().kind() == v1::SiteOrigin::KIND_REPLICATION;
  if (!copied && !description.origin().from_site_id().empty()) from.Break(Rule::kSiteOriginSource);
  if (description.has_owner()) CheckSubject(at / "owner", description.owner());
  CheckParticulars(at / "particulars", description.particulars(), told);
}

}  // namespace

void CheckSiteStarted(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::SiteStarted& told = fact.site_started();
  CheckDescription(at / "description", told.has_description(), told.description(), told_by);
  if (told.description().origin().kind() == v1::SiteOrigin::KIND_NOT_STATED) {
    (at / "description" / "origin" / "kind").Break(Rule::kSiteOriginNotStated);
  }
}

void CheckSiteFromDocument(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::SiteRecordedFromDocument& told = fact.site_recorded_from_document();
  CheckDescription(at / "description", told.has_description(), told.description(), told_by);
  CheckEnum(at / "stated_status", told.stated_status(), Presence::kRequired,
            {v1::SITE_STATUS_OPERATING, v1::SITE_STATUS_FUNDING_ENDED, v1::SITE_STATUS_STOPPED});
}

void CheckSiteOutput(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::SiteOutputReported& told = fact.site_output_reported();
  CheckListLength(at / "outputs", told.outputs_size(), 1, kMaxFigures);
  CheckQuantities(at / "outputs", told.outputs(), told_by);
  CheckText(at / "note", told.note(), kNote);
}

void CheckSiteInspected(const v1::Fact& fact, const Field& at, Told) {
  const v1::SiteInspected& told = fact.site_inspected();
  const bool confirmed = told.result() == v1::INSPECTION_RESULT_CONFIRMED;
  CheckEnum(at / "level", told.level(), Presence::kRequired,
            {v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED, v1::VERIFICATION_LEVEL_DEPARTMENT_VERIFIED,
             v1::VERIFICATION_LEVEL_INSPECTED});
  CheckEnum(at / "result", told.result());
  const Field report = at / "confirmed_report_id";
  if (!told.confirmed_report_id().empty()) {
    CheckUuid(report, told.confirmed_report_id());
    if (!confirmed) report.Break(Rule::kIdNotAllowed);
  }
  CheckText(at / "note", told.note(), confirmed ? kNote : kReturnNote);
}

void CheckSiteFundingEnded(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "note", fact.site_funding_ended().note(), kNote);
}

void CheckSiteTransferred(const v1::Fact& fact, const Field& at, Told) {
  const v1::SiteTransferred& told = fact.site_transferred();
  CheckUlid(at / "to_unit_id", told.to_unit_id(), Presence::kOptional);
  if (told.has_to_owner()) CheckSubject(at / "to_owner", told.to_owner());
  if (told.to_unit_id().empty() && !told.has_to_owner()) at.Break(Rule::kTransferNothing);
  CheckText(at / "note", told.note(), kNote);
}

void CheckSiteRevised(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::SiteDescriptionRevised& told = fact.site_description_revised();
  CheckText(at / "name", told.name(), kSiteName);
  CheckParticulars(at / "particulars", told.particulars(), told_by);
}

void CheckSiteStopped(const v1::Fact& fact, const Field& at, Told) {
  CheckEnum(at / "stop_reason", fact.site_stopped().stop_reason());
  CheckText(at / "note", fact.site_stopped().note(), kNote);
}

}  // namespace nhanrong::domain
