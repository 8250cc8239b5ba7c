// The lines of an import file: one submission in protobuf JSON each, or {"as":"NAME","submission":
// {…}} where the line names its sender; blank lines and lines that begin with '#' are skipped.
//
// Pure. A malformed line is an item like the others, with its problem: reading always goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "nhanrong/v1/command.pb.h"

namespace nhanrong::cli {

// A submission is at most 65,535 bytes as a commit; its JSON with escapes stays far below this.
inline constexpr std::size_t kLineBytesMax = 1 << 20;

struct ImportLine {
  // In the file, from 1.
  std::uint64_t number = 0;
  // As it stands, without line end and outer blanks.
  std::string text;
  v1::Submission submission;
  // Name of the token under which it is to be sent; empty: the line names none.
  std::string sender;
  // Why the line is no submission; empty: it is one.
  std::string problem;
  // A correction or annulment may name, for event_id, "@<submission_id>" of an earlier line: the
  // first event of that submission, whose id only its answer tells. Empty: it does not.
  std::string refers_to;
};

// What a line may leave out.
struct ImportDefaults {
  std::string ledger;
  v1::IngestChannel channel = v1::INGEST_CHANNEL_IMPORT;
};

// Version 5 UUID of ledger and line: the same line sent again is the same submission.
std::string StableSubmissionId(std::string_view ledger, std::string_view line);

// What the line is; absent: blank or a comment.
std::optional<ImportLine> LineOf(std::string_view text, std::uint64_t number,
                                 const ImportDefaults& defaults);

// Where lines come from. One thread calls Next.
class LineSource {
 public:
  virtual ~LineSource() = default;
  // The next submission or malformed line; absent at the end. May wait.
  virtual std::optional<ImportLine> Next() = 0;
  // From another thread: a Next that waits, and every later one, says that this is the end.
  virtual void Stop() {}
};

class ImportReader final : public LineSource {
 public:
  // `content` is the whole file and outlives the reader. Lines up to `after_line` are passed over.
  ImportReader(std::string_view content, ImportDefaults defaults, std::uint64_t after_line = 0);
  std::optional<ImportLine> Next() override;

 private:
  std::optional<std::string_view> NextText();

  std::string_view rest_;
  ImportDefaults defaults_;
  std::uint64_t after_line_;
  std::uint64_t number_ = 0;
};

}  // namespace nhanrong::cli
