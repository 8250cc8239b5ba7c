#include "services/cli/row_import/record_names.h"

#include <algorithm>
#include <utility>

#include "services/base/ids.h"

namespace nhanrong::cli {
namespace {

constexpr std::size_t kCandidatesShown = 6;

template <typename Request>
Request RequestOf(const Importing& importing) {
  Request request;
  request.mutable_context()->set_ledger(importing.ledger);
  request.mutable_context()->set_min_position(importing.min_position);
  return request;
}

bool IsDenied(const Failure& failure) {
  return failure.code() == static_cast<int>(absl::StatusCode::kPermissionDenied);
}

std::string UpperAscii(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

}  // namespace

RecordNames::RecordNames(const RowService& service, Importing importing, Kind kind)
    : service_(service), importing_(std::move(importing)), kind_(kind) {}

void RecordNames::Add(const std::string& id, const std::string& name,
                      const v1::AdminUnitRef& unit) {
  by_name_.emplace(FoldName(name), Found{id, name + " (" + id + ", " + unit.name_at_event() + ")"});
}

Failure RecordNames::LoadWithin(const std::string& unit_id) {
  if (kind_ == Kind::kModels) {
    auto request = RequestOf<v1::ListModelsRequest>(importing_);
    request.mutable_filter()->set_unit_id(unit_id);
    return AllPages(service_.models, request, [&](const v1::ListModelsResponse& page) {
      for (const v1::ModelSummary& model : page.models()) {
        Add(model.model_id(), model.definition().name(), model.unit());
      }
    });
  }
  auto request = RequestOf<v1::ListSitesRequest>(importing_);
  request.set_unit_id(unit_id);
  return AllPages(service_.sites, request, [&](const v1::ListSitesResponse& page) {
    for (const v1::SiteSummary& site : page.sites()) {
      Add(site.site_id(), site.description().name(), site.unit());
    }
  });
}

namespace {

void AddScopes(const v1::ActorEntry& actor, std::vector<std::string>& scopes) {
  for (const v1::GrantEntry& grant : actor.grants()) {
    if (!grant.scope_unit_id().empty()) scopes.push_back(grant.scope_unit_id());
  }
}

}  // namespace

Failure RecordNames::ScopesOf(std::vector<std::string>& scopes) const {
  auto request = RequestOf<v1::ListAgenciesRequest>(importing_);
  request.set_agency_id(importing_.agency_id);
  return AllPages(service_.agencies, request, [&](const v1::ListAgenciesResponse& page) {
    for (const v1::AgencyEntry& agency : page.agencies()) {
      for (const v1::ActorEntry& actor : agency.actors()) {
        if (actor.actor_id() == importing_.actor_id) AddScopes(actor, scopes);
      }
    }
  });
}

Failure RecordNames::Load() {
  Failure failure = LoadWithin("");
  if (!IsDenied(failure)) return failure;
  std::vector<std::string> scopes;
  if (Failure asked = ScopesOf(scopes); !Ok(asked)) return asked;
  std::sort(scopes.begin(), scopes.end());
  scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
  for (const std::string& scope : scopes) {
    failure = LoadWithin(scope);
    if (!Ok(failure) && !IsDenied(failure)) return failure;
  }
  // Who may read nothing knows no names; ids still do.
  return {};
}

Understood<RecordNames::Found> RecordNames::Find(const std::string& text, Failure& failure) {
  if (const std::string id = UpperAscii(text); IsUlid(id)) return Found{id, id};
  if (!loaded_) {
    failure = Load();
    if (!Ok(failure)) return NotUnderstood("", "");
    loaded_ = true;
  }
  const auto [begin, end] = by_name_.equal_range(FoldName(text));
  const auto count = static_cast<std::size_t>(std::distance(begin, end));
  if (count == 1) return begin->second;
  const std::string vi = kind_ == Kind::kModels ? "mô hình" : "điểm";
  const std::string en = kind_ == Kind::kModels ? "model" : "site";
  if (count == 0) {
    return NotUnderstood(
        "chưa có " + vi + " tên \"" + text + "\" trong sổ: ghi mã, hoặc nhập " + vi + " trước",
        "no " + en + " named \"" + text + "\" in the ledger");
  }
  std::string candidates;
  std::size_t shown = 0;
  for (auto it = begin; it != end && shown < kCandidatesShown; ++it, ++shown) {
    candidates += (candidates.empty() ? "" : "; ") + it->second.shown;
  }
  if (count > shown) candidates += "; …";
  const std::string number = std::to_string(count);
  return NotUnderstood("có " + number + " " + vi + " tên \"" + text + "\": ghi mã: " + candidates,
                       number + " " + en + "s named \"" + text + "\": give the id: " + candidates);
}

}  // namespace nhanrong::cli
