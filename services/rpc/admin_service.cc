#include "services/rpc/admin_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "services/base/ids.h"
#include "services/domain/values/checks.h"
#include "services/domain/values/timestamps.h"
#include "services/gateway/simulated_time.h"
#include "services/rpc/call_metadata.h"
#include "services/rpc/read_access.h"

namespace nhanrong::rpc {
namespace {

constexpr std::size_t kNameBytesMax = 600;  // 200 characters, as the domain's names

google::rpc::Status Wrong(const CallInfo& call, const std::string& field,
                          const std::string& right_vi, const std::string& right_en) {
  return InvalidField(field, "Thiếu hoặc sai", "missing or wrong", right_vi, right_en,
                      call.language);
}

bool IsElectronicId(const std::string& id) {
  domain::Violations found;
  domain::CheckElectronicId(domain::Field(found, ""), id);
  return found.empty();
}

// The first administrator is a person.
bool AreRolesOfAPerson(const v1::CreateLedgerRequest& request) {
  return std::all_of(request.roles().begin(), request.roles().end(), [](int role) {
    const bool of_system =
        role == v1::ROLE_AGENCY_SYSTEM || role == v1::ROLE_CLOCK || role == v1::ROLE_NOTARY;
    return v1::Role_IsValid(role) && role != v1::ROLE_UNSPECIFIED && !of_system;
  });
}

bool IsWithinSimulatedTime(const v1::CreateLedgerRequest& request) {
  const absl::Time told = absl::FromUnixSeconds(request.simulated_recorded_at().seconds());
  return !request.has_simulated_recorded_at() ||
         (told >= gateway::kSimulatedTimeMin && told < gateway::kSimulatedTimeMax);
}

google::rpc::Status CheckIds(const CallInfo& call, const v1::CreateLedgerRequest& request) {
  if (!request.agency_id().empty() && !IsUlid(request.agency_id())) {
    return Wrong(call, "agency_id", "ULID", "a ULID");
  }
  if (!request.actor_id().empty() && !IsUlid(request.actor_id())) {
    return Wrong(call, "actor_id", "ULID", "a ULID");
  }
  if (!IsWithinSimulatedTime(request)) {
    return Wrong(call, "simulated_recorded_at", "thời điểm từ năm 1970 đến năm 2199",
                 "a moment of the years 1970 to 2199");
  }
  return {};
}

google::rpc::Status CheckRequest(const CallInfo& call, const v1::CreateLedgerRequest& request) {
  const auto fits = [](const std::string& text) {
    return !text.empty() && text.size() <= kNameBytesMax;
  };
  if (!ledger::IsLedgerName(request.name())) {
    return Wrong(call, "name", "chữ thường a-z, số và dấu -, bắt đầu bằng chữ, tối đa 63",
                 "a-z, 0-9 and -, beginning with a letter, at most 63");
  }
  if (!fits(request.agency_name())) {
    return Wrong(call, "agency_name", "tên cơ quan, 1 đến 200 ký tự", "1 to 200 characters");
  }
  if (!fits(request.administrator_title())) {
    return Wrong(call, "administrator_title", "chức danh, 1 đến 200 ký tự", "1 to 200 characters");
  }
  if (!HashFromBytes(request.token_sha256())) {
    return Wrong(call, "token_sha256", "32 byte SHA-256 của mã truy cập",
                 "32 bytes, the SHA-256 of the token");
  }
  if (!IsElectronicId(request.agency_electronic_id())) {
    return Wrong(call, "agency_electronic_id", "để trống, hoặc 1 đến 35 ký tự 0-9, A-Z và dấu chấm",
                 "empty, or 1 to 35 characters of 0-9, A-Z and '.'");
  }
  if (!AreRolesOfAPerson(request)) {
    return Wrong(call, "roles", "các vai trò của người (không phải của hệ thống)",
                 "roles that a person can have");
  }
  return CheckIds(call, request);
}

gateway::Drawn DrawnFor(const v1::CreateLedgerRequest& request) {
  gateway::Drawn drawn{
      .agency_id = request.agency_id().empty(),
      .actor_id = request.actor_id().empty(),
      .recorded_at = !request.simulated_clock() || !request.has_simulated_recorded_at()};
  // A simulated history that is all told by its requests gets its id from them, too: loaded again
  // elsewhere, it is the same one.
  drawn.ledger_id = drawn.agency_id || drawn.actor_id || drawn.recorded_at;
  return drawn;
}

gateway::GenesisPlan PlanOf(const v1::CreateLedgerRequest& request, absl::Time now) {
  gateway::GenesisPlan plan;
  const std::string id = DrawnFor(request).ledger_id
                             ? RandomBytes(plan.ledger_id.size())
                             : std::string(AsBytes(Sha256(request.SerializeAsString())));
  std::copy_n(id.begin(), plan.ledger_id.size(), plan.ledger_id.begin());
  plan.ledger_name = request.name();
  plan.simulated_clock = request.simulated_clock();
  plan.recorded_at = now;
  if (request.simulated_clock() && request.has_simulated_recorded_at()) {
    plan.recorded_at = absl::FromUnixSeconds(request.simulated_recorded_at().seconds());
  }
  plan.agency_id = request.agency_id().empty() ? RandomUlid(now) : request.agency_id();
  plan.agency_name = request.agency_name();
  plan.agency_electronic_id = request.agency_electronic_id();
  plan.actor_id = request.actor_id().empty() ? RandomUlid(now) : request.actor_id();
  plan.administrator_title = request.administrator_title();
  plan.token_hash = *HashFromBytes(request.token_sha256());
  for (const int role : request.roles()) plan.roles.push_back(static_cast<v1::Role>(role));
  return plan;
}

// The plan that made the ledger, where it answers this request: a retry whose first answer was
// lost.
std::optional<gateway::GenesisPlan> MadeBefore(node::Node& node,
                                               const v1::CreateLedgerRequest& request,
                                               const gateway::GenesisPlan& plan) {
  node::ServedLedger* ledger = node.Find(request.name());
  if (ledger == nullptr) return std::nullopt;
  const auto first = ledger->follower().ReadCommits(Position(0), 1);
  if (!first.ok() || first->empty()) return std::nullopt;
  return gateway::PlanBehind(first->front().bytes, plan, DrawnFor(request));
}

void Describe(node::ServedLedger& ledger, v1::LedgerInfo& info) {
  info.set_name(ledger.name());
  const ledger::LedgerCounters counters = ledger.follower().counters();
  info.set_commits(counters.commits);
  info.set_void_records(counters.void_records);
  info.set_undecodable_records(counters.undecodable_records);
  if (counters.commits > 0) {
    *info.mutable_first_recorded_at() = domain::StampOf(ledger.follower().RecordedAt(Position(0)));
    *info.mutable_last_recorded_at() =
        domain::StampOf(ledger.follower().RecordedAt(Position(counters.commits - 1)));
  }
  absl::MutexLock lock(&ledger.follower().mutex());
  const ledger::Admission& admission = ledger.follower().admission();
  if (const auto& id = admission.ledger_id())
    info.set_ledger_id(std::string(id->begin(), id->end()));
  info.set_simulated_clock(admission.genesis().simulated_clock());
  info.set_running_hash(std::string(AsBytes(admission.running())));
}

}  // namespace

AdminService::AdminService(node::Node& node, Hash operator_token)
    : node_(node), operator_token_(operator_token) {
  AddUnary("/nhanrong.v1.AdminService/CreateLedger", &AdminService::CreateLedger);
  AddUnary("/nhanrong.v1.AdminService/ListLedgers", &AdminService::ListLedgers);
  AddUnary("/nhanrong.v1.AdminService/ListProjections", &AdminService::ListProjections);
  AddUnary("/nhanrong.v1.AdminService/CheckProjections", &AdminService::CheckProjections);
  AddUnary("/nhanrong.v1.AdminService/ResumeProjections", &AdminService::ResumeProjections);
}

grpc::Status AdminService::CreateLedger(grpc::ServerContext* context,
                                        const v1::CreateLedgerRequest* request,
                                        v1::CreateLedgerResponse* response) {
  const CallInfo call = CallInfoOf(*context);
  if (!IsOperator(call)) {
    return GrpcStatusOf(StatusOf(access::Denied{access::NobodyBy(call.proof)}, call.language));
  }
  if (const auto wrong = CheckRequest(call, *request); wrong.code() != 0) {
    return GrpcStatusOf(wrong);
  }
  gateway::GenesisPlan plan = PlanOf(*request, node_.clock().Now());
  if (const auto created = node_.Create(plan); !created.ok()) {
    const auto before = absl::IsAlreadyExists(created.status())
                            ? MadeBefore(node_, *request, plan)
                            : std::optional<gateway::GenesisPlan>();
    if (!before) return GrpcStatusOf(StatusOf(created.status(), "LEDGER"));
    plan = *before;
  }
  response->set_ledger_id(std::string(plan.ledger_id.begin(), plan.ledger_id.end()));
  response->set_agency_id(plan.agency_id);
  response->set_actor_id(plan.actor_id);
  return grpc::Status::OK;
}

grpc::Status AdminService::ListLedgers(grpc::ServerContext* context, const v1::ListLedgersRequest*,
                                       v1::ListLedgersResponse* response) {
  const CallInfo call = CallInfoOf(*context);
  const access::Denied denied{access::NobodyBy(call.proof)};
  const bool all = IsOperator(call);
  for (node::ServedLedger* ledger : node_.All()) {
    if (all ||
        MayRead(*ledger, node_.clock(), node_.national(), call, "QueryService/ListUnits", "")) {
      Describe(*ledger, *response->add_ledgers());
    }
  }
  if (response->ledgers().empty() && !all) return GrpcStatusOf(StatusOf(denied, call.language));
  return grpc::Status::OK;
}

tl::expected<node::ReadModels*, grpc::Status> AdminService::ReadModelsFor(
    grpc::ServerContext* context, const std::string& name, const char* rpc) {
  const CallInfo call = CallInfoOf(*context);
  node::ServedLedger* ledger = node_.Find(name);
  if (ledger == nullptr) {
    if (const absl::Status store = node_.store_status(); !store.ok()) {
      return tl::unexpected(
          GrpcStatusOf(StatusOf(absl::UnavailableError(std::string(store.message())), "NOT_NOW")));
    }
    return tl::unexpected(
        GrpcStatusOf(Wrong(call, "ledger", "tên sổ cái có thật", "the name of a ledger")));
  }
  const auto reader = MayRead(*ledger, node_.clock(), node_.national(), call, rpc, "");
  if (!reader) return tl::unexpected(GrpcStatusOf(StatusOf(reader.error(), call.language)));
  node::ReadModels* const read_models = ledger->read_models();
  if (read_models == nullptr || read_models->runner() == nullptr) {
    return tl::unexpected(GrpcStatusOf(
        StatusOf(absl::UnavailableError("this process keeps no read models"), "NOT_NOW")));
  }
  return read_models;
}

grpc::Status AdminService::ListProjections(grpc::ServerContext* context,
                                           const v1::ListProjectionsRequest* request,
                                           v1::ListProjectionsResponse* response) {
  const auto kept = ReadModelsFor(context, request->ledger(), "AdminService/ListProjections");
  if (!kept) return kept.error();
  for (v1::ProjectionInfo& info : (*kept)->info()) *response->add_projections() = std::move(info);
  response->set_simulated_clock(node_.Find(request->ledger())->simulated_clock());
  return grpc::Status::OK;
}

grpc::Status AdminService::CheckProjections(grpc::ServerContext* context,
                                            const v1::CheckProjectionsRequest* request,
                                            v1::CheckProjectionsResponse* response) {
  const auto kept = ReadModelsFor(context, request->ledger(), "AdminService/CheckProjections");
  if (!kept) return kept.error();
  auto checked = (*kept)->runner()->Check();
  if (!checked.ok()) return GrpcStatusOf(StatusOf(checked.status(), "CHECK"));
  for (v1::CheckedProjection& one : *checked) *response->add_projections() = std::move(one);
  return grpc::Status::OK;
}

grpc::Status AdminService::ResumeProjections(grpc::ServerContext* context,
                                             const v1::ResumeProjectionsRequest* request,
                                             v1::ResumeProjectionsResponse* response) {
  const auto kept = ReadModelsFor(context, request->ledger(), "AdminService/ResumeProjections");
  if (!kept) return kept.error();
  const auto names = (*kept)->Names();
  if (!request->projection().empty() &&
      std::find(names.begin(), names.end(), request->projection()) == names.end()) {
    const std::string all = absl::StrJoin(names, ", ");
    return GrpcStatusOf(Wrong(CallInfoOf(*context), "projection",
                              "để trống, hoặc tên một bảng đọc: " + all,
                              "empty, or the name of a read model: " + all));
  }
  for (std::string& name : (*kept)->Resume(request->projection(), request->stream())) {
    response->add_projections(std::move(name));
  }
  return grpc::Status::OK;
}

}  // namespace nhanrong::rpc
