#include "services/certificates/watched_identity.h"

#include <spdlog/spdlog.h>

#include <fstream>
#include <sstream>
#include <utility>

namespace nhanrong::certificates {
namespace {

constexpr absl::Duration kLookInterval = absl::Seconds(1);

absl::StatusOr<std::string> Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return absl::InvalidArgumentError("cannot read " + path);
  return text.str();
}

absl::StatusOr<Identity> Read(const IdentityFiles& files) {
  auto chain = Content(files.chain);
  if (!chain.ok()) return chain.status();
  auto key = Content(files.key);
  if (!key.ok()) return key.status();
  Identity identity{*std::move(chain), *std::move(key), ""};
  if (!files.client_roots.empty()) {
    auto roots = Content(files.client_roots);
    if (!roots.ok()) return roots.status();
    if (roots->empty()) return absl::InvalidArgumentError(files.client_roots + " is empty");
    identity.client_roots = *std::move(roots);
  }
  return identity;
}

}  // namespace

WatchedIdentity::WatchedIdentity(IdentityFiles files, const Clock& clock)
    : files_(std::move(files)), clock_(clock) {}

WatchedIdentity::~WatchedIdentity() {
  absl::MutexLock lock(&mutex_);
  stopping_ = true;
}

absl::StatusOr<std::unique_ptr<WatchedIdentity>> WatchedIdentity::Open(IdentityFiles files,
                                                                       const Clock& clock) {
  std::unique_ptr<WatchedIdentity> watched(new WatchedIdentity(std::move(files), clock));
  if (absl::Status loaded = watched->Load(); !loaded.ok()) {
    return absl::InvalidArgumentError(watched->files_.chain + ", " + watched->files_.key + ": " +
                                      std::string(loaded.message()));
  }
  watched->watcher_ = std::jthread([raw = watched.get()] { raw->Watch(); });
  return watched;
}

WatchedIdentity::Numbered WatchedIdentity::current() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

IdentityState WatchedIdentity::state() const {
  absl::MutexLock lock(&mutex_);
  return state_;
}

absl::Status WatchedIdentity::Load() {
  absl::MutexLock one(&looking_);
  auto identity = Read(files_);
  if (!identity.ok()) return Refuse(Identity(), identity.status());
  if (const auto counts = current().identity; counts && *counts == *identity) {
    absl::MutexLock lock(&mutex_);
    state_.fault.clear();
    return absl::OkStatus();
  }
  const auto certificate = CheckIdentity(*identity, clock_.Now());
  if (!certificate.ok()) return Refuse(*identity, certificate.status());
  absl::MutexLock lock(&mutex_);
  current_ = {std::make_shared<const Identity>(*std::move(identity)), current_.number + 1};
  ++state_.loaded;
  state_.not_after = certificate->not_after;
  state_.fault.clear();
  spdlog::info("TLS: certificate of {}, until {}", certificate->subject,
               absl::FormatTime(certificate->not_after));
  return absl::OkStatus();
}

// OK: the same was refused before, and is no news.
absl::Status WatchedIdentity::Refuse(const Identity& identity, const absl::Status& why) {
  absl::MutexLock lock(&mutex_);
  const std::string fault(why.message());
  if (fault == state_.fault && identity == refused_) return absl::OkStatus();
  ++state_.failed;
  state_.fault = fault;
  refused_ = identity;
  return why;
}

void WatchedIdentity::Look() {
  if (const absl::Status loaded = Load(); !loaded.ok()) {
    spdlog::error("TLS: the new files are not used, the ones before still are: {}",
                  std::string(loaded.message()));
  }
}

void WatchedIdentity::Watch() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kLookInterval);
      if (stopping_) return;
    }
    Look();
  }
}

}  // namespace nhanrong::certificates
