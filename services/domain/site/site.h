// Site (điểm mô hình): one implementation of a model, at one place, by one owner.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "nhanrong/v1/site.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct SiteState final : State {
  v1::SiteStatus status = v1::SITE_STATUS_UNSPECIFIED;  // UNSPECIFIED: absent
  // As it is now, transfers and revisions included.
  v1::SiteDescription description;
  // Everybody who started it, entered it or reported its outputs: none of them inspects it.
  std::vector<Signatories> reporters;
  // Events of its reports of outputs.
  std::set<std::string> report_ids;
};

extern const AggregateType kSite;
extern const std::span<const CommandType> kSiteCommands;

}  // namespace nhanrong::domain
