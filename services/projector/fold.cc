#include "services/projector/fold.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/check.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::projector {
namespace {

constexpr char kParkedPrefix[] = "!parked/";

v1::ParkedStream Described(const std::string& stream, const rows::v1::ParkedStream& row) {
  v1::ParkedStream out;
  out.set_stream(stream);
  out.set_reason(row.reason());
  out.set_cause(row.unknown_type() ? v1::PARKED_CAUSE_UNKNOWN_TYPE : v1::PARKED_CAUSE_REFUSED);
  out.set_event_type(row.event_type());
  out.set_schema_version(row.schema_version());
  out.set_since_position(row.since_position());
  *out.mutable_since_recorded_at() = domain::StampOf(absl::FromUnixMicros(row.recorded_at_us()));
  out.set_events(row.events());
  return out;
}

absl::StatusOr<ParkedStreams> ReadParked(const RowReader& rows) {
  ParkedStreams all;
  absl::Status damage;
  rows.Scan(kParkedPrefix, "", [&](std::string_view key, std::string_view value) {
    rows::v1::ParkedStream parked;
    if (!parked.ParseFromString(std::string(value))) {
      damage = absl::DataLossError("a row of a parked stream cannot be read: rebuild");
      return false;
    }
    all[std::string(key.substr(sizeof(kParkedPrefix) - 1))] = std::move(parked);
    return true;
  });
  damage.Update(rows.status());
  if (!damage.ok()) return damage;
  return all;
}

absl::Status OtherHistory() {
  return absl::DataLossError("the read model was built from another history: rebuild it");
}

}  // namespace

ProjectionFold::ProjectionFold(std::unique_ptr<Projection> projection, FactReader facts,
                               std::unique_ptr<RowStore> store)
    : projection_(std::move(projection)), facts_(std::move(facts)), store_(std::move(store)) {}

absl::StatusOr<std::unique_ptr<ProjectionFold>> ProjectionFold::Open(
    const std::string& root, const std::string& ledger, const std::string& ledger_id,
    std::unique_ptr<Projection> projection, FactReader facts) {
  const StoreIdentity identity{std::string(projection->name()), projection->version(), ledger,
                               ledger_id};
  return Load(std::move(projection), std::move(facts), RowStore::Open(root, identity));
}

absl::StatusOr<std::unique_ptr<ProjectionFold>> ProjectionFold::BuildBeside(
    std::uint64_t commits, const Hash& running, std::unique_ptr<Projection> projection) const {
  NR_CHECK(projection->name() == projection_->name(), "the same read model");
  return Load(std::move(projection), facts_, store_->BuildBeside(commits, running));
}

absl::StatusOr<std::unique_ptr<ProjectionFold>> ProjectionFold::PutInPlace(
    std::unique_ptr<ProjectionFold> built) {
  auto store = RowStore::PutInPlace(std::move(built->store_));
  return Load(std::move(built->projection_), built->facts_, std::move(store));
}

absl::StatusOr<std::unique_ptr<ProjectionFold>> ProjectionFold::Load(
    std::unique_ptr<Projection> projection, FactReader facts,
    absl::StatusOr<std::unique_ptr<RowStore>> store) {
  if (!store.ok()) return store.status();
  std::unique_ptr<ProjectionFold> fold(
      new ProjectionFold(std::move(projection), std::move(facts), *std::move(store)));
  auto parked = ReadParked(*fold->store_->Newest());
  if (!parked.ok()) return parked.status();
  fold->parked_ = *std::move(parked);
  absl::MutexLock lock(&fold->mutex_);
  fold->parked_stored_ = fold->parked_;
  fold->progress_ = fold->store_->progress();
  return fold;
}

absl::Status ProjectionFold::ApplyBatch(absl::Span<const Commit> commits) {
  if (absl::Status before = status(); !before.ok()) return before;
  absl::Status outcome = Fold(commits);
  absl::MutexLock lock(&mutex_);
  status_ = outcome;
  if (!outcome.ok()) return outcome;
  progress_ = store_->progress();
  if (std::exchange(parked_changed_, false)) parked_stored_ = parked_;
  return outcome;
}

absl::Status ProjectionFold::Fold(absl::Span<const Commit> commits) {
  const std::unique_ptr<RowReader> stored = store_->Newest();
  FoldOverlay rows(*stored);
  RowStore::Batch batch(*store_);
  for (const Commit& commit : commits) {
    absl::Status status = CheckFollows(commit, batch.progress());
    if (!status.ok()) return status;
    if (commit.position.value() < batch.progress().commits) continue;
    status = FoldCommit(commit, rows);
    if (!status.ok()) return status;
    rows.EndCommit([&](const std::string& key, const std::optional<std::string>& value) {
      batch.Add(key, commit.position, value);
    });
    batch.EndCommit(commit.running);
  }
  if (!stored->status().ok()) return stored->status();
  if (batch.progress().commits == store_->progress().commits) return absl::OkStatus();
  return store_->Write(std::move(batch));
}

absl::Status ProjectionFold::CheckFollows(const Commit& commit, const StoreProgress& so_far) const {
  const std::uint64_t position = commit.position.value();
  if (position > so_far.commits) {
    return absl::InternalError(absl::StrCat("commit ", position, " was delivered to ",
                                            std::string(projection_->name()), " after ",
                                            so_far.commits, " commits: a gap"));
  }
  if (position == so_far.commits) {
    return ChainHash(so_far.running, commit.leaf) == commit.running ? absl::OkStatus()
                                                                    : OtherHistory();
  }
  // Of the commits before, only the last one's running hash is kept.
  const bool is_last = position + 1 == so_far.commits;
  return is_last && commit.running != so_far.running ? OtherHistory() : absl::OkStatus();
}

absl::Status ProjectionFold::FoldCommit(const Commit& commit, FoldOverlay& rows) {
  if (absl::Status status = projection_->FoldCommit(commit, rows); !status.ok()) {
    return absl::InternalError(absl::StrCat(std::string(projection_->name()), " failed at commit ",
                                            commit.position.value(), ": ",
                                            std::string(status.message())));
  }
  rows.KeepEvent();
  for (const v1::Event& event : commit.record.events().events()) {
    const absl::Status status = parked_.contains(event.stream())
                                    ? absl::FailedPreconditionError("the stream is parked")
                                    : FoldEvent(commit, event, rows);
    if (status.ok()) {
      rows.KeepEvent();
    } else {
      rows.DropEvent();
      Park(commit, event, status, rows);
    }
  }
  return absl::OkStatus();
}

absl::Status ProjectionFold::FoldEvent(const Commit& commit, const v1::Event& event,
                                       FoldOverlay& rows) {
  const std::optional<v1::Fact> fact = facts_(event);
  if (!fact) {
    return absl::UnimplementedError(absl::StrCat("type ", event.type(), ", schema version ",
                                                 event.schema_version(),
                                                 ", is not known or does not parse"));
  }
  absl::Status folded = projection_->Fold({commit, event, *fact}, rows);
  // Only the lines above may say that the type is not known.
  return absl::IsUnimplemented(folded) ? absl::InvalidArgumentError(folded.message()) : folded;
}

void ProjectionFold::Park(const Commit& commit, const v1::Event& event, const absl::Status& why,
                          FoldOverlay& rows) {
  const auto [entry, is_new] = parked_.try_emplace(event.stream());
  rows::v1::ParkedStream& parked = entry->second;
  if (is_new) {
    parked.set_reason(std::string(why.message()));
    parked.set_unknown_type(absl::IsUnimplemented(why));
    parked.set_event_type(event.type());
    parked.set_schema_version(event.schema_version());
    parked.set_since_position(commit.position.value());
    parked.set_recorded_at_us(absl::ToUnixMicros(commit.recorded_at));
  }
  parked.set_events(parked.events() + 1);
  parked_changed_ = true;
  rows.PutReserved(absl::StrCat(kParkedPrefix, event.stream()), parked.SerializeAsString());
}

absl::Status ProjectionFold::status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

std::uint64_t ProjectionFold::commits() const {
  absl::MutexLock lock(&mutex_);
  return progress_.commits;
}

StoreProgress ProjectionFold::progress() const {
  absl::MutexLock lock(&mutex_);
  return progress_;
}

ParkedStreams ProjectionFold::parked() const {
  absl::MutexLock lock(&mutex_);
  return parked_stored_;
}

v1::ProjectionInfo ProjectionFold::info() const { return Describe(progress()); }

v1::ProjectionInfo ProjectionFold::Describe(const StoreProgress& progress) const {
  v1::ProjectionInfo info;
  info.set_name(std::string(projection_->name()));
  info.set_version(projection_->version());
  info.set_commits(progress.commits);
  info.set_digest(std::string(AsBytes(progress.set.Digest())));
  info.set_rows(progress.row_versions);
  absl::MutexLock lock(&mutex_);
  info.set_parked_streams(parked_stored_.size());
  for (const auto& [stream, row] : parked_stored_) {
    info.set_parked_events(info.parked_events() + row.events());
    if (info.parked_size() < static_cast<int>(kParkedListedMax)) {
      *info.add_parked() = Described(stream, row);
    }
  }
  return info;
}

absl::StatusOr<v1::CheckedProjection> ProjectionFold::Check() const {
  const absl::StatusOr<RowStore::Recount> recount = store_->CountAgain();
  if (!recount.ok()) return recount.status();
  v1::CheckedProjection checked;
  *checked.mutable_info() = Describe(recount->stored);
  checked.set_recomputed_digest(std::string(AsBytes(recount->counted.set.Digest())));
  checked.set_equal(recount->equal());
  return checked;
}

}  // namespace nhanrong::projector
