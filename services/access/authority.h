// In whose right a command is given: in the caller's own, or in that of a person or an agency who
// has delegated it (KT., TL., TUQ.). Pure over the world of the decision.
//
// A delegation of a person lends that person's grants, as far as they hold at the moment; one of an
// agency lends its unit, and the caller brings a role of his own. Everything that is looked at is
// read through the world, so that a change of it voids what did not see it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/access/access.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/decision.h"

namespace nhanrong::access {

// What a submission asks for.
struct AskedCommand {
  v1::Command::KindCase command;
  std::span<const std::string> unit_ids;                 // none: the whole ledger
  std::string_view grant_id;                             // empty: the first that fits
  std::string_view delegation_id;                        // empty: in his own right
  std::string_view on_behalf_of_agency_id;               // empty: not said
  v1::Classification reads = v1::CLASSIFICATION_PUBLIC;  // what must be read for it
};

// Under any of the grants; the first one where the domain accepts none or does not care.
struct Authority {
  Grant grant;
  std::optional<v1::ActingFor> acting_for;  // absent: in his own right
  std::vector<Grant> others = {};
};

tl::expected<Authority, Denied> AuthorityFor(const Caller& caller, const AskedCommand& asked,
                                             absl::CivilDay today, domain::World& world,
                                             const Map& map);

// Absent: the agency works.
std::optional<Denial> WhyNotAtWork(const domain::AgencyState& agency);
v1::AgencyRef AgencyRefOf(const std::string& agency_id, const domain::AgencyState& agency);

}  // namespace nhanrong::access
