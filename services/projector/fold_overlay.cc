#include "services/projector/fold_overlay.h"

#include <utility>

#include "services/base/check.h"

namespace nhanrong::projector {

std::optional<std::string> FoldOverlay::Get(std::string_view key) {
  for (const Writes* layer : {&event_, &commit_, &batch_}) {
    if (const auto found = layer->find(key); found != layer->end()) return found->second;
  }
  return stored_.Get(key);
}

void FoldOverlay::Put(std::string_view key, std::string value) {
  NR_CHECK(!key.starts_with(kReservedPrefix), "a read model writes its own rows only");
  event_.insert_or_assign(std::string(key), std::move(value));
}

void FoldOverlay::Delete(std::string_view key) {
  NR_CHECK(!key.starts_with(kReservedPrefix), "a read model writes its own rows only");
  event_.insert_or_assign(std::string(key), std::nullopt);
}

void FoldOverlay::PutReserved(std::string_view key, std::string value) {
  NR_CHECK(event_.empty(), "an event is open");
  commit_.insert_or_assign(std::string(key), std::move(value));
}

void FoldOverlay::KeepEvent() { Move(event_, commit_); }

void FoldOverlay::DropEvent() { event_.clear(); }

void FoldOverlay::EndCommit(
    const std::function<void(const std::string&, const std::optional<std::string>&)>& write) {
  NR_CHECK(event_.empty(), "an event is open");
  for (const auto& [key, value] : commit_) write(key, value);
  Move(commit_, batch_);
}

void FoldOverlay::Move(Writes& from, Writes& to) {
  for (auto& [key, value] : from) to.insert_or_assign(key, std::move(value));
  from.clear();
}

}  // namespace nhanrong::projector
