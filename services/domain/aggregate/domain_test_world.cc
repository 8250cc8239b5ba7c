#include "services/domain/aggregate/domain_test_world.h"

#include "services/base/check.h"
#include "services/domain/actor/administrators.h"

namespace nhanrong::domain {

const Stream& DomainTestWorld::Read(std::string_view stream) {
  reads_.emplace(stream);
  const auto found = streams_.find(stream);
  if (found != streams_.end()) return found->second;
  const AggregateType* type = FindAggregate(stream);
  NR_CHECK(type != nullptr, "a stream of the catalogue");
  return streams_.emplace(std::string(stream), Stream(type)).first->second;
}

const Stream& DomainTestWorld::ReadUnit(std::string_view unit_id) {
  return Read("unit/" + std::string(unit_id));
}

std::vector<std::string> DomainTestWorld::Administrators() {
  std::vector<std::string> found;
  for (const auto& [name, stream] : streams_) {
    if (HasAdministratorGrant(stream)) found.push_back(name);
  }
  return found;
}

void DomainTestWorld::Commit(const Request& request, std::vector<v1::Event>& events) {
  NumberEvents(request, *this, events);
  v1::Record record;
  record.mutable_signer()->set_actor_id(request.by.actor_id);
  record.mutable_signer()->mutable_acting_for()->set_principal_actor_id(
      request.by.principal_actor_id);
  record.mutable_signer()->set_subject_id(request.by.subject_id);
  record.mutable_signer()->set_on_behalf_of_agency_id(request.on_behalf_of_agency_id);
  record.mutable_signer()->mutable_agency()->set_agency_id(request.agency_id);
  record.mutable_signer()->set_role(request.role);
  record.mutable_signer()->set_channel(request.submission.channel());
  for (const v1::Event& event : events) {
    const auto fact = StreamFactOf(event, record, next_, request.now);
    NR_CHECK(fact.has_value(), event.type().c_str());
    Read(event.stream());
    streams_.find(event.stream())->second.Apply(*fact);
    histories_[event.stream()].push_back(*fact);
  }
  next_ = next_.next();
}

}  // namespace nhanrong::domain
