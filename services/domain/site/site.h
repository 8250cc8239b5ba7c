// Site (điểm mô hình): one implementation of a model, at one place, by one owner.
#pragma once

#include <span>

#include "nhanrong/v1/site.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct SiteState final : State {
  v1::SiteStatus status = v1::SITE_STATUS_UNSPECIFIED;  // UNSPECIFIED: absent
  v1::SiteDescription description;
};

extern const AggregateType kSite;
extern const std::span<const CommandType> kSiteCommands;

}  // namespace nhanrong::domain
