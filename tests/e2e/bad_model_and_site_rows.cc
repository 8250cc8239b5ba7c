#include "services/base/ids.h"
#include "tests/e2e/bad_input_scene.h"

namespace nhanrong::e2e {
namespace {

// The deed with its command changed.
template <typename Change>
Deed Spoilt(Deed deed, const Change& change) {
  change(*deed.submission.mutable_command());
  return deed;
}

template <typename Change>
Step Stewards(BadInputScene& s, const Change& change) {
  return {s.staff.approver,
          Spoilt(AssignStewards(s.piloting, s.map.commune, s.book.administrator().agency_id),
                 [&](v1::Command& c) { change(*c.mutable_assign_stewards()); })};
}

template <typename Change>
Step Described(BadInputScene& s, const Change& change) {
  return {s.staff.officer, Spoilt(ReviseDescription(s.site), [&](v1::Command& c) {
            change(*c.mutable_revise_description()->mutable_particulars());
          })};
}

template <typename Change>
Step Inspected(BadInputScene& s, const Change& change) {
  return {s.staff.screener,
          Spoilt(InspectSite(s.site), [&](v1::Command& c) { change(*c.mutable_inspect_site()); })};
}

std::vector<Row> BadEndsOfModels() {
  const std::string other = "command.merge_duplicate.other_model_id ";
  return {
      {"close that does not name the other model",
       [](BadInputScene& s) -> Step {
         return {s.staff.approver, CloseModel(s.piloting, v1::MODEL_CLOSE_REASON_ABSORBED)};
       },
       kInvalid,
       {"command.close_model.other_model_id field.required"}},
      {"close that names a model for no reason",
       [](BadInputScene& s) -> Step {
         return {s.staff.approver,
                 CloseModel(s.piloting, v1::MODEL_CLOSE_REASON_COMPLETED, s.draft)};
       },
       kInvalid,
       {"command.close_model.other_model_id id.not_allowed"}},
      {"reclassification against its checklist",
       [](BadInputScene& s) -> Step {
         return {s.staff.screener, Spoilt(ReclassifyModel(s.submitted), [](v1::Command& c) {
                   c.mutable_reclassify_model()->set_as(v1::MODEL_RECLASSIFICATION_INITIATIVE);
                 })};
       },
       kInvalid,
       {"command.reclassify_model.checklist.is_initiative model.checklist_disagrees"}},
      {"merge into itself",
       [](BadInputScene& s) -> Step {
         return {s.staff.screener, MergeDuplicate(s.submitted, s.submitted)};
       },
       kRefused,
       {other + "model.other_itself"}},
      {"merge into no model",
       [](BadInputScene& s) -> Step {
         return {s.staff.screener, MergeDuplicate(s.submitted, NewId())};
       },
       kRefused,
       {other + "model.other_unknown"}},
      {"merge into a model that was merged",
       [](BadInputScene& s) -> Step {
         return {s.staff.screener, MergeDuplicate(s.submitted, s.merged)};
       },
       kRefused,
       {other + "model.other_gone"}},
      {"rejection without a checklist",
       [](BadInputScene& s) -> Step {
         return {s.staff.approver, Spoilt(RejectModel(s.submitted), [](v1::Command& c) {
                   c.mutable_reject_model()->clear_checklist();
                 })};
       },
       kRefused,
       {"command.reject_model.checklist model.checklist_missing"}},
  };
}

std::vector<Row> BadChangesOfModels() {
  const std::string stewards = "command.assign_stewards.stewards";
  return {
      {"revision with a unit",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, Spoilt(ReviseDefinition(s.piloting), [&](v1::Command& c) {
                   c.mutable_revise_definition()->mutable_definition()->set_unit_id(s.map.commune);
                 })};
       },
       kInvalid,
       {"command.revise_definition.definition.unit_id id.not_allowed"}},
      {"revision that changes nothing",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, ReviseDefinition(s.piloting, "Trồng sen lấy hạt")};
       },
       kRefused,
       {"command.revise_definition.definition revision.same"}},
      {"task of two holders",
       [](BadInputScene& s) {
         return Stewards(s, [&](auto& told) {
           told.mutable_stewards(0)->set_agency_id(s.book.administrator().agency_id);
         });
       },
       kInvalid,
       {stewards + "[0] model.steward_holder"}},
      {"task given twice",
       [](BadInputScene& s) {
         return Stewards(s, [](auto& told) { *told.add_stewards() = told.stewards(0); });
       },
       kInvalid,
       {stewards + "[2] list.duplicate"}},
      {"steward that is not there",
       [](BadInputScene& s) {
         return Stewards(s, [](auto& told) { told.mutable_stewards(1)->set_agency_id(NewId()); });
       },
       kRefused,
       {stewards + "[1].agency_id agency.unknown"}},
      {"transfer to nobody",
       [](BadInputScene& s) -> Step {
         return {s.staff.approver, TransferModel(s.piloting, "")};
       },
       kInvalid,
       {"command.transfer_model transfer.nothing"}},
      {"transfer without a document",
       [](BadInputScene& s) -> Step {
         Deed deed = TransferModel(s.piloting, s.map.other_commune);
         deed.submission.clear_sources();
         return {s.staff.approver, deed};
       },
       kInvalid,
       {"sources source.required"}},
      {"transfer to where it is",
       [](BadInputScene& s) -> Step {
         return {s.staff.approver, TransferModel(s.piloting, s.map.commune)};
       },
       kRefused,
       {"command.transfer_model transfer.same"}},
  };
}

}  // namespace

std::vector<Row> BadModels() {
  std::vector<Row> rows = BadEndsOfModels();
  for (Row& row : BadChangesOfModels()) rows.push_back(std::move(row));
  return rows;
}

std::vector<Row> BadSites() {
  const std::string particulars = "command.revise_description.particulars.";
  return {
      {"inspection of what nobody inspected",
       [](BadInputScene& s) {
         return Inspected(s,
                          [](auto& told) { told.set_level(v1::VERIFICATION_LEVEL_SELF_REPORTED); });
       },
       kInvalid,
       {"command.inspect_site.level enum.not_allowed"}},
      {"deficiencies without a word",
       [](BadInputScene& s) {
         return Inspected(s,
                          [](auto& told) { told.set_result(v1::INSPECTION_RESULT_DEFICIENCIES); });
       },
       kInvalid,
       {"command.inspect_site.note field.required"}},
      {"inspection by who started the site",
       [](BadInputScene& s) -> Step {
         return {s.starter, InspectSite(s.site)};
       },
       kRefused,
       {"command.inspect_site site.own_inspection"}},
      {"level above the role",
       [](BadInputScene& s) -> Step {
         return {s.staff.leader, InspectSite(s.site, v1::INSPECTION_RESULT_CONFIRMED,
                                             v1::VERIFICATION_LEVEL_INSPECTED)};
       },
       kRefused,
       {"command.inspect_site.level site.level_role"}},
      {"report that is not there",
       [](BadInputScene& s) {
         return Inspected(s, [](auto& told) { told.set_confirmed_report_id(RandomUuid4()); });
       },
       kRefused,
       {"command.inspect_site.confirmed_report_id site.report_unknown"}},
      {"certificate without a kind",
       [](BadInputScene& s) {
         return Described(s, [](auto& told) { told.mutable_certificates(0)->clear_kind(); });
       },
       kInvalid,
       {particulars + "certificates[0].kind field.required"}},
      {"certificate that ends before it begins",
       [](BadInputScene& s) {
         return Described(
             s, [](auto& told) { told.mutable_certificates(0)->set_valid_to("2020-12-31"); });
       },
       kInvalid,
       {particulars + "certificates[0].valid_to date.order"}},
      {"contract without a buyer",
       [](BadInputScene& s) {
         return Described(s, [](auto& told) { told.mutable_buyer_contracts(0)->clear_buyer(); });
       },
       kInvalid,
       {particulars + "buyer_contracts[0].buyer field.required"}},
      {"site transferred to where it lies",
       [](BadInputScene& s) -> Step {
         return {s.staff.leader, TransferSite(s.site, s.map.commune)};
       },
       kRefused,
       {"command.transfer_site transfer.same"}},
      {"site that a document tells is invalid",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, RecordSiteFromDocument(NewId(), s.piloting, s.map.commune,
                                                         v1::SITE_STATUS_INVALIDATED)};
       },
       kInvalid,
       {"command.record_site_from_document.stated_status enum.not_allowed"}},
  };
}

}  // namespace nhanrong::e2e
