// Field rules and domain rules of the model's facts; model.cc has the table that names them.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

void CheckModelRegistered(const v1::Fact& fact, const Field& at, Told told);
void CheckModelReturned(const v1::Fact& fact, const Field& at, Told told);
void CheckModelScreened(const v1::Fact& fact, const Field& at, Told told);
void CheckModelProgress(const v1::Fact& fact, const Field& at, Told told);
void CheckModelClosed(const v1::Fact& fact, const Field& at, Told told);
void CheckModelFromDocument(const v1::Fact& fact, const Field& at, Told told);

// Invariants I7 (it is a model and nothing else) and I10 (not by its submitter).
void ModelMayBeScreened(const NextFact& next);
// Invariant I10: not by its submitter, and not by its screener.
void ModelMayBeApproved(const NextFact& next);

}  // namespace nhanrong::domain
