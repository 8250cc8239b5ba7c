// QueryService over the ledgers of a node: who asks, about which moment, wait for it, ask the read
// model.
//
// Answers on the thread of the call, or, where it had to wait for a position, on the read models'
// thread.
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
    const std::string method = MethodName(request);
    if (const auto wrong = CheckContext(call, ledger, request.context()); wrong.code() != 0) {
      return refuse(wrong);
    }
    const auto reader = MayRead(*ledger, node_.clock(), NationalOf(*ledger), call,
                                "QueryService/" + method, UnitOf(*ledger, request));
    if (!reader) return refuse(StatusOf(reader.error(), call.language));
    const auto needed = CommitsNeeded(*ledger, request.context(), call.language);
    if (!needed) return refuse(needed.error());
    projector::ProjectionRunner* runner = ledger->read_models()->runner();
    if (runner == nullptr) return refuse(NotReadYet(call.language));
    runner->WhenReached(
        *needed, call.deadline,
        [this, ledger, call, request, reader = *reader, reply = std::move(reply)](bool reached) {
          if (!reached) return reply(NotReadYet(call.language), Response());
          Response response;
          const google::rpc::Status status = Answer(*ledger, call, request, reader, response);
          reply(status, status.code() == 0 ? response : Response());
        });
  }

 private:
  // What is the same for every query.
  struct Page {
    Moment moment;
    Hash query_hash{};
    std::string after;
    std::size_t size = kPageSizeDefault;
  };

  template <typename Request>
  static std::string MethodName(const Request& request) {
    const std::string name = request.GetDescriptor()->name();
    return name.substr(0, name.size() - std::string_view("Request").size());
  }

  template <typename Request>
  static std::string UnitOf(node::ServedLedger& ledger, const Request& request) {
    if constexpr (requires { UnitAsked(request); }) {
      return UnitAsked(request);
    } else {
      return UnitOfStream(ledger, StreamAsked(request));
    }
  }

  template <typename Request, typename Response>
  google::rpc::Status Answer(node::ServedLedger& ledger, const CallInfo& call,
                             const Request& request, const Reader& reader, Response& response) {
    const std::string read_model(ReadModelOf(request));
    auto page = PageOf(ledger, call, request.context(),
                       query::QueryHash(MethodName(request), request), read_model);
    if (!page) return page.error();
    const Rows rows(*this, ledger, page->moment);
    const auto of_query = rows.Of(read_model);
    const Asked asked{{*of_query, page->moment.effective_on, rows.units(), reader.reads_up_to,
                       page->size, page->after},
                      [&rows](std::string_view projection) { return rows.Of(projection); },
                      reader.caller};
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
    // A row that could not be read: the answer does not count.
    absl::Status status() const;

   private:
    node::ServedLedger& ledger_;
    const Position as_of_;
    mutable std::vector<std::shared_ptr<projector::RowReader>> read_;  // given out, for status
    std::unique_ptr<projections::StoredUnitTree> units_;
  };

  google::rpc::Status CheckContext(const CallInfo& call, node::ServedLedger* ledger,
                                   const v1::QueryContext& context) const;
  tl::expected<Page, google::rpc::Status> PageOf(node::ServedLedger& ledger, const CallInfo& call,
                                                 const v1::QueryContext& context,
                                                 const Hash& query_hash,
                                                 const std::string& read_model);
  void FillMeta(node::ServedLedger& ledger, const Page& page, const std::string& read_model,
                const NextPage& next, v1::AnswerMeta& meta);
  static google::rpc::Status NotReadYet(Language language);
  // A query that could not be answered: what was asked for is not there, or the rows are at fault.
  static google::rpc::Status FaultOf(const absl::Status& status, Language language);
  static std::string UnitOfStream(node::ServedLedger& ledger, const std::string& stream);
  // `national` for every other ledger.
  const gateway::National* NationalOf(node::ServedLedger& ledger) const;
  node::ServedLedger* NationalLedger(node::ServedLedger& ledger) const;

  node::Node& node_;
};

}  // namespace nhanrong::rpc
