// Domain rules of the site's facts: on its state, and on other streams. site.cc has the table that
// names them.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

// The model and the copied site are known; a site that starts needs a model in use. What a
// correction leaves as it was is not asked again: the model may have been closed since.
void SitePartsAreKnown(const NextFact& next, World& world);

// Nobody verifies what he reported (invariant I10), the level fits the inspector's role, and the
// report that is confirmed is there.
void SiteMayBeInspected(const NextFact& next);

// Something changes.
void SiteTransferChanges(const NextFact& next, World& world);
void SiteRevisionChanges(const NextFact& next, World& world);

}  // namespace nhanrong::domain
