// Domain rules of the site's facts: on its state, and on other streams. site.cc has the table that
// names them.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

// A site that starts needs a model that is in use now. What a correction leaves as it was is not
// asked again: the model may have been closed since.
void SiteModelIsInUse(const NextFact& next, World& world);
// The model and the copied site are known; a site did not start before its model was in use.
void SitePartsAreKnown(const NextFact& next, World& world);

// Nobody verifies what he reported (invariant I10), the level fits the inspector's role, and the
// report that is confirmed is there.
void SiteMayBeInspected(const NextFact& next);

// Something changes.
void SiteTransferChanges(const NextFact& next, World& world);
void SiteRevisionChanges(const NextFact& next, World& world);

}  // namespace nhanrong::domain
