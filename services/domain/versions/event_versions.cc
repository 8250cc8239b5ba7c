#include "services/domain/versions/event_versions.h"

#include <algorithm>
#include <utility>

namespace nhanrong::domain {
namespace {

// Before version 2 nothing was said of a token, which was the only kind at first.
v1::Fact CredentialSaysItsKind(v1::Fact fact) {
  v1::CredentialIssued& issued = *fact.mutable_credential_issued();
  if (issued.kind() == v1::CREDENTIAL_KIND_UNSPECIFIED) {
    issued.set_kind(v1::CREDENTIAL_KIND_TOKEN);
  }
  return fact;
}

// While corrections were at version 1, so were all other types.
v1::Fact CorrectionSaysTheVersionOfItsReplacement(v1::Fact fact) {
  fact.mutable_fact_corrected()->set_replacement_version(1);
  return fact;
}

constexpr Upcaster kUpcasters[] = {
    {v1::Fact::kFactCorrected, 1, CorrectionSaysTheVersionOfItsReplacement},
    {v1::Fact::kCredentialIssued, 1, CredentialSaysItsKind},
};

const Upcaster* StepFrom(std::uint32_t version, v1::Fact::KindCase kind,
                         std::span<const Upcaster> steps) {
  const auto step = std::find_if(steps.begin(), steps.end(), [&](const Upcaster& one) {
    return one.kind == kind && one.from == version;
  });
  return step == steps.end() ? nullptr : &*step;
}

}  // namespace

std::span<const Upcaster> Upcasters() { return kUpcasters; }

std::uint32_t CurrentVersion(v1::Fact::KindCase kind, std::span<const Upcaster> steps) {
  std::uint32_t current = 1;
  for (const Upcaster& step : steps) {
    if (step.kind == kind) current = std::max(current, step.from + 1);
  }
  return current;
}

bool RaiseToCurrent(std::uint32_t version, v1::Fact& fact, std::span<const Upcaster> steps) {
  const std::uint32_t current = CurrentVersion(fact.kind_case(), steps);
  if (version == 0 || version > current) return false;
  for (; version < current; ++version) {
    const Upcaster* step = StepFrom(version, fact.kind_case(), steps);
    if (step == nullptr) return false;
    fact = step->up(std::move(fact));
  }
  return true;
}

}  // namespace nhanrong::domain
