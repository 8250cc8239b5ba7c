// Model (mô hình): the reusable definition of a pilot or a good practice, and its life cycle.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "nhanrong/v1/model.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct ModelState final : State {
  v1::ModelStatus status = v1::MODEL_STATUS_UNSPECIFIED;  // UNSPECIFIED: absent
  v1::ModelDefinition definition;
  // Who stands behind these steps of the present round; a returned model starts anew. Empty: not
  // done, or told by a document.
  Signatories submitted_by;
  Signatories screened_by;
};

// "ABSENT", "DRAFT", …
std::string_view ModelStatusName(v1::ModelStatus status);

extern const AggregateType kModel;
extern const std::span<const CommandType> kModelCommands;

}  // namespace nhanrong::domain
