// The classification checklist (invariant I7): its questions, and the answers of a model.
#pragma once

#include <string_view>

#include "nhanrong/v1/model.pb.h"

namespace nhanrong::domain {

struct Question {
  std::string_view name;  // of its field
  v1::ClassificationChecklist::Answer (v1::ClassificationChecklist::*answer)() const;
  // The answer that lets a model pass.
  v1::ClassificationChecklist::Answer passes;
  // What it turned out to be where the answer is YES; UNSPECIFIED: a model.
  v1::ModelReclassification as;

  v1::ClassificationChecklist::Answer Answer(const v1::ClassificationChecklist& list) const {
    return (list.*answer)();
  }
};

inline constexpr Question kQuestions[] = {
    {"is_model", &v1::ClassificationChecklist::is_model, v1::ClassificationChecklist::ANSWER_YES,
     v1::MODEL_RECLASSIFICATION_UNSPECIFIED},
    {"is_startup_project", &v1::ClassificationChecklist::is_startup_project,
     v1::ClassificationChecklist::ANSWER_NO, v1::MODEL_RECLASSIFICATION_STARTUP},
    {"is_investment_project", &v1::ClassificationChecklist::is_investment_project,
     v1::ClassificationChecklist::ANSWER_NO, v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT},
    {"is_initiative", &v1::ClassificationChecklist::is_initiative,
     v1::ClassificationChecklist::ANSWER_NO, v1::MODEL_RECLASSIFICATION_INITIATIVE},
};

}  // namespace nhanrong::domain
