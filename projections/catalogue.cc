#include "projections/catalogue.h"

#include "projections/agency_directory/agency_directory.h"
#include "projections/counted_figures/counted_figures.h"
#include "projections/model_card/model_card.h"
#include "projections/model_list/model_list.h"
#include "projections/sites/sites.h"
#include "projections/submissions/submissions.h"
#include "projections/units/units.h"

namespace nhanrong::projections {

std::vector<std::unique_ptr<projector::Projection>> MakeAll() {
  std::vector<std::unique_ptr<projector::Projection>> all;
  all.push_back(MakeModelList());
  all.push_back(MakeModelCard());
  all.push_back(MakeSites());
  all.push_back(MakeCountedFigures());
  all.push_back(MakeAgencyDirectory());
  all.push_back(MakeSubmissions());
  all.push_back(MakeUnits());
  return all;
}

std::unique_ptr<projector::Projection> Make(std::string_view name) {
  for (auto& projection : MakeAll()) {
    if (projection->name() == name) return std::move(projection);
  }
  return nullptr;
}

}  // namespace nhanrong::projections
