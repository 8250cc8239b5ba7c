// A server's identity from its files, read again when they change.
//
// The files are looked at every second. What cannot be shown (half written, a key of another
// certificate, ended) is logged once and counted, and the identity before it goes on counting. The
// first identity must be right.
//
// Threads: one of its own, which the destructor ends; everything else is thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/base/clock.h"
#include "services/certificates/certificate.h"

namespace nhanrong::certificates {

struct IdentityFiles {
  std::string chain;
  std::string key;
  std::string client_roots;  // empty: clients are asked for no certificate
};

// For /metrics and /readyz.
struct IdentityState {
  std::uint64_t loaded = 0;  // identities that have counted, the first included
  std::uint64_t failed = 0;  // contents that could not be shown
  absl::Time not_after;      // of the certificate that counts
  std::string fault;         // why the files' present content does not count; empty: it does
};

class WatchedIdentity {
 public:
  // Reads the files. kInvalidArgument, with what is wrong. `clock` must outlive it.
  static absl::StatusOr<std::unique_ptr<WatchedIdentity>> Open(IdentityFiles files,
                                                               const Clock& clock);
  ~WatchedIdentity();

  struct Numbered {
    std::shared_ptr<const Identity> identity;  // shared with whoever is shaking hands
    std::uint64_t number = 0;                  // grows with every change
  };
  Numbered current() const;
  IdentityState state() const;
  bool asks_clients() const { return !files_.client_roots.empty(); }
  // Looks now; what the own thread does every second.
  void Look();

 private:
  WatchedIdentity(IdentityFiles files, const Clock& clock);
  absl::Status Load();
  absl::Status Refuse(const Identity& identity, const absl::Status& why);
  void Watch();

  const IdentityFiles files_;
  const Clock& clock_;
  absl::Mutex looking_;  // one looks at a time; taken before mutex_
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  Numbered current_ ABSL_GUARDED_BY(mutex_);
  Identity refused_ ABSL_GUARDED_BY(mutex_);  // the content that was refused last
  IdentityState state_ ABSL_GUARDED_BY(mutex_);
  std::jthread watcher_;  // last member: ends first
};

}  // namespace nhanrong::certificates
