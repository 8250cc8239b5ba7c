// Made-up submissions of which a test knows beforehand what becomes of each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nhanrong/v1/command.pb.h"

namespace nhanrong::crash {

// Lines of an import that establishes the units.
std::string UnitLines();

struct Expected {
  std::string submission_id;
  bool accepted = false;  // else refused by a rule
  int events = 0;
};

struct Workload {
  std::string lines;  // NDJSON, one for each of `expected`, in order
  std::vector<Expected> expected;
  int accepted = 0;
  int refused = 0;
};

// `count` submissions of one officer: models registered and recorded from documents, several steps
// to one stream, corrections that name an earlier line, and steps that a rule refuses. `seed` makes
// ids of its own.
Workload MakeWorkload(int count, const std::string& seed);

// A model in use, and reports of its progress: each is one event of the stream "model/<model_id>".
v1::Submission ModelInUse(const std::string& model_id);
v1::Submission Progress(const std::string& model_id, const std::string& submission_id,
                        const std::string& narrative);
// The ULID and UUID that belong to a name.
std::string IdOf(const std::string& name);
std::string SubmissionIdOf(const std::string& name);

}  // namespace nhanrong::crash
