// What must hold of a ledger's history, computed here from the bytes and not by the program's code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "nhanrong/v1/history_service.pb.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {

// Positions are dense from 0; leaf_hash = SHA-256(0x00 || record_bytes); running_hash =
// SHA-256(running_hash before || leaf_hash), from 32 zero bytes on; the revisions of each stream
// are dense from 0.
void ExpectSoundHistory(const std::vector<v1::HistoryEntry>& history);

// Position by submission id; fails when an id closes two commits.
std::map<std::string, std::uint64_t> PositionsOf(const std::vector<v1::HistoryEntry>& history);

// Each expected submission is there once, accepted with its events or refused.
void ExpectRecordedOnce(const std::vector<v1::HistoryEntry>& history,
                        const std::vector<Expected>& expected);

}  // namespace nhanrong::crash
