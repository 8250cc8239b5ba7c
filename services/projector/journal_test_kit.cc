#include "services/projector/journal_test_kit.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/projector/projection_test_kit.h"

namespace nhanrong::projector {
namespace {

// Keeps rows small when many commits are folded.
constexpr std::size_t kNamesBytesMax = 64;

class Journal final : public Projection {
 public:
  std::string_view name() const override { return "journal"; }
  std::uint32_t version() const override { return 1; }

  absl::Status FoldCommit(const Commit& commit, RowWriter& rows) override {
    rows.Put("commit", absl::StrCat(commit.position.value()));
    return absl::OkStatus();
  }

  absl::Status Fold(const FoldEvent& event, RowWriter& rows) override {
    const std::string& name = event.fact.unit_renamed().name();
    const std::string key = absl::StrCat("name/", event.event.stream());
    const std::optional<std::string> names = rows.Get(key);
    rows.Put(key, names && names->size() < kNamesBytesMax ? absl::StrCat(*names, ",", name) : name);
    if (name == kUnfoldable) return absl::InvalidArgumentError("the journal does not fold this");
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Projection> MakeJournal() { return std::make_unique<Journal>(); }

v1::Fact Renamed(std::string name) {
  v1::Fact fact;
  fact.mutable_unit_renamed()->set_name(std::move(name));
  return fact;
}

std::vector<Commit> JournalCommits(std::size_t count) {
  constexpr std::size_t kStreams = 7;
  CommitBuilder ledger;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 11 == 10) {
      ledger.Refused({});
      continue;
    }
    ledger.Fact(absl::StrCat("unit/", i % kStreams), Renamed(absl::StrCat(i)), "2024-01-01");
    if (i % 5 == 0) {
      ledger.Fact(absl::StrCat("unit/", i % 3), Renamed(absl::StrCat("also ", i)), "2024-01-01");
    }
    if (i % 17 == 16) ledger.UnknownFact("unit/5");
    ledger.Commit();
  }
  return ledger.commits();
}

}  // namespace nhanrong::projector
