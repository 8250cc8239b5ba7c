#include "services/cli/answers.h"

#include <vector>

#include "services/cli/answers_life.h"
#include "services/cli/arguments.h"
#include "services/cli/format/table.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

Column Left(Language language, std::string_view vi, std::string_view en) {
  return {std::string(Pick(language, vi, en)), Column::Align::kLeft};
}
Column Right(Language language, std::string_view vi, std::string_view en) {
  return {std::string(Pick(language, vi, en)), Column::Align::kRight};
}

std::string AgencyText(const v1::AgencyRef& agency) {
  return agency.name_at_event().empty() ? agency.agency_id() : agency.name_at_event();
}

std::string OriginText(bool from_document, Language language) {
  return std::string(from_document ? Pick(language, "theo văn bản", "from a document")
                                   : Pick(language, "đăng ký", "registered"));
}

std::string TotalLine(std::string_view vi, std::string_view en, std::uint64_t count,
                      Language language) {
  return std::string(Pick(language, vi, en)) +
         NumberText(static_cast<std::int64_t>(count), language) + "\n";
}

std::string UntilText(const std::string& valid_to, Language language) {
  if (valid_to.empty()) return {};
  return std::string(Pick(language, " đến ", " until ")) + IsoDateText(valid_to, language);
}

std::string GrantText(const v1::GrantEntry& grant, Language language) {
  std::string text = Word(grant.role(), language);
  if (!grant.scope_unit_id().empty()) text += " @" + grant.scope_unit_id();
  text += UntilText(grant.valid_to(), language);
  if (grant.suspended()) text += std::string(Pick(language, " (tạm dừng)", " (suspended)"));
  return text;
}

std::string DelegationText(const v1::DelegationEntry& delegation, Language language) {
  std::string matters;
  for (const std::string& command : delegation.commands()) matters += ", " + command;
  for (const int role : delegation.roles()) {
    matters += ", " + Word(static_cast<v1::Role>(role), language);
  }
  std::string text = ActingForText(delegation.acting_for(), language) + matters;
  if (!delegation.scope_unit_id().empty()) text += " @" + delegation.scope_unit_id();
  text += UntilText(delegation.valid_to(), language);
  return text + std::string(Pick(language, "\nmã ", "\nid ")) +
         delegation.acting_for().delegation_id();
}

// What an actor may do: grants, then delegations.
std::string RightsText(const v1::ActorEntry& actor, Language language) {
  std::string text;
  const auto line = [&](const std::string& right) { text += (text.empty() ? "" : "\n") + right; };
  for (const v1::GrantEntry& grant : actor.grants()) line(GrantText(grant, language));
  for (const v1::DelegationEntry& held : actor.delegations()) line(DelegationText(held, language));
  return text;
}

std::string StatusText(const v1::AgencyEntry& agency, Language language) {
  if (agency.status() == v1::AGENCY_STATUS_ESTABLISHED) return {};
  return Word(agency.status(), language) + std::string(Pick(language, " từ ", " since ")) +
         DateText(agency.status_since(), language);
}

std::string CredentialsText(const v1::ActorEntry& actor, Language language) {
  std::string text = std::to_string(actor.credential_ids_size());
  if (actor.suspended_credential_ids().empty()) return text;
  return text + " (+" + std::to_string(actor.suspended_credential_ids_size()) +
         std::string(Pick(language, " tạm dừng)", " suspended)"));
}

std::string LedgerText(const v1::LedgerPosition& at, Language language) {
  return std::string(Pick(language, "Dữ liệu đến ", "Data up to ")) +
         TimeText(FromProto(at.recorded_at()), language) +
         std::string(Pick(language, " (sổ ", " (ledger ")) + at.ledger() +
         std::string(Pick(language, ", vị trí ", ", position ")) + std::to_string(at.position()) +
         std::string(Pick(language, ", trễ ", ", behind by ")) + std::to_string(at.lag_commits()) +
         ")\n";
}

std::string TimelineText(const v1::GetModelResponse& answer, Language language) {
  Table table({Right(language, "Vị trí", "Position"), Left(language, "Ghi lúc", "Recorded"),
               Left(language, "Xảy ra", "Occurred"), Left(language, "Sự kiện", "Event"),
               Left(language, "Cơ quan", "Agency"), Left(language, "Ghi chú", "Note")});
  for (const v1::TimelineEntry& entry : answer.timeline()) {
    std::string note = ActingForText(entry.acting_for(), language);
    if (!entry.reason().empty()) note += (note.empty() ? "" : "\n") + entry.reason();
    for (const v1::SourceDoc& source : entry.sources()) {
      note += (note.empty() ? "" : "\n") + SourceText(source, language);
    }
    if (!entry.corrected_by().empty()) {
      note += "\n" + std::string(Pick(language, "đã đính chính bởi ", "corrected by ")) +
              entry.corrected_by();
    }
    if (!entry.annulled_by().empty()) {
      note +=
          "\n" + std::string(Pick(language, "đã hủy bởi ", "annulled by ")) + entry.annulled_by();
    }
    table.Add({std::to_string(entry.position()), TimeText(FromProto(entry.recorded_at()), language),
               DateText(entry.occurred_on(), language), EventWord(entry.type(), language),
               AgencyText(entry.agency()), note});
  }
  return table.Text();
}

// All of the only site of an answer.
std::string SiteCard(const v1::ListSitesResponse& answer, Language language) {
  const v1::SiteSummary& site = answer.sites(0);
  Table table({Left(language, "Điểm", "Site"), {site.description().name(), Column::Align::kLeft}});
  for (const LabelledLine& line : LifeLines(site, answer.meta().effective_on(), language)) {
    table.Add({line.label, line.value});
  }
  return "\n" + table.Text() + "\n";
}

}  // namespace

std::string UnitText(const v1::AdminUnitRef& unit) {
  return unit.name_at_event().empty() ? unit.unit_id() : unit.name_at_event();
}

std::string SourceText(const v1::SourceDoc& source, Language language) {
  std::string text = source.kind();
  if (!source.number().empty()) text += " " + source.number();
  return text + " " + IsoDateText(source.issued_on(), language) + " (" + source.issuer() + ")";
}

std::string ActingForText(const v1::ActingFor& acting_for, Language language) {
  if (acting_for.form() == v1::DELEGATION_FORM_UNSPECIFIED) return {};
  const std::string agency = AgencyText(acting_for.principal_agency());
  std::string text = Word(acting_for.form(), language) + " ";
  if (acting_for.principal_actor_id().empty()) {
    text += agency;
  } else {
    const std::string& title = acting_for.principal_title();
    text += (title.empty() ? acting_for.principal_actor_id() : title) + " (" + agency + ")";
  }
  return text + ", " + SourceText(acting_for.document(), language);
}

std::string SimulatedClockText(Language language) {
  return std::string(Pick(language,
                          "⚠ ĐỒNG HỒ MÔ PHỎNG: thời điểm ghi của sổ này không phải giờ thật.\n",
                          "⚠ SIMULATED CLOCK: recorded times of this ledger are not real time.\n"));
}

std::string FooterText(const v1::AnswerMeta& meta, Language language) {
  std::string text;
  for (const v1::LedgerPosition& at : meta.positions()) text += LedgerText(at, language);
  text += std::string(Pick(language, "Tại ngày ", "Effective on ")) +
          IsoDateText(meta.effective_on(), language) +
          std::string(Pick(language, "; bảng đọc ", "; read model ")) + meta.projection() +
          std::string(Pick(language, ", phiên bản ", ", version ")) +
          std::to_string(meta.projection_version()) + "\n";
  if (!meta.next_page_token().empty()) {
    text += std::string(Pick(language, "Còn trang sau: thêm --all, hoặc --page-token ",
                             "More pages: add --all, or --page-token ")) +
            meta.next_page_token() + "\n";
  }
  if (meta.simulated_clock()) text += SimulatedClockText(language);
  return text;
}

std::string AnswerText(const v1::Accepted& answer, Language language) {
  std::string text(answer.repeated() ? Pick(language, "Đã nhận từ trước (cùng mã, cùng nội dung)",
                                            "Accepted before (same id, same content)")
                                     : Pick(language, "Đã ghi sổ", "Recorded"));
  text += std::string(Pick(language, ": sổ ", ": ledger ")) + answer.ledger() +
          std::string(Pick(language, ", vị trí ", ", position ")) +
          std::to_string(answer.position()) + std::string(Pick(language, ", lúc ", ", at ")) +
          TimeText(FromProto(answer.recorded_at()), language) + "\nsubmission_id " +
          answer.submission_id() + "\n";
  const std::string acting_for = ActingForText(answer.acting_for(), language);
  if (!acting_for.empty()) {
    text += std::string(Pick(language, "Ký: ", "Signed: ")) + acting_for + "\n";
  }
  Table table({Left(language, "Sự kiện", "Event"), Left(language, "Luồng", "Stream"),
               Right(language, "Bản", "Revision"), Left(language, "Mã sự kiện", "Event id")});
  for (const v1::AcceptedEvent& event : answer.events()) {
    table.Add({EventWord(event.type(), language), event.stream(), std::to_string(event.revision()),
               event.event_id()});
  }
  text += table.Text();
  if (answer.simulated_clock()) text += SimulatedClockText(language);
  return text;
}

std::string AnswerText(const v1::GetModelResponse& answer, Language language) {
  const v1::ModelSummary& model = answer.model();
  const v1::ModelDefinition& definition = model.definition();
  Table table({Left(language, "Mô hình", "Model"), {definition.name(), Column::Align::kLeft}});
  const auto row = [&](std::string_view vi, std::string_view en, const std::string& value) {
    if (!value.empty()) table.Add({std::string(Pick(language, vi, en)), value});
  };
  row("Mã", "Id", model.model_id());
  row("Tóm tắt", "Summary", definition.summary());
  row("Cấp", "Level", Word(definition.level(), language));
  row("Lĩnh vực", "Field", Word(definition.field(), language));
  row("Khối", "Sector block", Word(definition.sector_block(), language));
  row("Nơi thực hiện", "Place", UnitText(model.unit()));
  row("Chủ thể", "Owner", definition.owner());
  row("Trạng thái", "Status", Word(model.status(), language));
  row("Từ", "Since", DateText(model.status_since(), language));
  row("Bắt đầu", "Began", DateText(model.began_on(), language));
  row("Cơ quan phụ trách", "Run by", AgencyText(model.agency()));
  row("Nguồn", "Origin", OriginText(model.from_document(), language));
  for (const LabelledLine& line : LifeLines(model, language)) table.Add({line.label, line.value});
  row("Bản", "Revision", std::to_string(model.revision()));
  return table.Text() + "\n" + TimelineText(answer, language) + FooterText(answer.meta(), language);
}

std::string AnswerText(const v1::ListModelsResponse& answer, Language language) {
  Table table({Left(language, "Mã", "Id"), Left(language, "Tên", "Name"),
               Left(language, "Cấp", "Level"), Left(language, "Lĩnh vực", "Field"),
               Left(language, "Nơi thực hiện", "Place"), Left(language, "Trạng thái", "Status"),
               Left(language, "Bắt đầu", "Began"), Left(language, "Nguồn", "Origin")});
  for (const v1::ModelSummary& model : answer.models()) {
    table.Add({model.model_id(), model.definition().name(),
               Word(model.definition().level(), language),
               Word(model.definition().field(), language), UnitText(model.unit()),
               Word(model.status(), language), DateText(model.began_on(), language),
               OriginText(model.from_document(), language)});
  }
  return table.Text() +
         TotalLine("Số mô hình trong bảng: ", "Models listed: ",
                   static_cast<std::uint64_t>(answer.models_size()), language) +
         FooterText(answer.meta(), language);
}

std::string AnswerText(const v1::ListSitesResponse& answer, Language language) {
  Table table({Left(language, "Mã", "Id"), Left(language, "Tên điểm", "Site"),
               Left(language, "Nơi", "Place"), Left(language, "Trạng thái", "Status"),
               Left(language, "Xác minh", "Verified"), Left(language, "Bắt đầu", "Began"),
               Left(language, "Kết quả", "Outputs"), Left(language, "Nguồn", "Origin")});
  for (const v1::SiteSummary& site : answer.sites()) {
    std::string outputs;
    for (const v1::Quantity& quantity : site.outputs()) {
      outputs += (outputs.empty() ? "" : "; ") + QuantityText(quantity, language);
    }
    table.Add({site.site_id(), site.description().name(), UnitText(site.unit()),
               Word(site.status(), language), Word(site.verification_level(), language),
               DateText(site.began_on(), language), outputs,
               OriginText(site.from_document(), language)});
  }
  const std::string card = answer.sites_size() == 1 ? SiteCard(answer, language) : "";
  return table.Text() + card +
         TotalLine("Tổng số điểm: ", "Sites in all: ", answer.total(), language) +
         TotalLine("Số đơn vị hành chính: ", "Units: ", answer.units(), language) +
         FooterText(answer.meta(), language);
}

std::string AnswerText(const v1::ListAgenciesResponse& answer, Language language) {
  Table table({Left(language, "Cơ quan", "Agency"), Left(language, "Đơn vị", "Unit"),
               Left(language, "Người, hệ thống", "Actor"), Left(language, "Mã", "Id"),
               Left(language, "Quyền, ủy quyền", "Grants, delegations"),
               Right(language, "Thẻ", "Credentials")});
  for (const v1::AgencyEntry& agency : answer.agencies()) {
    table.Add({AgencyText(agency.agency()), UnitText(agency.unit()), "",
               agency.agency().agency_id(), StatusText(agency, language), ""});
    for (const v1::ActorEntry& actor : agency.actors()) {
      table.Add({"", "", actor.title(), actor.actor_id(), RightsText(actor, language),
                 CredentialsText(actor, language)});
    }
  }
  return table.Text() + FooterText(answer.meta(), language);
}

namespace {

// Agency and role and, where it was sent for somebody else, for whom and by which document.
std::string SenderText(const v1::SubmissionEntry& entry, Language language) {
  std::string text = AgencyText(entry.agency()) + ", " + Word(entry.role(), language);
  const std::string acting_for = ActingForText(entry.acting_for(), language);
  return acting_for.empty() ? text : text + "\n" + acting_for;
}

}  // namespace

std::string AnswerText(const v1::ListSubmissionsResponse& answer, Language language) {
  Table table({Right(language, "Vị trí", "Position"), Left(language, "Ghi lúc", "Recorded"),
               Left(language, "Mã", "Id"), Left(language, "Lệnh", "Command"),
               Left(language, "Người gửi", "Sender"), Left(language, "Kết quả", "Outcome")});
  for (const v1::SubmissionEntry& entry : answer.submissions()) {
    std::string outcome;
    for (const std::string& stream : entry.streams()) {
      outcome += (outcome.empty() ? "" : "\n") + stream;
    }
    for (const v1::Violation& violation : entry.refused()) {
      outcome += (outcome.empty() ? "" : "\n") +
                 std::string(Pick(language, "từ chối: ", "refused: ")) +
                 std::string(Pick(language, violation.wrong_vi(), violation.wrong_en()));
    }
    table.Add({std::to_string(entry.position()), TimeText(FromProto(entry.recorded_at()), language),
               entry.submission_id(),
               entry.command_type().substr(entry.command_type().rfind('.') + 1),
               SenderText(entry, language), outcome});
  }
  return table.Text() + FooterText(answer.meta(), language);
}

std::string AnswerText(const v1::ListUnitsResponse& answer, Language language) {
  Table table({Left(language, "Mã số", "Code"), Left(language, "Tên", "Name"),
               Left(language, "Cấp", "Level"), Left(language, "Loại", "Type"),
               Left(language, "Từ", "Since"), Left(language, "Chấm dứt", "Abolished"),
               Left(language, "Mã", "Id"), Left(language, "Thuộc", "Parent")});
  for (const v1::UnitEntry& entry : answer.units()) {
    table.Add({entry.unit().code_at_event(), UnitText(entry.unit()),
               Word(entry.unit().level(), language), Word(entry.type(), language),
               DateText(entry.established_on(), language),
               IsoDateText(entry.abolished_on(), language), entry.unit().unit_id(),
               entry.parent_unit_id()});
  }
  return table.Text() + FooterText(answer.meta(), language);
}

}  // namespace nhanrong::cli
