#include "services/cli/row_import/row_stream.h"

#include <algorithm>
#include <utility>

#include "services/cli/import/journal.h"
#include "services/cli/row_import/answer_words.h"
#include "services/cli/templates/field_path.h"
#include "services/domain/values/dates.h"

namespace nhanrong::cli {
namespace {

using Kind = RowOutcome::Kind;
using Entries = std::vector<v1::SubmissionEntry>;

Failure Local(const absl::Status& status) {
  return MakeFailure(status.code(), std::string(status.message()));
}

void Invalidate(RowOutcome& outcome, RowProblem problem) {
  outcome.kind = Kind::kInvalid;
  outcome.exit = ExitCode::kInvalid;
  outcome.entry.problems.push_back(std::move(problem));
}

}  // namespace

RowStream::RowStream(const RowService& service, Importing importing, Header header,
                     RowOptions options, NextRow next, OnOutcome on_outcome)
    : service_(service),
      importing_(std::move(importing)),
      header_(std::move(header)),
      options_(options),
      next_(std::move(next)),
      on_outcome_(std::move(on_outcome)),
      units_(service, importing_.ledger),
      models_(service, importing_, RecordNames::Kind::kModels),
      sites_(service, importing_, RecordNames::Kind::kSites) {}

std::optional<ImportLine> RowStream::Next() {
  while (Ok(failure_)) {
    for (; not_given_ < slots_.size(); ++not_given_) {
      Slot& slot = slots_[not_given_];
      if (!slot.waiting) continue;
      slot.given = true;
      ImportLine line;
      line.number = first_number_ + not_given_;
      line.submission = slot.submission;
      ++not_given_;
      return line;
    }
    if (ended_) return std::nullopt;
    failure_ = FillWindow();
    if (const absl::Status told = TellDone(); Ok(failure_) && !told.ok()) failure_ = Local(told);
  }
  return std::nullopt;
}

Failure RowStream::FillWindow() {
  std::vector<Slot> window;
  if (Failure failure = ReadRows(window); !Ok(failure)) return failure;
  if (Failure failure = LookUp(window); !Ok(failure)) return failure;
  std::move(window.begin(), window.end(), std::back_inserter(slots_));
  return {};
}

Failure RowStream::ReadRows(std::vector<Slot>& window) {
  while (window.size() < kWindowRows) {
    const auto row = next_();
    if (!row.ok()) return Local(row.status());
    if (!*row) {
      ended_ = true;
      return {};
    }
    if (!IsEntry(header_, **row)) continue;
    Slot& slot = window.emplace_back();
    slot.outcome.entry = ReadRow(header_, **row, options_.numbers);
    if (Failure failure = Resolve(slot.outcome.entry); !Ok(failure)) return failure;
    slot.outcome.entry.submission.set_ledger(importing_.ledger);
    if (!slot.outcome.entry.problems.empty()) slot.outcome.exit = ExitCode::kInvalid;
  }
  return {};
}

Failure RowStream::Resolve(RowEntry& entry) {
  const absl::CivilDay day =
      domain::KnownDays(entry.submission.occurred_on(), entry.submission.sources(), options_.today)
          .latest;
  for (const RowReference& reference : entry.references) {
    // Without its day nobody knows on which map the unit is; the day is a problem of its own.
    if (reference.kind == ColumnKind::kUnit && !entry.submission.has_occurred_on()) continue;
    Failure failure;
    const Understood<RecordNames::Found> found = Find(reference, day, failure);
    if (!Ok(failure)) return failure;
    if (!found) {
      entry.problems.push_back({reference.column, found.error()});
      continue;
    }
    SetText(entry.submission, reference.path, found->id);
    if (found->shown != reference.text) {
      entry.echoes.push_back(reference.text + " = " + found->shown);
    }
  }
  return {};
}

Understood<RecordNames::Found> RowStream::Find(const RowReference& reference, absl::CivilDay day,
                                               Failure& failure) {
  if (reference.kind == ColumnKind::kUnit) {
    const auto unit = units_.Find(reference.text, reference.parent, day, failure);
    if (!unit) return tl::unexpected(unit.error());
    return RecordNames::Found{unit->unit_id, unit->shown};
  }
  return (reference.kind == ColumnKind::kModel ? models_ : sites_).Find(reference.text, failure);
}

Failure RowStream::LookUp(std::vector<Slot>& window) {
  std::vector<std::pair<Slot*, RowIdentity>> wanted;
  v1::ListSubmissionsRequest request;
  request.mutable_context()->set_ledger(importing_.ledger);
  request.mutable_context()->set_min_position(importing_.min_position);
  for (Slot& slot : window) {
    const RowEntry& entry = slot.outcome.entry;
    if (!entry.problems.empty()) continue;
    RowIdentity identity = IdentityOf(*header_.form, importing_.agency_id, entry.submission);
    if (IsDoubled(slot, identity)) continue;
    request.add_correlation_ids(identity.row);
    wanted.emplace_back(&slot, std::move(identity));
  }
  if (wanted.empty()) return {};
  std::map<std::string, Entries> before;
  Failure failure =
      AllPages(service_.submissions, request, [&](const v1::ListSubmissionsResponse& page) {
        for (const v1::SubmissionEntry& entry : page.submissions()) {
          before[entry.correlation_id()].push_back(entry);
        }
      });
  if (!Ok(failure)) return failure;
  for (const auto& [slot, identity] : wanted) Plan(*slot, identity, before[identity.row]);
  return {};
}

bool RowStream::IsDoubled(Slot& slot, const RowIdentity& identity) {
  const std::uint32_t row = slot.outcome.entry.raw.number;
  const auto [seen, first] = seen_.try_emplace(identity.row, Seen{identity.content, row});
  // An equal row is sent under the same id and gets the same answer.
  if (first || seen->second.content == identity.content) return false;
  const std::string where = std::to_string(seen->second.row);
  Invalidate(slot.outcome,
             {std::nullopt,
              {"cùng khóa với dòng " + where + " nhưng nội dung khác: giữ một dòng",
               "the same key as row " + where + " with another content: keep one of them"}});
  return true;
}

void RowStream::Plan(Slot& slot, const RowIdentity& identity, const Entries& before) {
  RowOutcome& outcome = slot.outcome;
  RowPlan plan =
      PlanRow(*header_.form, identity, outcome.entry.submission, before, options_.retry_refused);
  outcome.submission_id = plan.submission_id;
  if (plan.position > 0 || !plan.submission_id.empty()) outcome.position = plan.position;
  switch (plan.kind) {
    case RowPlan::Kind::kSend:
    case RowPlan::Kind::kCorrect:
      outcome.position.reset();
      outcome.submission_id = plan.submission.submission_id();
      slot.correction = plan.kind == RowPlan::Kind::kCorrect;
      slot.submission = std::move(plan.submission);
      slot.waiting = !options_.check_only;
      outcome.kind = Kind::kChecked;
      return;
    case RowPlan::Kind::kRepeated:
      outcome.kind = Kind::kRepeated;
      return;
    case RowPlan::Kind::kSuperseded:
      outcome.kind = Kind::kSuperseded;
      return;
    case RowPlan::Kind::kRefusedBefore:
      outcome.kind = Kind::kRefused;
      outcome.exit = ExitCode::kRefused;
      for (const v1::Violation& violation : plan.refused) {
        outcome.entry.problems.push_back(ProblemOf(*header_.form, violation));
      }
      outcome.entry.problems.push_back(
          {std::nullopt,
           {"đã bị từ chối từ trước (vị trí " + std::to_string(plan.position) +
                "): sửa dòng, hoặc thêm --retry-refused để gửi lại",
            "refused before (position " + std::to_string(plan.position) +
                "): mend the row, or add --retry-refused to send it again"}});
      return;
    case RowPlan::Kind::kNeedsReason:
      Invalidate(outcome,
                 {std::nullopt,
                  {"dòng này đã ghi sổ với nội dung khác (vị trí " + std::to_string(plan.position) +
                       "): ghi lý do đính chính ở cột Lý do, hoặc bỏ dòng",
                   "recorded with another content (position " + std::to_string(plan.position) +
                       "): give the reason for the correction, or drop the row"}});
      return;
  }
}

absl::Status RowStream::Answer(const AnsweredBatch& batch) {
  for (const AnsweredLine& answered : batch) {
    Slot& slot = slots_[answered.line.number - first_number_];
    RowOutcome& outcome = slot.outcome;
    slot.waiting = false;
    if (answered.outcome.has_accepted()) {
      const v1::Accepted& accepted = answered.outcome.accepted();
      outcome.position = accepted.position();
      outcome.kind = accepted.repeated() ? Kind::kRepeated
                     : slot.correction   ? Kind::kCorrected
                                         : Kind::kAccepted;
      continue;
    }
    ImportCounts counts;
    outcome.exit = Count(answered.outcome, counts);
    outcome.kind = counts.invalid > 0 ? Kind::kInvalid : Kind::kRefused;
    AddProblems(*header_.form, answered.outcome.error(), outcome);
  }
  return TellDone();
}

absl::Status RowStream::TellDone() {
  while (!slots_.empty() && !slots_.front().waiting) {
    RowOutcome outcome = std::move(slots_.front().outcome);
    slots_.pop_front();
    ++first_number_;
    if (not_given_ > 0) --not_given_;
    if (absl::Status told = on_outcome_(std::move(outcome)); !told.ok()) return told;
  }
  return absl::OkStatus();
}

}  // namespace nhanrong::cli
