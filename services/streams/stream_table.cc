#include "services/streams/stream_table.h"

#include "services/base/text.h"
#include "services/domain/actor/administrators.h"

namespace nhanrong::streams {

void StreamTable::OnAccepted(const ledger::Commit& commit) {
  for (const v1::Event& event : commit.record.events().events()) Apply(event, commit);
}

void StreamTable::Apply(const v1::Event& event, const ledger::Commit& commit) {
  const domain::AggregateType* type = domain::FindAggregate(event.stream());
  const auto fact = domain::StreamFactOf(event, commit.record, commit.position, commit.recorded_at);
  if (type == nullptr || !fact) {
    unfoldable_.try_emplace(event.stream(),
                            event.type() + " version " + std::to_string(event.schema_version()));
    return;
  }
  std::shared_ptr<domain::Stream>& stream = streams_[event.stream()];
  if (!stream) {
    stream = std::make_shared<domain::Stream>(type);
  } else if (stream.use_count() > 1) {
    stream = std::make_shared<domain::Stream>(*stream);  // somebody reads the old one
  }
  stream->Apply(*fact);
  if (domain::HasAdministratorGrant(*stream)) {
    administrators_.insert(event.stream());
  } else {
    administrators_.erase(event.stream());  // its grant was annulled, or it never had one
  }
}

StreamPtr StreamTable::Find(std::string_view stream) const {
  const auto found = streams_.find(ToAbsl(stream));
  if (found == streams_.end()) return nullptr;
  return found->second;
}

std::string_view StreamTable::Unfoldable(std::string_view stream) const {
  const auto found = unfoldable_.find(ToAbsl(stream));
  if (found == unfoldable_.end()) return {};
  return found->second;
}

}  // namespace nhanrong::streams
