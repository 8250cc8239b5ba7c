#include "services/cli/answers_life.h"

#include <map>

#include "services/cli/answers.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

// Collects the lines of one thing.
class Lines {
 public:
  explicit Lines(Language language) : language_(language) {}

  void Add(std::string_view vi, std::string_view en, const std::string& value) {
    if (!value.empty()) lines_.push_back({std::string(Pick(language_, vi, en)), value});
  }
  // Of an enumerator that is set.
  template <typename Enum>
  void AddWord(std::string_view vi, std::string_view en, Enum value) {
    if (value != Enum{}) Add(vi, en, Word(value, language_));
  }
  std::vector<LabelledLine> Take() && { return std::move(lines_); }

 private:
  Language language_;
  std::vector<LabelledLine> lines_;
};

// "a, b": without those that are empty.
std::string Joined(const std::vector<std::string>& parts, std::string_view by = ", ") {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += by;
    text += part;
  }
  return text;
}

std::string VersionText(const v1::ModelSummary& model, Language language) {
  if (model.definition_version() == 0) return "";
  std::string text = std::to_string(model.definition_version());
  if (model.approved_version() == 0) return text;
  return text + " (" + std::string(Pick(language, "bản được phê duyệt: ", "approved: ")) +
         std::to_string(model.approved_version()) + ")";
}

std::string StewardName(const v1::ModelStewardEntry& steward) {
  if (steward.has_unit()) return UnitText(steward.unit());
  const v1::AgencyRef& agency = steward.agency();
  return agency.name_at_event().empty() ? agency.agency_id() : agency.name_at_event();
}

void AddStewards(const v1::ModelSummary& model, Language language, Lines& lines) {
  std::map<v1::StewardTask, std::vector<std::string>> by_task;
  for (const v1::ModelStewardEntry& steward : model.stewards()) {
    by_task[steward.task()].push_back(StewardName(steward));
  }
  for (const auto& [task, names] : by_task) {
    const std::string label = Word(task, language);
    lines.Add(label, label, Joined(names, "; "));
  }
}

// "01/01/2026–31/12/2027", "từ 01/01/2026", "đến 31/12/2027".
std::string SpanText(const std::string& from, const std::string& to, Language language) {
  if (from.empty() && to.empty()) return "";
  if (to.empty()) {
    return std::string(Pick(language, "từ ", "from ")) + IsoDateText(from, language);
  }
  if (from.empty())
    return std::string(Pick(language, "đến ", "until ")) + IsoDateText(to, language);
  return IsoDateText(from, language) + "–" + IsoDateText(to, language);
}

std::string Expired(const std::string& to, const std::string& day, Language language) {
  const bool over = !to.empty() && to < day;
  return std::string(over ? Pick(language, "đã hết hạn", "expired") : "");
}

std::string CertificateText(const v1::Certificate& certificate, const std::string& day,
                            Language language) {
  const std::string number(certificate.number().empty() ? "" : Pick(language, "số ", "no. "));
  return Joined({Joined({Word(certificate.kind(), language), certificate.name()}, " "),
                 number + certificate.number(), certificate.issuer(),
                 SpanText(certificate.valid_from(), certificate.valid_to(), language),
                 Expired(certificate.valid_to(), day, language)});
}

std::string ContractText(const v1::BuyerContract& contract, const std::string& day,
                         Language language) {
  return contract.buyer() + ": " +
         Joined({contract.commodity(),
                 contract.has_quantity() ? QuantityText(contract.quantity(), language) : "",
                 SpanText(contract.valid_from(), contract.valid_to(), language),
                 Expired(contract.valid_to(), day, language),
                 contract.has_document() ? SourceText(contract.document(), language) : ""});
}

std::string InspectionText(const v1::SiteInspection& inspection, Language language) {
  return Joined({DateText(inspection.on(), language), Word(inspection.level(), language),
                 Word(inspection.result(), language)});
}

void AddParticulars(const v1::SiteParticulars& particulars, const std::string& day,
                    Language language, Lines& lines) {
  std::vector<std::string> scale, certificates, buyers;
  for (const v1::Quantity& one : particulars.scale()) scale.push_back(QuantityText(one, language));
  for (const v1::Certificate& one : particulars.certificates()) {
    certificates.push_back(CertificateText(one, day, language));
  }
  for (const v1::BuyerContract& one : particulars.buyer_contracts()) {
    buyers.push_back(ContractText(one, day, language));
  }
  lines.Add("Quy mô", "Scale", Joined(scale, "; "));
  lines.AddWord("Khâu trong chuỗi giá trị", "Value-chain stage", particulars.value_chain_stage());
  lines.Add("Chứng nhận", "Certificates", Joined(certificates, "\n"));
  lines.Add("Hợp đồng bao tiêu", "Buyers", Joined(buyers, "\n"));
}

}  // namespace

std::vector<LabelledLine> LifeLines(const v1::ModelSummary& model, Language language) {
  Lines lines(language);
  lines.Add("Bản mô tả", "Definition version", VersionText(model, language));
  lines.AddWord("Trước khi tạm dừng", "Before suspension", model.status_before());
  lines.AddWord("Lý do kết thúc", "Closed because", model.close_reason());
  lines.Add("Nhường cho mô hình", "Gave way to", model.other_model_id());
  lines.Add("Quản lý tại", "Kept in", Joined({model.registry(), model.registry_number()}));
  AddStewards(model, language, lines);
  return std::move(lines).Take();
}

std::vector<LabelledLine> LifeLines(const v1::SiteSummary& site, const std::string& day,
                                    Language language) {
  Lines lines(language);
  lines.Add("Mô hình", "Model", site.description().model_id());
  lines.Add("Từ", "Since", DateText(site.status_since(), language));
  lines.AddWord("Mức xác minh", "Verified", site.verification_level());
  lines.AddWord("Mức xác minh kết quả", "Outputs verified", site.outputs_level());
  if (site.has_last_inspection()) {
    lines.Add("Kiểm tra gần nhất", "Last inspection",
              InspectionText(site.last_inspection(), language));
  }
  if (site.has_funding_ended_on()) {
    lines.Add("Hết kinh phí hỗ trợ", "Funding ended", DateText(site.funding_ended_on(), language));
  }
  AddParticulars(site.description().particulars(), day, language, lines);
  lines.Add("Bản", "Revision", std::to_string(site.revision()));
  return std::move(lines).Take();
}

}  // namespace nhanrong::cli
