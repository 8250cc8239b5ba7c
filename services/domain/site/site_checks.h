// Field rules of the site's facts; site.cc has the table that names them.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

void CheckSiteStarted(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteFromDocument(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteOutput(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteInspected(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteFundingEnded(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteTransferred(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteRevised(const v1::Fact& fact, const Field& at, Told told);
void CheckSiteStopped(const v1::Fact& fact, const Field& at, Told told);

}  // namespace nhanrong::domain
