// The versions of event types: what an older program wrote, read as the newest version says it.
//
// A version is the meaning of a type's message. It is raised when the same bytes come to mean
// something else, or when a fact says what folds had to guess; a field that may be absent raises
// nothing. Recorded bytes are never written again: an old fact is raised each time that it is read,
// so folds know one version only. Pure.
#pragma once

#include <cstdint>
#include <span>

#include "nhanrong/v1/fact.pb.h"

namespace nhanrong::domain {

// One step: what a fact of version `from` says, as version `from` + 1 says it. The list of these
// steps is the list of versions: a type without one is at version 1.
struct Upcaster {
  v1::Fact::KindCase kind;
  std::uint32_t from;
  // Pure and total: a recorded fact cannot be refused. Keeps unknown fields.
  v1::Fact (*up)(v1::Fact);
};

// Of all types, the steps of one type in their order.
std::span<const Upcaster> Upcasters();

// The version in which facts of this type are written, and in which folds see them.
std::uint32_t CurrentVersion(v1::Fact::KindCase kind,
                             std::span<const Upcaster> steps = Upcasters());

// Raises a fact of `version`, step by step. False: 0, a version of a later program, or one from
// which no step leads on; the fact cannot be read.
bool RaiseToCurrent(std::uint32_t version, v1::Fact& fact,
                    std::span<const Upcaster> steps = Upcasters());

}  // namespace nhanrong::domain
