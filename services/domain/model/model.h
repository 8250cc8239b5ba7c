// Model (mô hình): the reusable definition of a pilot or a good practice, and its life cycle.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "nhanrong/v1/model.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct ModelState final : State {
  v1::ModelStatus status = v1::MODEL_STATUS_UNSPECIFIED;  // UNSPECIFIED: absent
  // To which a SUSPENDED model goes back.
  v1::ModelStatus status_before = v1::MODEL_STATUS_UNSPECIFIED;
  // The version in force, in the unit where the model is run now.
  v1::ModelDefinition definition;
  // The agency that runs it: that which entered it, until it is transferred.
  std::string agency_id;
  v1::ModelStewardsAssigned stewards;
  // Of a CLOSED model.
  v1::ModelCloseReason close_reason = v1::MODEL_CLOSE_REASON_UNSPECIFIED;
  // Who stands behind these steps of the present round; a returned model starts anew. Empty: not
  // done, or told by a document.
  Signatories submitted_by;
  Signatories screened_by;
  // The first day on which it may have been in use; absent: it never was.
  std::optional<absl::CivilDay> in_use_from;
  // The model that it gave way to; empty: none.
  std::string other_model_id;

  // PILOTING or ACTIVE.
  bool in_use() const;
  // Another model may be merged into it, or give way to it.
  bool stands() const;
};

// "ABSENT", "DRAFT", …
std::string_view ModelStatusName(v1::ModelStatus status);
// Whether a close for this reason names another model.
bool NamesOtherModel(v1::ModelCloseReason reason);
// `told` in the unit where the model is run.
v1::ModelDefinition RevisedDefinition(const ModelState& model, const v1::ModelDefinition& told);

extern const AggregateType kModel;
extern const std::span<const CommandType> kModelCommands;

}  // namespace nhanrong::domain
