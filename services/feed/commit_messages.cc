#include "services/feed/commit_messages.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "nhanrong/v1/published_event.pb.h"
#include "services/feed/exact_events.h"
#include "services/feed/schema.h"

namespace nhanrong::feed {
namespace {

// The value: `published` with the event's own bytes as its last field, as they were recorded.
std::string ValueOf(const v1::PublishedEvent& published, std::string_view event) {
  using google::protobuf::internal::WireFormatLite;
  std::string value = published.SerializeAsString();
  google::protobuf::io::StringOutputStream stream(&value);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.WriteTag(WireFormatLite::MakeTag(v1::PublishedEvent::kEventFieldNumber,
                                       WireFormatLite::WIRETYPE_LENGTH_DELIMITED));
  out.WriteVarint32(static_cast<std::uint32_t>(event.size()));
  out.WriteRaw(event.data(), static_cast<int>(event.size()));
  out.Trim();
  return value;
}

google::protobuf::Timestamp StampOf(absl::Time time) {
  google::protobuf::Timestamp stamp;
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  stamp.set_seconds(seconds);
  stamp.set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return stamp;
}

std::string IdOf(const EventPlace& place) { return absl::StrCat(place.position, ".", place.index); }

}  // namespace

// One event with its commit.
struct CommitPublisher::Published {
  const ledger::LedgerFollower::StoredCommit& commit;
  const v1::Record& record;
  const v1::Event& event;
  std::string_view event_bytes;
  EventPlace place;
  const Hash& leaf;
};

std::optional<PublishedPlace> PlaceOf(std::string_view value) {
  v1::PublishedEvent published;
  if (!published.ParseFromArray(value.data(), static_cast<int>(value.size())) ||
      published.ledger_id().size() != Id128{}.size() ||
      published.leaf_hash().size() != Hash{}.size()) {
    return std::nullopt;
  }
  return PublishedPlace{
      {published.position(), published.index()}, published.ledger_id(), published.leaf_hash()};
}

CommitPublisher::CommitPublisher(std::string ledger, const Id128& ledger_id, Audience audience)
    : ledger_(std::move(ledger)),
      ledger_id_(ledger_id.begin(), ledger_id.end()),
      source_("/nhanrong/" + ledger_ + "/" + ToHex(ledger_id_)),
      audience_(audience) {}

bool CommitPublisher::MayTell(v1::Classification classification) const {
  switch (classification) {
    case v1::CLASSIFICATION_PUBLIC:
      return true;
    case v1::CLASSIFICATION_UNSPECIFIED:  // is INTERNAL (command.proto)
    case v1::CLASSIFICATION_INTERNAL:
      return audience_ == Audience::kInternal;
    default:  // PERSONAL, SENSITIVE, and what a later version may add
      return false;
  }
}

EventMessage CommitPublisher::MessageOf(const Published& published,
                                        const std::optional<EventPlace>& last) const {
  const v1::Record& record = published.record;
  const v1::Event& event = published.event;
  v1::PublishedEvent data;
  data.set_ledger(ledger_);
  data.set_ledger_id(ledger_id_);
  data.set_position(published.place.position);
  data.set_index(published.place.index);
  data.set_events_in_commit(static_cast<std::uint32_t>(record.events().events_size()));
  *data.mutable_recorded_at() = StampOf(published.commit.recorded_at);
  *data.mutable_signer() = record.signer();
  data.set_submission_id(record.submission_id());
  data.set_command_type(record.command_type());
  data.set_causation_id(record.causation_id());
  data.set_correlation_id(record.correlation_id());
  data.set_leaf_hash(std::string(AsBytes(published.leaf)));
  EventMessage message;
  message.key = event.stream();
  message.value = ValueOf(data, published.event_bytes);
  message.headers = {
      {"ce_specversion", "1.0"},
      {"ce_id", IdOf(published.place)},
      {"ce_source", source_},
      {"ce_type", event.type().empty() ? event.GetTypeName() : event.type()},
      {"ce_subject", event.stream()},
      {"ce_time",
       absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", published.commit.recorded_at, absl::UTCTimeZone())},
      {"ce_dataschema", PublishedSchema().uri},
      {"content-type", "application/protobuf"},
      {"ce_ledger", ledger_},
      {"ce_position", absl::StrCat(published.place.position)},
      {"ce_index", absl::StrCat(published.place.index)},
      {"ce_revision", absl::StrCat(event.revision())},
      {"ce_schemaversion", absl::StrCat(event.schema_version())},
  };
  // An attribute is never empty (CloudEvents 1.0, section 3).
  if (!event.event_id().empty()) message.headers.emplace_back("ce_eventid", event.event_id());
  if (last) message.headers.emplace_back("ce_previous", IdOf(*last));
  return message;
}

absl::StatusOr<CommitMessages> CommitPublisher::MessagesOf(
    const ledger::LedgerFollower::StoredCommit& commit, std::optional<EventPlace>& last) const {
  v1::Record record;
  const auto exact = ExactEvents(commit.bytes);
  if (!record.ParseFromString(commit.bytes) || !exact ||
      exact->size() != static_cast<std::size_t>(record.events().events_size())) {
    return absl::InternalError("the commit at position " + std::to_string(commit.position.value()) +
                               " is no record");
  }
  CommitMessages out;
  const Hash leaf = LeafHash(commit.bytes);
  for (std::uint32_t i = 0; i < exact->size(); ++i) {
    const v1::Event& event = record.events().events(static_cast<int>(i));
    const EventPlace place{commit.position.value(), i};
    if (last && place <= *last) continue;
    if (!MayTell(event.classification())) {
      ++out.withheld;
      continue;
    }
    out.messages.push_back(MessageOf({commit, record, event, (*exact)[i], place, leaf}, last));
    last = place;
  }
  return out;
}

}  // namespace nhanrong::feed
