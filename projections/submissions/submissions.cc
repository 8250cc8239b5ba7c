#include "projections/submissions/submissions.h"

#include <limits>
#include <map>

#include "nhanrong/rows/v1/submissions.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/base/bytes.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::projections {
namespace {

// Streams of the ledger's own book-keeping: of no use to a submitter, and named after hashed
// tokens.
constexpr std::string_view kReservations = "reserved/";

void SetStreams(const v1::Record& record, rows::v1::SubmissionRow& row) {
  std::map<std::string_view, std::uint64_t> last;
  for (const v1::Event& event : record.events().events()) {
    if (!event.stream().starts_with(kReservations)) last[event.stream()] = event.revision();
  }
  for (const auto& [stream, revision] : last) {
    row.add_streams(std::string(stream) + "@" + std::to_string(revision));
  }
}

void SetEvents(const v1::Record& record, rows::v1::SubmissionRow& row) {
  for (const v1::Event& event : record.events().events()) {
    if (event.stream().starts_with(kReservations)) continue;
    rows::v1::SubmissionEvent& made = *row.add_events();
    made.set_event_id(event.event_id());
    made.set_stream(event.stream());
    made.set_revision(event.revision());
    made.set_type(event.type());
  }
}

rows::v1::SubmissionRow RowOf(const projector::Commit& commit) {
  const v1::Record& record = commit.record;
  rows::v1::SubmissionRow row;
  row.set_submission_id(record.submission_id());
  row.set_position(commit.position.value());
  *row.mutable_recorded_at() = domain::StampOf(commit.recorded_at);
  row.set_command_type(record.command_type());
  row.set_actor_id(record.signer().actor_id());
  row.set_role(record.signer().role());
  if (record.signer().has_acting_for()) *row.mutable_acting_for() = record.signer().acting_for();
  *row.mutable_agency() = record.signer().agency();
  SetStreams(record, row);
  SetEvents(record, row);
  row.set_correlation_id(record.correlation_id());
  row.set_causation_id(record.causation_id());
  *row.mutable_refused() = record.refusal().rules();
  return row;
}

class Submissions final : public projector::Projection {
 public:
  std::string_view name() const override { return "submissions"; }
  std::uint32_t version() const override { return 4; }

  absl::Status FoldCommit(const projector::Commit& commit, projector::RowWriter& rows) override {
    const std::string& agency = commit.record.agency_id();
    const std::string row = RowBytes(RowOf(commit));
    const std::string& represented = commit.record.signer().on_behalf_of_agency_id();
    for (const std::string& whose : {agency, represented}) {
      if (whose.empty()) continue;
      rows.Put(AtPosition(SubmissionPrefix(whose), commit.position), row);
      if (commit.record.has_refusal()) {
        rows.Put(AtPosition(RefusalPrefix(whose), commit.position), row);
      }
    }
    rows::v1::SubmissionPlaceRow place;
    place.set_position(commit.position.value());
    rows.Put(SubmissionPlaceKey(agency, commit.record.submission_id()), RowBytes(place));
    const std::string& correlation = commit.record.correlation_id();
    if (!correlation.empty()) {
      rows.Put(AtPosition(CorrelationPrefix(agency, correlation), commit.position),
               RowBytes(place));
    }
    return absl::OkStatus();
  }

  absl::Status Fold(const projector::FoldEvent& /*event*/,
                    projector::RowWriter& /*rows*/) override {
    return absl::OkStatus();
  }
};

}  // namespace

std::string SubmissionPrefix(std::string_view agency_id) {
  return "t/" + std::string(agency_id) + "/";
}
std::string RefusalPrefix(std::string_view agency_id) {
  return "r/" + std::string(agency_id) + "/";
}
std::string AtPosition(const std::string& prefix, Position position) {
  std::string key = prefix;
  AppendBigEndian64(key, std::numeric_limits<std::uint64_t>::max() - position.value());
  return key;
}
std::string SubmissionPlaceKey(std::string_view agency_id, std::string_view submission_id) {
  return "s/" + std::string(agency_id) + "/" + std::string(submission_id);
}
std::string CorrelationPrefix(std::string_view agency_id, std::string_view correlation_id) {
  // A hash: a sender's own id may hold any character, and be the beginning of another one.
  return "c/" + std::string(agency_id) + "/" + ToHex(AsBytes(Sha256(correlation_id))) + "/";
}

std::unique_ptr<projector::Projection> MakeSubmissions() { return std::make_unique<Submissions>(); }

}  // namespace nhanrong::projections
