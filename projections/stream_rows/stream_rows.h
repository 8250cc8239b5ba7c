// Streams of small aggregates, each in one row of facts in force: the row follows corrections and
// annulments, and a query folds the aggregate's own state from it, as of any day.
//
// Pure. Faults: an error of FoldStreamRow parks the stream; DATA_LOSS names a row that does not
// parse.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "nhanrong/rows/v1/stream_row.pb.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/projector/projection.h"

namespace nhanrong::projections {

// Applies the event to `row`, the row of its stream.
absl::Status FoldStreamRow(const projector::FoldEvent& event, rows::v1::StreamRow& row);

// The stream of the facts known to hold by `day`; absent: of all facts in force. Ledger order.
domain::Stream StreamOf(const rows::v1::StreamRow& row, const domain::AggregateType& type,
                        std::optional<absl::CivilDay> day = std::nullopt);

// The highest classification of its facts in force.
v1::Classification ClassificationOf(const rows::v1::StreamRow& row);

}  // namespace nhanrong::projections
