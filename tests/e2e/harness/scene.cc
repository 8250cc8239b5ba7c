#include "tests/e2e/harness/scene.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"

namespace nhanrong::e2e {
namespace {

// UTC+7, by itself: the day by which the service must live.
const absl::TimeZone kVietnam = absl::FixedTimeZone(7 * 60 * 60);

google::protobuf::Timestamp NoonOf(const std::string& day) {
  absl::CivilDay civil;
  NR_CHECK(absl::ParseCivilTime(day, &civil), "a day of a test");
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(absl::ToUnixSeconds(absl::FromCivil(absl::CivilHour(civil) + 12, kVietnam)));
  return stamp;
}

void MustBeAccepted(const Submitted& answer, const std::string& what) {
  if (answer.ok()) return;
  std::ostringstream text;
  PrintTo(answer, &text);
  std::fprintf(stderr, "%s: %s\n", what.c_str(), text.str().c_str());
  NR_CHECK(answer.ok(), "a scene can be set");
}

v1::ActorKind KindFor(v1::Role role) {
  const bool system =
      role == v1::ROLE_AGENCY_SYSTEM || role == v1::ROLE_CLOCK || role == v1::ROLE_NOTARY;
  return system ? v1::ACTOR_KIND_SYSTEM : v1::ACTOR_KIND_PERSON;
}

}  // namespace

std::string NewToken() { return "nr1_" + absl::WebSafeBase64Escape(RandomBytes(32)); }

v1::Submission Person::Write(const Deed& deed) const {
  v1::Submission submission = deed.submission;
  if (submission.ledger().empty()) submission.set_ledger(scene->name());
  if (submission.submission_id().empty()) submission.set_submission_id(RandomUuid4());
  if (!submission.has_occurred_on() && !deed.undated) {
    submission.mutable_occurred_on()->set_value(scene->Today());
    submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
  }
  if (scene->simulated() && !submission.has_simulated_recorded_at()) {
    *submission.mutable_simulated_recorded_at() = NoonOf(scene->Today());
  }
  return submission;
}

Submitted Person::Does(const Deed& deed) const {
  Submitted answer = client.Submit(Write(deed));
  if (answer.ok()) scene->Saw(answer.accepted.position());
  if (answer.detail.has_refusal_position()) scene->Saw(answer.detail.refusal_position());
  return answer;
}

v1::QueryContext Person::Now() const {
  v1::QueryContext context;
  context.set_ledger(scene->name());
  context.set_min_position(scene->last_position());
  return context;
}

LedgerScene::LedgerScene(ServerProcess& server, const LedgerPlan& plan)
    : server_(server),
      name_(plan.name.empty() ? "so-" + ToHex(RandomBytes(6)) : plan.name),
      simulated_day_(plan.simulated_day) {
  const std::string token = NewToken();
  v1::CreateLedgerRequest request;
  request.set_name(name_);
  request.set_agency_name("Văn phòng số");
  request.set_administrator_title("Quản trị viên");
  std::string bytes;
  absl::WebSafeBase64Unescape(token.substr(4), &bytes);
  request.set_token_sha256(std::string(AsBytes(Sha256(bytes))));
  request.add_roles(v1::ROLE_MAP_STEWARD);
  if (simulated()) {
    request.set_simulated_clock(true);
    *request.mutable_simulated_recorded_at() = NoonOf(simulated_day_);
  }
  const auto made = Client(server.address(), server.operator_token()).Ask(request);
  if (!made.ok()) std::fprintf(stderr, "CreateLedger: %s\n", made.status.message().c_str());
  NR_CHECK(made.ok(), "the operator can make a ledger");
  administrator_ = Person{this, made.value.agency_id(), made.value.actor_id(), token,
                          Client(server.address(), token)};
  auditor_ = Hire({.role = v1::ROLE_AUDITOR, .reads_up_to = v1::CLASSIFICATION_SENSITIVE});
}

std::vector<Deed> LedgerScene::Hiring(const Post& post, Person& hired) const {
  const std::string agency = post.agency.empty() ? administrator_->agency_id : post.agency;
  hired.agency_id = agency;
  return {RegisterActor(hired.actor_id, agency, KindFor(post.role)),
          GrantRole(hired.actor_id, NewId(), post.role, post.reads_up_to, post.scope_unit),
          IssueCredential(hired.actor_id, NewId(), hired.token)};
}

Person LedgerScene::Stranger() const {
  const std::string token = NewToken();
  return {const_cast<LedgerScene*>(this), "", NewId(), token, Client(server_.address(), token)};
}

Person LedgerScene::Hire(const Post& post) {
  Person hired = Stranger();
  for (const Deed& deed : Hiring(post, hired)) {
    MustBeAccepted(administrator_->Does(deed), "hiring");
  }
  return hired;
}

v1::LedgerInfo LedgerScene::Info() const {
  const auto listed =
      Client(server_.address(), server_.operator_token()).Ask(v1::ListLedgersRequest());
  for (const v1::LedgerInfo& info : listed.value.ledgers()) {
    if (info.name() == name_) return info;
  }
  return {};
}

v1::HistoryEntry LedgerScene::At(std::uint64_t position) const {
  v1::ReadRequest request;
  request.mutable_range()->set_ledger(name_);
  request.mutable_range()->set_from_position(position);
  request.set_commits_max(1);
  const auto read = auditor_->client.Ask(request);
  return read.value.empty() ? v1::HistoryEntry() : read.value.front();
}

std::string LedgerScene::Today() const {
  if (simulated()) return simulated_day_;
  return absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), kVietnam));
}

Country::Country(ServerProcess& server, const std::string& simulated_day)
    : national(server, {"national", simulated_day}),
      nation(NewId()),
      province(NewId()),
      commune(NewId()),
      other_commune(NewId()) {
  const auto establish = [this](const Deed& deed) {
    MustBeAccepted(steward().Does(deed), "establishing a unit");
  };
  establish(EstablishUnit(nation, v1::UNIT_LEVEL_NATION, ""));
  establish(EstablishUnit(province, v1::UNIT_LEVEL_PROVINCE, nation));
  establish(EstablishUnit(commune, v1::UNIT_LEVEL_COMMUNE, province));
  establish(EstablishUnit(other_commune, v1::UNIT_LEVEL_COMMUNE, province));
}

Staff::Staff(LedgerScene& scene)
    : officer(scene.Hire({.role = v1::ROLE_COMMUNE_OFFICER})),
      leader(scene.Hire({.role = v1::ROLE_COMMUNE_LEADER})),
      screener(scene.Hire({.role = v1::ROLE_DEPARTMENT_SPECIALIST})),
      approver(scene.Hire({.role = v1::ROLE_COMPETENT_AUTHORITY})) {}

}  // namespace nhanrong::e2e
