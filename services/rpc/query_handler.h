// QueryService over a node's ledgers: who asks, about which moment; waits for it, asks the rows.
//
// Answers on threads of its own (query_pool.h), which is where all reading is done; refuses on the
// thread of the call. The node and the calls must outlive it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/node/node.h"
#include "services/query/cursor.h"
#include "services/rpc/async_unary.h"
#include "services/rpc/query_methods.h"
#include "services/rpc/query_moment.h"
#include "services/rpc/query_pool.h"
#include "services/rpc/read_access.h"

namespace nhanrong::projections {
class StoredUnitTree;
}

namespace nhanrong::rpc {

class QueryHandler {
 public:
  explicit QueryHandler(node::Node& node) : node_(node) {}

  template <typename Request, typename Response>
  void Handle(const CallInfo& call, const Request& request,
              std::function<void(const google::rpc::Status&, const Response&)> reply) {
    const auto refuse = [&reply](const google::rpc::Status& why) { reply(why, Response()); };
    node::ServedLedger* ledger = node_.Find(request.context().ledger());
    if (const auto wrong = CheckRequest(call, ledger, request.context(), request);
        wrong.code() != 0) {
      return refuse(wrong);
    }
    const auto reader =
        MayRead(*ledger, node_.clock(), NationalOf(*ledger), call, Rpc(request), UnitOf(request));
    if (!reader) return refuse(StatusOf(reader.error(), call.language));
    const auto needed = CommitsNeeded(*ledger, node_.clock(), request.context(), call.language);
    if (!needed) return refuse(needed.error());
    projector::ProjectionRunner* runner = ledger->read_models()->runner();
    if (runner == nullptr) return refuse(NotOpenYet());
    auto answer = [this, ledger, call, request, reader = *reader, reply] {
      Response response;
      const google::rpc::Status status = Answer(*ledger, call, request, reader, response);
      reply(status, status.code() == 0 ? response : Response());
    };
    runner->WhenReached(*needed, call.deadline,
                        [this, call, reply, answer = std::move(answer)](bool reached) {
                          if (!reached) return reply(NotReadYet(call.language), Response());
                          if (!pool_.Run(answer)) reply(TooMany(call.language), Response());
                        });
  }

 private:
  struct Page {
    Moment moment;
    Hash query_hash{};
    std::uint64_t generation = 0;
    std::string after;
    std::size_t size = kPageSizeDefault;
  };

  // "QueryService/GetModel".
  static std::string Rpc(const google::protobuf::Message& request) {
    const std::string name = request.GetDescriptor()->name();
    return "QueryService/" + name.substr(0, name.size() - std::string_view("Request").size());
  }

  // Absent: about a thing, not a unit.
  template <typename Request>
  static std::optional<std::string> UnitOf(const Request& request) {
    if constexpr (requires { UnitAsked(request); }) {
      return UnitAsked(request);
    } else {
      return std::nullopt;
    }
  }

  template <typename Request, typename Response>
  google::rpc::Status Answer(node::ServedLedger& ledger, const CallInfo& call,
                             const Request& request, const Reader& reader, Response& response) {
    if (absl::Now() > call.deadline) return NotReadYet(call.language);
    const std::string read_model(ReadModelOf(request));
    auto page = PageOf(ledger, call, request.context(), query::QueryHash(Rpc(request), request),
                       read_model);
    if (!page) return page.error();
    const Rows rows(*this, ledger, page->moment);
    const auto of_query = rows.Of(read_model);
    const Asked asked{{*of_query, page->moment.effective_on, rows.units(), reader.reads_up_to,
                       page->size, page->after},
                      [&rows](std::string_view projection) { return rows.Of(projection); },
                      reader.caller,
                      ReadsOn(reader.caller, Rpc(request), rows.units(), page->moment.effective_on),
                      rows.national_units()};
    const auto next = Ask(asked, request, response);
    if (!next.ok()) return FaultOf(next.status(), call.language);
    if (!rows.status().ok()) return StatusOf(rows.status(), "QUERY");
    FillMeta(ledger, *page, read_model, *next, *response.mutable_meta());
    return {};
  }

  // Rows of a ledger and the map of units, at a moment.
  class Rows {
   public:
    Rows(QueryHandler& handler, node::ServedLedger& ledger, const Moment& moment);
    ~Rows();
    std::shared_ptr<projector::RowReader> Of(std::string_view projection) const;
    const query::UnitTree& units() const;
    const std::shared_ptr<projector::RowReader>& national_units() const { return national_units_; }
    // A row that could not be read: the answer does not count.
    absl::Status status() const;

   private:
    node::ServedLedger& ledger_;
    const Position as_of_;
    mutable std::vector<std::shared_ptr<projector::RowReader>> read_;  // given out, for status
    std::shared_ptr<projector::RowReader> national_units_;             // shared with `units_`
    std::unique_ptr<projections::StoredUnitTree> units_;
  };

  google::rpc::Status CheckRequest(const CallInfo& call, node::ServedLedger* ledger,
                                   const v1::QueryContext& context,
                                   const google::protobuf::Message& request) const;
  // OK when the map that answers of this ledger are joined with is there.
  absl::Status NationalReadiness(node::ServedLedger& ledger) const;
  tl::expected<Page, google::rpc::Status> PageOf(node::ServedLedger& ledger, const CallInfo& call,
                                                 const v1::QueryContext& context,
                                                 const Hash& query_hash,
                                                 const std::string& read_model);
  void FillMeta(node::ServedLedger& ledger, const Page& page, const std::string& read_model,
                const NextPage& next, v1::AnswerMeta& meta);
  static google::rpc::Status NotReadYet(Language language);
  static google::rpc::Status NotOpenYet();
  static google::rpc::Status TooMany(Language language);
  // A query that could not be answered: what was asked for is not there, or the rows are at fault.
  static google::rpc::Status FaultOf(const absl::Status& status, Language language);
  // `national` for every other ledger.
  const gateway::National* NationalOf(node::ServedLedger& ledger) const;
  node::ServedLedger* NationalLedger(node::ServedLedger& ledger) const;

  node::Node& node_;
  QueryPool pool_;  // last member: its queries end before what they use
};

}  // namespace nhanrong::rpc
