// Domain rules of the model's facts: on its state, and on other streams. model.cc has the table
// that names them.
#pragma once

#include "services/domain/aggregate/fact_rule.h"

namespace nhanrong::domain {

// Invariants I7 (it is a model and nothing else) and I10 (not by its submitter).
void ModelMayBeScreened(const NextFact& next);
// I10.
void ModelMayBeReclassified(const NextFact& next);
// I10, and I7: no model leaves SUBMITTED without a checklist.
void ModelMayBeMerged(const NextFact& next);
// The same; a screened model is rejected in the approver's place, so not by its screener.
void ModelMayBeRejected(const NextFact& next);
// I10: not by its submitter, and not by its screener.
void ModelMayBeApproved(const NextFact& next);

// The model to which this one gives way is another one that stands. What a correction leaves as it
// was is not asked again.
void OtherModelStands(const NextFact& next, World& world);
// For as long as this one has given way to it.
void OtherModelIsKnown(const NextFact& next, World& world);
// What is reported of its use does not lie before it.
void ModelIsInUseByThen(const NextFact& next);
// The definition differs from the present one.
void ModelRevisionChanges(const NextFact& next, World& world);
// Agencies and units are known, and the list differs from the present one.
void ModelStewardsAreKnown(const NextFact& next, World& world);
// The receiving agency is known, and something changes.
void ModelTransferChanges(const NextFact& next, World& world);

}  // namespace nhanrong::domain
