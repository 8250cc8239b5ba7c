// Finding something to work on in a commune.
#pragma once

#include <vector>

#include "services/generator/act.h"

namespace nhanrong::generator {

// One of those that fit, by chance; null: none does.
template <typename Thing, typename Fits>
Thing* PickOne(Random& random, std::vector<Thing>& all, const Fits& fits) {
  std::vector<Thing*> fitting;
  for (Thing& thing : all) {
    if (fits(thing)) fitting.push_back(&thing);
  }
  return fitting.empty() ? nullptr : random.Pick(fitting);
}

inline Model* PickModel(const Moment& at, v1::ModelStatus status) {
  return PickOne(at.random, at.commune.models,
                 [status](const Model& model) { return model.status == status; });
}
inline Model* PickModelInUse(const Moment& at) {
  return PickOne(at.random, at.commune.models, [](const Model& model) { return model.in_use(); });
}
inline Site* PickLiveSite(const Moment& at) {
  return PickOne(at.random, at.commune.sites, [](const Site&) { return true; });
}

// Ends something: it goes from the living to those that some still remember.
template <typename Thing>
void End(std::vector<Thing>& living, std::deque<Thing>& ended, Thing* thing) {
  ended.push_back(std::move(*thing));
  if (ended.size() > kRememberedEnds) ended.pop_front();
  living.erase(living.begin() + (thing - living.data()));
}

inline void Remember(std::deque<Report>& reports, Report report) {
  reports.push_back(std::move(report));
  if (reports.size() > kRememberedReports) reports.pop_front();
}

}  // namespace nhanrong::generator
