// A read model for the tests of the projector: the names that a stream ever had, and the last
// commit. Reads before it writes, so that a fold that is out of order or done twice shows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/projector/projection.h"

namespace nhanrong::projector {

// A name that the journal refuses to fold, after it wrote a row.
inline constexpr char kUnfoldable[] = "unfoldable";

// Rows "name/<stream>": names joined by commas; "commit": position of the last commit.
std::unique_ptr<Projection> MakeJournal();
v1::Fact Renamed(std::string name);
// Commits over a few streams, among them refusals and commits of several events; the same ones
// always.
std::vector<Commit> JournalCommits(std::size_t count);

}  // namespace nhanrong::projector
