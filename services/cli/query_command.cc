// `nhanrong query`: answers from read models.
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "services/base/clock.h"
#include "services/cli/arguments.h"
#include "services/cli/client/retry.h"
#include "services/cli/commands.h"
#include "services/cli/output.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong query models --ledger dong-thap --level province
  nhanrong query count --ledger dong-thap --by year --as-of 2021-05-31
  nhanrong query model 01F4… --ledger dong-thap --output json
  nhanrong query units --ledger national --code 30244 --effective-on 2021-05-05
  nhanrong query sites --ledger dong-thap --all --output xlsx --output-file diem.xlsx
  nhanrong query count --ledger dong-thap --by year --output csv > dem.csv
--as-of là điều sổ đã biết đến lúc đó (vị trí, ngày, hoặc giờ); --effective-on là ngày được mô tả.
--as-of is what the ledger knew by then (position, day or time); --effective-on is the day described.)";

struct QueryArguments {
  std::string ledger;
  std::string as_of;
  std::string effective_on;
  std::optional<std::uint64_t> min_position;
  std::uint32_t page_size = 0;
  std::string page_token;
  bool all = false;
  // Filters and names; which of them a query has is in its Add function.
  std::string id;
  std::string unit;
  std::string model;
  std::string level;
  std::string field;
  std::string block;
  std::string status;
  std::string by;
  std::string code;
  std::string other_model;
  std::string steward;
  std::string verified;
  std::string stage;
  std::string certificate;
  std::vector<std::string> correlations;
  int year = 0;
  bool refused_only = false;
  bool abolished = false;
  bool whole_map = false;
};
using Arguments = std::shared_ptr<QueryArguments>;

// Whether the moment is the end of the day that is not over yet: who asks as of today means all
// that is known by now.
bool IsEndOfToday(absl::Time moment) {
  const absl::CivilDay today = absl::ToCivilDay(SystemClock().Now(), VietnamTimeZone());
  return moment == absl::FromCivil(today + 1, VietnamTimeZone()) - absl::Microseconds(1);
}

absl::Status FillContext(const QueryArguments& from, v1::QueryContext& to) {
  to.set_ledger(from.ledger);
  if (!from.as_of.empty()) {
    const auto as_of = ParsePositionOrTime(from.as_of, DayEdge::kEnd);
    if (!as_of.ok()) return as_of.status();
    if (const auto* position = std::get_if<std::uint64_t>(&*as_of)) {
      to.set_as_of_position(*position);
    } else if (!IsEndOfToday(std::get<absl::Time>(*as_of))) {
      *to.mutable_as_of_time() = ToProto(std::get<absl::Time>(*as_of));
    }
  }
  if (!from.effective_on.empty()) {
    const auto day = ParseIsoDate(from.effective_on);
    if (!day.ok()) return day.status();
    to.set_effective_on(*day);
  }
  if (from.min_position) to.set_min_position(*from.min_position);
  to.set_page_size(from.page_size);
  to.set_page_token(from.page_token);
  return absl::OkStatus();
}

// Sets an enumerator by its short name; an empty text leaves it unset.
template <typename Enum, typename Set>
absl::Status FillEnum(const std::string& text, const Set& set) {
  if (text.empty()) return absl::OkStatus();
  const auto number = ParseShortName(*google::protobuf::GetEnumDescriptor<Enum>(), text);
  if (!number.ok()) return number.status();
  set(static_cast<Enum>(*number));
  return absl::OkStatus();
}

absl::Status FillFilter(const QueryArguments& from, v1::ModelFilter& to) {
  to.set_unit_id(from.unit);
  to.set_year(from.year);
  to.set_other_model_id(from.other_model);
  to.set_steward_agency_id(from.steward);
  absl::Status status =
      FillEnum<v1::ModelLevel>(from.level, [&](auto value) { to.set_level(value); });
  status.Update(FillEnum<v1::ModelField>(from.field, [&](auto value) { to.set_field(value); }));
  status.Update(
      FillEnum<v1::SectorBlock>(from.block, [&](auto value) { to.set_sector_block(value); }));
  status.Update(FillEnum<v1::ModelStatus>(from.status, [&](auto value) { to.set_status(value); }));
  return status;
}

absl::Status Fill(const QueryArguments& from, v1::GetModelRequest& to) {
  to.set_model_id(from.id);
  return absl::OkStatus();
}
absl::Status Fill(const QueryArguments& from, v1::ListModelsRequest& to) {
  return FillFilter(from, *to.mutable_filter());
}
absl::Status Fill(const QueryArguments& from, v1::CountModelsRequest& to) {
  absl::Status status = FillFilter(from, *to.mutable_filter());
  status.Update(FillEnum<v1::ModelDimension>(from.by, [&](auto value) { to.set_by(value); }));
  return status;
}
absl::Status Fill(const QueryArguments& from, v1::ListSitesRequest& to) {
  to.set_unit_id(from.unit);
  to.set_model_id(from.model);
  to.set_site_id(from.id);
  absl::Status status =
      FillEnum<v1::SiteStatus>(from.status, [&](auto value) { to.set_status(value); });
  status.Update(FillEnum<v1::VerificationLevel>(
      from.verified, [&](auto value) { to.set_verified_at_least(value); }));
  status.Update(FillEnum<v1::ValueChainStage>(
      from.stage, [&](auto value) { to.set_value_chain_stage(value); }));
  status.Update(FillEnum<v1::CertificateKind>(from.certificate,
                                              [&](auto value) { to.set_certificate(value); }));
  return status;
}
absl::Status Fill(const QueryArguments& from, v1::ListAgenciesRequest& to) {
  to.set_agency_id(from.id);
  return absl::OkStatus();
}
absl::Status Fill(const QueryArguments& from, v1::ListSubmissionsRequest& to) {
  to.set_submission_id(from.id);
  to.set_refused_only(from.refused_only);
  for (const std::string& id : from.correlations) to.add_correlation_ids(id);
  return absl::OkStatus();
}
absl::Status Fill(const QueryArguments& from, v1::ListUnitsRequest& to) {
  to.set_unit_id(from.unit);
  to.set_code(from.code);
  to.set_include_abolished(from.abolished);
  to.set_whole_map(from.whole_map);
  return absl::OkStatus();
}

// Takes out what the next page says again as a whole; its lists go on.
template <typename Response>
void MakeRoom(Response& answer) {
  // The footer is that of the last page: all pages share positions and day.
  answer.clear_meta();
  if constexpr (std::is_same_v<Response, v1::GetModelResponse>) answer.clear_model();
  if constexpr (std::is_same_v<Response, v1::CountModelsResponse>) {
    answer.clear_rows();
    answer.clear_counted_total();
    answer.clear_counted_period();
    answer.clear_counted_absent();
  }
}

template <typename Request, typename Response>
int RunQuery(const CommonFlags& flags, const QueryArguments& arguments) {
  Request request;
  absl::Status filled = FillContext(arguments, *request.mutable_context());
  filled.Update(Fill(arguments, request));
  if (!filled.ok()) return Fail(filled);
  const absl::StatusOr<Session> session = OpenSession(flags, Forms::kTables);
  if (!session.ok()) return Fail(session.status());
  Response answer;
  do {
    Response page;
    const Failure failure = Retry([&] { return session->client->Call(request, &page); });
    if (!Ok(failure)) return Fail(failure, session->language);
    MakeRoom(answer);
    answer.MergeFrom(page);
    request.mutable_context()->set_page_token(page.meta().next_page_token());
  } while (arguments.all && !request.context().page_token().empty());
  return PrintAnswer(*session, answer);
}

template <typename Enum>
std::string Choices(std::string_view text) {
  std::string choices(text);
  std::string_view separator = ": ";
  for (const std::string& name : ShortNames(*google::protobuf::GetEnumDescriptor<Enum>())) {
    choices += std::string(separator) + name;
    separator = ", ";
  }
  return choices;
}

template <typename Request, typename Response>
std::pair<CLI::App*, Arguments> AddOne(Program& program, CLI::App& query, const std::string& name,
                                       const std::string& description) {
  CLI::App* command = query.add_subcommand(name, description);
  const auto arguments = std::make_shared<QueryArguments>();
  command->add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  command->add_option("--as-of", arguments->as_of,
                      "Như đã biết tại vị trí, ngày hoặc giờ / position, day or time");
  command->add_option("--effective-on", arguments->effective_on, "Ngày được mô tả / day described");
  command->add_option("--min-position", arguments->min_position,
                      "Chờ đến khi có vị trí này / wait until this position is included");
  command->add_option("--page-size", arguments->page_size, "Số dòng một trang, 1..1000 / rows");
  command->add_option("--page-token", arguments->page_token, "Trang sau / next page");
  command->add_flag("--all", arguments->all, "Mọi trang / all pages");
  command->footer(kExamples);
  command->fallthrough();
  command->callback([&program, arguments] {
    program.run = [&program, arguments] {
      return RunQuery<Request, Response>(program.flags, *arguments);
    };
  });
  return {command, arguments};
}

void AddModelFilters(CLI::App& command, QueryArguments& arguments) {
  command.add_option("--unit", arguments.unit, "Đơn vị và cấp dưới (mã ULID) / unit and below");
  command.add_option("--level", arguments.level, Choices<v1::ModelLevel>("Cấp / level"));
  command.add_option("--field", arguments.field, Choices<v1::ModelField>("Lĩnh vực / field"));
  command.add_option("--block", arguments.block, Choices<v1::SectorBlock>("Khối / block"));
  command.add_option("--status", arguments.status, Choices<v1::ModelStatus>("Trạng thái / status"));
  command.add_option("--year", arguments.year, "Năm bắt đầu / year in which it began");
  command.add_option("--gave-way-to", arguments.other_model,
                     "Đã gộp vào, được thay bởi mô hình này / models that gave way to this one");
  command.add_option("--steward", arguments.steward,
                     "Cơ quan được phân công (mã ULID) / with this agency as a steward");
}

void AddModelQueries(Program& program, CLI::App& query) {
  auto [model, one] = AddOne<v1::GetModelRequest, v1::GetModelResponse>(
      program, query, "model", "Một mô hình và lịch sử của nó / one model and its history");
  model->add_option("MODEL_ID", one->id, "ULID")->required();
  auto [models, list] = AddOne<v1::ListModelsRequest, v1::ListModelsResponse>(
      program, query, "models", "Danh sách mô hình / models");
  AddModelFilters(*models, *list);
  auto [count, counted] = AddOne<v1::CountModelsRequest, v1::CountModelsResponse>(
      program, query, "count", "Đếm: ghi nhận có tên bên cạnh số liệu của nguồn / counts");
  AddModelFilters(*count, *counted);
  count->add_option("--by", counted->by, Choices<v1::ModelDimension>("Theo chiều / dimension"));
}

void AddOtherQueries(Program& program, CLI::App& query) {
  auto [sites, site] = AddOne<v1::ListSitesRequest, v1::ListSitesResponse>(program, query, "sites",
                                                                           "Điểm mô hình / sites");
  sites->add_option("--unit", site->unit, "Đơn vị và cấp dưới / unit and below");
  sites->add_option("--model", site->model, "Mô hình / model");
  sites->add_option("--id", site->id, "Chỉ điểm này / only this site");
  sites->add_option("--status", site->status, Choices<v1::SiteStatus>("Trạng thái / status"));
  sites->add_option("--verified", site->verified,
                    Choices<v1::VerificationLevel>("Xác minh từ mức / verified at least"));
  sites->add_option("--stage", site->stage, Choices<v1::ValueChainStage>("Khâu / stage"));
  sites->add_option("--certificate", site->certificate,
                    Choices<v1::CertificateKind>("Chứng nhận còn hạn / valid certificate"));
  auto [agencies, agency] = AddOne<v1::ListAgenciesRequest, v1::ListAgenciesResponse>(
      program, query, "agencies",
      "Cơ quan, người dùng, quyền, ủy quyền / agencies, actors, grants, delegations");
  agencies->add_option("--id", agency->id, "Chỉ cơ quan này / only this agency");
  auto [submissions, submission] = AddOne<v1::ListSubmissionsRequest, v1::ListSubmissionsResponse>(
      program, query, "submissions",
      "Việc cơ quan tôi gửi, hoặc gửi thay cơ quan tôi / sent by or for my agency");
  submissions->add_option("--id", submission->id, "Chỉ mã này / only this id");
  submissions->add_flag("--refused", submission->refused_only, "Chỉ lần từ chối / refusals only");
  submissions->add_option("--correlation", submission->correlations,
                          "Chỉ việc có mã hồ sơ này / only with these correlation ids");
  auto [units, unit] = AddOne<v1::ListUnitsRequest, v1::ListUnitsResponse>(
      program, query, "units", "Đơn vị hành chính / administrative units");
  units->add_option("--unit", unit->unit, "Đơn vị và cấp dưới / unit and below");
  units->add_option("--code", unit->code, "Mã số chính thức / official code");
  units->add_flag("--abolished", unit->abolished, "Cả đơn vị đã chấm dứt / abolished ones too");
  units->add_flag("--whole-map", unit->whole_map,
                  "Cả đơn vị của sổ national / the units of ledger national too");
}

}  // namespace

void AddQuery(Program& program) {
  CLI::App* query = program.app.add_subcommand("query", "Hỏi bảng đọc / ask the read models");
  query->require_subcommand(1);
  query->fallthrough();
  query->footer(kExamples);
  AddModelQueries(program, *query);
  AddOtherQueries(program, *query);
}

}  // namespace nhanrong::cli
