// What makes a row the same row: its key, its content, and the id of each of its submissions.
//
// Pure. The ids depend on nothing but agency, template, the understood values and the attempt: not
// on the file, its form, the order of columns, or the machine.
#pragma once

#include <cstdint>
#include <string>

#include "services/cli/templates/template.h"

namespace nhanrong::cli {

struct RowIdentity {
  // Of the row whatever its other cells say: correlation_id of all its submissions.
  std::string row;
  // Of the row with these values, its reason apart: causation_id.
  std::string content;
  // Id of the stream that the row begins.
  std::string stream_id;

  friend bool operator==(const RowIdentity&, const RowIdentity&) = default;
};

// REQUIRES: references are in the submission.
RowIdentity IdentityOf(const Template& form, const std::string& agency_id,
                       const v1::Submission& submission);
// Version 5 UUID of agency, template, key, content, reason and attempt.
std::string SubmissionIdOf(const RowIdentity& identity, const std::string& reason,
                           std::uint64_t attempt);

}  // namespace nhanrong::cli
