#include "services/rpc/query_handler.h"

#include "projections/units/unit_tree.h"
#include "services/base/check.h"
#include "services/domain/values/dates.h"
#include "services/rpc/request_enums.h"
#include "services/rpc/request_lists.h"

namespace nhanrong::rpc {

const gateway::National* QueryHandler::NationalOf(node::ServedLedger& ledger) const {
  return ledger.name() == node::kNational ? nullptr : node_.national();
}

node::ServedLedger* QueryHandler::NationalLedger(node::ServedLedger& ledger) const {
  if (ledger.name() == node::kNational) return nullptr;
  node::ServedLedger* national = node_.Find(node::kNational);
  const bool read = national != nullptr && national->read_models() != nullptr &&
                    national->read_models()->runner() != nullptr;
  return read ? national : nullptr;
}

QueryHandler::Rows::Rows(QueryHandler& handler, node::ServedLedger& ledger, const Moment& moment)
    : ledger_(ledger), as_of_(moment.commits - 1) {
  node::ServedLedger* national = handler.NationalLedger(ledger);
  if (national != nullptr && moment.national_commits > 0) {
    national_units_ =
        national->read_models()->runner()->Rows("units", Position(moment.national_commits - 1));
  }
  units_ = std::make_unique<projections::StoredUnitTree>(national_units_, Of("units"));
}

QueryHandler::Rows::~Rows() = default;

const query::UnitTree& QueryHandler::Rows::units() const { return *units_; }

absl::Status QueryHandler::Rows::status() const {
  for (const auto& rows : read_) {
    if (absl::Status status = rows->status(); !status.ok()) return status;
  }
  if (national_units_ != nullptr && !national_units_->status().ok()) {
    return national_units_->status();
  }
  return units_->status();
}

std::shared_ptr<projector::RowReader> QueryHandler::Rows::Of(std::string_view projection) const {
  auto rows = ledger_.read_models()->runner()->Rows(projection, as_of_);
  NR_CHECK(rows != nullptr, "a read model of the catalogue, at a position that is folded");
  read_.push_back(rows);
  return rows;
}

absl::Status QueryHandler::NationalReadiness(node::ServedLedger& ledger) const {
  if (ledger.name() == node::kNational) return absl::OkStatus();
  node::ServedLedger* national = node_.Find(node::kNational);
  // Not found: the store has none, or could not be looked through yet.
  if (national == nullptr) return node_.has_all() ? absl::OkStatus() : node_.store_status();
  // From then on its read models have what stood in its log at the start.
  if (national->follower().caught_up()) return absl::OkStatus();
  return absl::UnavailableError("national: " + std::string(national->readiness().message()));
}

google::rpc::Status QueryHandler::CheckRequest(const CallInfo& call, node::ServedLedger* ledger,
                                               const v1::QueryContext& context,
                                               const google::protobuf::Message& request) const {
  if (ledger == nullptr) {
    if (const absl::Status store = node_.store_status(); !store.ok()) {
      return StatusOf(absl::UnavailableError(std::string(store.message())), "NOT_NOW");
    }
    return InvalidField("context.ledger", "Máy chủ này không phục vụ sổ cái đó",
                        "this server serves no such ledger", "tên sổ cái có thật",
                        "the name of a ledger", call.language);
  }
  if (ledger->read_models() == nullptr) {
    return StatusOf(absl::UnavailableError("this process keeps no read models"), "NOT_NOW");
  }
  if (context.page_size() > kPageSizeMax) {
    return InvalidField("context.page_size", "Quá lớn", "too large",
                        "1 đến " + std::to_string(kPageSizeMax),
                        "1 to " + std::to_string(kPageSizeMax), call.language);
  }
  if (const auto unknown = FindUnknownEnumerator(request)) {
    return InvalidField(unknown->field, "Không có giá trị này trong hợp đồng",
                        "the contract has no such enumerator", unknown->known, unknown->known,
                        call.language);
  }
  if (const auto list = FindLongList(request)) {
    const std::string most = std::to_string(list->most);
    return InvalidField(list->field, "Quá nhiều mã", "too many", "nhiều nhất " + most,
                        "at most " + most, call.language);
  }
  const absl::Status national = NationalReadiness(*ledger);
  return national.ok() ? google::rpc::Status() : StatusOf(national, "NOT_NOW");
}

google::rpc::Status QueryHandler::NotOpenYet() {
  return StatusOf(absl::UnavailableError("the read models are not open yet"), "NOT_NOW");
}

google::rpc::Status QueryHandler::NotReadYet(Language language) {
  return StatusOf(
      absl::DeadlineExceededError(
          language == Language::kVietnamese
              ? "Dữ liệu đọc chưa cập nhật đến vị trí yêu cầu trong thời hạn; hãy hỏi lại"
              : "the read models did not reach the asked position in time; ask again"),
      "STALE");
}

google::rpc::Status QueryHandler::FaultOf(const absl::Status& status, Language language) {
  if (status.code() != absl::StatusCode::kNotFound) return StatusOf(status, "QUERY");
  return StatusOf(absl::NotFoundError(
                      language == Language::kVietnamese
                          ? "Không có mô hình này vào ngày đã hỏi, hoặc người hỏi không được xem"
                          : "no such model on the asked day, or not for this caller"),
                  "NO_SUCH_MODEL");
}

google::rpc::Status QueryHandler::TooMany(Language language) {
  return StatusOf(gateway::Outcome(gateway::Overloaded{.limit = gateway::Limit::kWaitingQueries,
                                                       .retry_after = gateway::kRetryAfter}),
                  language);
}

namespace {

google::rpc::Status WrongToken(query::CursorError error, Language language) {
  switch (error) {
    case query::CursorError::kMalformed:
      return InvalidField("context.page_token", "Không phải mã trang do máy chủ này cấp",
                          "not a page token of this service",
                          "next_page_token của câu trả lời trước",
                          "next_page_token of the answer before", language);
    case query::CursorError::kOtherQuery:
      return InvalidField("context.page_token", "Thuộc về câu hỏi khác", "belongs to another query",
                          "giữ nguyên câu hỏi khi sang trang", "the same query on every page",
                          language);
    case query::CursorError::kProjectionChanged:
      return InvalidField("context.page_token", "Mô hình đọc đã được dựng lại",
                          "the read model was built anew meanwhile", "hỏi lại từ trang đầu",
                          "begin anew at the first page", language);
  }
  return {};
}

}  // namespace

tl::expected<QueryHandler::Page, google::rpc::Status> QueryHandler::PageOf(
    node::ServedLedger& ledger, const CallInfo& call, const v1::QueryContext& context,
    const Hash& query_hash, const std::string& read_model) {
  Page page;
  page.query_hash = query_hash;
  // Before the rows are read: a page of newer ones than its token says is followed by none.
  page.generation = ledger.read_models()->runner()->GenerationOf(read_model);
  if (context.page_size() > 0) page.size = context.page_size();
  node::ServedLedger* national = NationalLedger(ledger);
  const auto moment = MomentOf(ledger, national, node_.clock(), context, call.language);
  if (!moment) return tl::unexpected(moment.error());
  page.moment = *moment;
  if (context.page_token().empty()) return page;
  const std::uint32_t version = ledger.read_models()->runner()->VersionOf(read_model);
  const auto cursor =
      query::DecodeCursor(context.page_token(), query_hash, read_model, version, page.generation);
  if (!cursor) return tl::unexpected(WrongToken(cursor.error(), call.language));
  page.after = cursor->after;
  page.moment.effective_on = cursor->effective_on;
  for (const query::LedgerAsOf& as_of : cursor->as_of) {
    std::uint64_t& commits =
        as_of.ledger == ledger.name() ? page.moment.commits : page.moment.national_commits;
    if (as_of.position.value() >= commits) {
      return tl::unexpected(WrongToken(query::CursorError::kMalformed, call.language));
    }
    commits = as_of.position.value() + 1;
  }
  return page;
}

void QueryHandler::FillMeta(node::ServedLedger& ledger, const Page& page,
                            const std::string& read_model, const NextPage& next,
                            v1::AnswerMeta& meta) {
  const absl::CivilDay day = page.moment.effective_on;
  const std::uint32_t version = ledger.read_models()->runner()->VersionOf(read_model);
  *meta.add_positions() = PositionOf(ledger, page.moment.commits);
  std::vector<query::LedgerAsOf> as_of = {{ledger.name(), Position(page.moment.commits - 1)}};
  node::ServedLedger* national = NationalLedger(ledger);
  if (national != nullptr && page.moment.national_commits > 0) {
    *meta.add_positions() = PositionOf(*national, page.moment.national_commits);
    as_of.push_back({national->name(), Position(page.moment.national_commits - 1)});
  }
  meta.set_effective_on(domain::DayText(day));
  meta.set_projection(read_model);
  meta.set_projection_version(version);
  meta.set_simulated_clock(ledger.simulated_clock());
  if (next) {
    meta.set_next_page_token(query::EncodeCursor(
        {page.query_hash, as_of, read_model, version, day, *next, page.generation}));
  }
}

}  // namespace nhanrong::rpc
