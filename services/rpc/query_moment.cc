#include "services/rpc/query_moment.h"

#include <algorithm>

#include "services/domain/values/dates.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::rpc {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

std::uint64_t Folded(node::ServedLedger& ledger) {
  projector::ProjectionRunner* runner =
      ledger.read_models() == nullptr ? nullptr : ledger.read_models()->runner();
  return runner == nullptr ? 0 : runner->commits();
}

google::rpc::Status NotYetThere(node::ServedLedger& ledger, Language language) {
  const absl::Time first = ledger.follower().RecordedAt(Position(0));
  const absl::CivilDay day = absl::ToCivilDay(first, VietnamTimeZone());
  const std::string when = domain::DayText(day);
  google::rpc::Status status = StatusOf(
      absl::OutOfRangeError(
          language == Language::kVietnamese
              ? "Sổ cái này bắt đầu ngày " + when +
                    "; trước đó chưa ghi nhận gì. Dùng effective_on để hỏi về ngày nghiệp vụ."
              : "this ledger begins on " + when +
                    "; nothing was recorded before. Use effective_on for business days."),
      "BEFORE_THE_LEDGER");
  return status;
}

google::rpc::Status BeyondTheHead(std::uint64_t commits, Language language) {
  const std::string last = std::to_string(commits == 0 ? 0 : commits - 1);
  return StatusOf(absl::OutOfRangeError(language == Language::kVietnamese
                                            ? "Vị trí cuối của sổ cái là " + last
                                            : "the last position of the ledger is " + last),
                  "BEYOND_THE_HEAD");
}

google::rpc::Status NotYetKnown(absl::Time present, Language language) {
  const std::string when = absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", present, VietnamTimeZone());
  return StatusOf(absl::OutOfRangeError(language == Language::kVietnamese
                                            ? "as_of_time ở tương lai; hiện tại là " + when +
                                                  ". Dùng effective_on để hỏi về một ngày sắp tới."
                                            : "as_of_time lies in the future; the present is " +
                                                  when + ". Use effective_on for a day to come."),
                  "IN_THE_FUTURE");
}

// The latest moment of which this ledger can know: a simulated clock may be ahead of the real one.
absl::Time Present(node::ServedLedger& ledger, const Clock& clock, std::uint64_t head) {
  const absl::Time now = clock.Now();
  return head == 0 ? now : std::max(now, ledger.follower().RecordedAt(Position(head - 1)));
}

// Commits of as_of; absent: the newest.
tl::expected<std::optional<std::uint64_t>, google::rpc::Status> AsOf(
    node::ServedLedger& ledger, const Clock& clock, const v1::QueryContext& context,
    Language language) {
  const std::uint64_t head = ledger.follower().counters().commits;
  if (context.has_as_of_position()) {
    if (context.as_of_position() >= head) return tl::unexpected(BeyondTheHead(head, language));
    return context.as_of_position() + 1;
  }
  if (context.has_as_of_time()) {
    const absl::Time present = Present(ledger, clock, head);
    if (TimeOf(context.as_of_time()) > present + kClockSkewMax) {
      return tl::unexpected(NotYetKnown(present, language));
    }
    const std::uint64_t commits = ledger.follower().CommitsAt(TimeOf(context.as_of_time()));
    if (commits == 0) return tl::unexpected(NotYetThere(ledger, language));
    return commits;
  }
  return std::optional<std::uint64_t>();
}

}  // namespace

tl::expected<std::uint64_t, google::rpc::Status> CommitsNeeded(node::ServedLedger& ledger,
                                                               const Clock& clock,
                                                               const v1::QueryContext& context,
                                                               Language language) {
  const auto as_of = AsOf(ledger, clock, context, language);
  if (!as_of) return tl::unexpected(as_of.error());
  std::uint64_t needed = std::max<std::uint64_t>(as_of->value_or(1), 1);
  if (context.has_min_position()) {
    // The greatest position would wrap around to none at all; no ledger reaches it.
    needed = std::max(needed, std::max(context.min_position() + 1, context.min_position()));
  }
  return needed;
}

tl::expected<Moment, google::rpc::Status> MomentOf(node::ServedLedger& ledger,
                                                   node::ServedLedger* national, const Clock& clock,
                                                   const v1::QueryContext& context,
                                                   Language language) {
  const auto as_of = AsOf(ledger, clock, context, language);
  if (!as_of) return tl::unexpected(as_of.error());
  Moment moment;
  moment.commits = as_of->value_or(Folded(ledger));
  absl::Time at = ledger.follower().RecordedAt(Position(moment.commits - 1));
  if (context.has_as_of_time()) at = std::max(at, TimeOf(context.as_of_time()));
  if (!as_of->has_value() && !ledger.simulated_clock()) at = clock.Now();
  if (national != nullptr) {
    moment.national_commits = Folded(*national);
    if (as_of->has_value()) {
      moment.national_commits =
          std::min(moment.national_commits, national->follower().CommitsAt(at));
    }
  }
  moment.effective_on = absl::ToCivilDay(at, VietnamTimeZone());
  if (!context.effective_on().empty()) {
    const auto day = domain::ParseDay(context.effective_on());
    if (!day) {
      return tl::unexpected(InvalidField("context.effective_on", "Không phải là ngày", "not a date",
                                         "YYYY-MM-DD, ví dụ 2021-05-05",
                                         "YYYY-MM-DD, e.g. 2021-05-05", language));
    }
    moment.effective_on = *day;
  }
  return moment;
}

v1::LedgerPosition PositionOf(node::ServedLedger& ledger, std::uint64_t commits) {
  v1::LedgerPosition position;
  const std::uint64_t head = ledger.follower().counters().commits;
  position.set_ledger(ledger.name());
  if (commits == 0) return position;
  position.set_position(commits - 1);
  position.set_head_position(head - 1);
  position.set_lag_commits(head - std::min(head, Folded(ledger)));
  *position.mutable_recorded_at() =
      domain::StampOf(ledger.follower().RecordedAt(Position(commits - 1)));
  return position;
}

}  // namespace nhanrong::rpc
