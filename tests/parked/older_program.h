// What other programs than the one under test leave behind: in a log, a record that no program of
// today writes; on disk, the read models of a program that knew less. The server must not run.
#pragma once

#include <string>

#include "nhanrong/v1/record.pb.h"

namespace nhanrong::parked {

// Appends a record to the embedded log and waits until it is durable.
void Append(const std::string& data, const std::string& ledger, const v1::Record& record);

// Folds the whole embedded log into the read models of `data` as a program does that has not heard
// of events of this type.
void FoldWithout(const std::string& data, const std::string& ledger, const std::string& type);

}  // namespace nhanrong::parked
