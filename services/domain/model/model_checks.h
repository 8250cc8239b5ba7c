// Field rules of the model's facts; model.cc has the table that names them.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

void CheckModelRegistered(const v1::Fact& fact, const Field& at, Told told);
void CheckModelReturned(const v1::Fact& fact, const Field& at, Told told);
void CheckModelScreened(const v1::Fact& fact, const Field& at, Told told);
void CheckModelReclassified(const v1::Fact& fact, const Field& at, Told told);
void CheckModelMerged(const v1::Fact& fact, const Field& at, Told told);
void CheckModelRejected(const v1::Fact& fact, const Field& at, Told told);
void CheckModelRevised(const v1::Fact& fact, const Field& at, Told told);
void CheckModelStewards(const v1::Fact& fact, const Field& at, Told told);
void CheckModelTransferred(const v1::Fact& fact, const Field& at, Told told);
void CheckModelProgress(const v1::Fact& fact, const Field& at, Told told);
void CheckModelSuspended(const v1::Fact& fact, const Field& at, Told told);
void CheckModelResumed(const v1::Fact& fact, const Field& at, Told told);
void CheckModelClosed(const v1::Fact& fact, const Field& at, Told told);
void CheckModelFromDocument(const v1::Fact& fact, const Field& at, Told told);

}  // namespace nhanrong::domain
