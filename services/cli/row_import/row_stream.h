// The rows of a file on their way to the service: understood, resolved, compared with what was sent
// before, and, where there is something to send, lines for the importer.
//
// Works in windows of rows, so memory holds a window, the keys of the rows so far, and what the
// caller keeps. Outcomes are told in order of the file. Not thread-safe: the importer calls it
// under its lock.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/cli/import/importer.h"
#include "services/cli/row_import/plan.h"
#include "services/cli/row_import/record_names.h"
#include "services/cli/row_import/unit_names.h"
#include "services/cli/templates/row_entry.h"

namespace nhanrong::cli {

// Rows that are resolved and looked up together: one question to the service about half a page.
inline constexpr std::size_t kWindowRows = 500;

struct RowOutcome {
  enum class Kind {
    kAccepted,
    kCorrected,
    // Recorded before, by this or an equal row.
    kRepeated,
    // Recorded before, and corrected since.
    kSuperseded,
    kRefused,
    kInvalid,
    // --check: it would be sent.
    kChecked,
  };
  Kind kind = Kind::kInvalid;
  RowEntry entry;
  std::string submission_id;
  // Of the commit, where there is one.
  std::optional<std::uint64_t> position;
  // The exit code that it alone would give.
  ExitCode exit = ExitCode::kOk;
};

struct RowOptions {
  NumberStyle numbers = NumberStyle::kUnambiguous;
  bool retry_refused = false;
  // Nothing is sent.
  bool check_only = false;
  absl::CivilDay today;
};

class RowStream final : public LineSource {
 public:
  using NextRow = std::function<absl::StatusOr<std::optional<RawRow>>()>;
  using OnOutcome = std::function<absl::Status(RowOutcome)>;

  // The service outlives it. `header`: as found above the rows.
  RowStream(const RowService& service, Importing importing, Header header, RowOptions options,
            NextRow next, OnOutcome on_outcome);

  std::optional<ImportLine> Next() override;
  // The answers to lines that were given out, in their order.
  absl::Status Answer(const AnsweredBatch& batch);
  // Why there are no more lines, when that is not the end of the file.
  const Failure& failure() const { return failure_; }

 private:
  // A row of the file: done, or waiting for its answer.
  struct Slot {
    RowOutcome outcome;
    v1::Submission submission;
    bool correction = false;
    bool waiting = false;
    bool given = false;
  };

  Failure FillWindow();
  Failure ReadRows(std::vector<Slot>& window);
  Failure Resolve(RowEntry& entry);
  // What a cell names, as of the row's day.
  Understood<RecordNames::Found> Find(const RowReference& reference, absl::CivilDay day,
                                      Failure& failure);
  Failure LookUp(std::vector<Slot>& window);
  // Whether an earlier row of the file has the same key and another content.
  bool IsDoubled(Slot& slot, const RowIdentity& identity);
  void Plan(Slot& slot, const RowIdentity& identity,
            const std::vector<v1::SubmissionEntry>& before);
  absl::Status TellDone();

  const RowService& service_;
  const Importing importing_;
  const Header header_;
  const RowOptions options_;
  NextRow next_;
  OnOutcome on_outcome_;
  UnitNames units_;
  RecordNames models_;
  RecordNames sites_;
  std::deque<Slot> slots_;
  // Slots from here on have not been given to the importer.
  std::size_t not_given_ = 0;
  std::uint64_t first_number_ = 1;  // of the first slot
  bool ended_ = false;
  Failure failure_;
  struct Seen {
    std::string content;
    std::uint32_t row;
  };
  std::map<std::string, Seen> seen_;
};

}  // namespace nhanrong::cli
