// Tells ThreadSanitizer what Abseil's locks order. Debian builds Abseil without the sanitizer, so
// that a lock taken in it is unseen, and everything guarded by one would look like a race.
//
// These functions stand before those of the shared library and call them. A thread that comes out
// of a lock has seen what happened before the lock was last left.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <cstdlib>
#include <iostream>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"

namespace {

// The library's own function; ends the program when there is none of this name.
template <typename Function>
Function Next(const char* mangled_name) {
  void* const found = dlsym(RTLD_NEXT, mangled_name);
  if (found == nullptr) {
    std::cerr << "tests/tsan: this Abseil has no " << mangled_name << "\n";
    std::abort();
  }
  return reinterpret_cast<Function>(found);
}

// A condition is looked at under the lock, by its waiter or by whoever leaves the lock, from within
// Abseil: that is when its lock is held again.
struct UnderLock {
  absl::Mutex* mutex;
  const absl::Condition* condition;

  static bool Holds(UnderLock* waited) {
    __tsan_acquire(waited->mutex);
    const bool holds = waited->condition->Eval();
    __tsan_release(waited->mutex);
    return holds;
  }
};

}  // namespace

#define NR_ABSEIL "_ZN4absl7debian3"

namespace absl {

void Mutex::Lock() {
  static const auto kNext = Next<void (*)(Mutex*)>(NR_ABSEIL "5Mutex4LockEv");
  kNext(this);
  __tsan_acquire(this);
}

bool Mutex::TryLock() {
  static const auto kNext = Next<bool (*)(Mutex*)>(NR_ABSEIL "5Mutex7TryLockEv");
  if (!kNext(this)) return false;
  __tsan_acquire(this);
  return true;
}

void Mutex::Unlock() {
  static const auto kNext = Next<void (*)(Mutex*)>(NR_ABSEIL "5Mutex6UnlockEv");
  __tsan_release(this);
  kNext(this);
}

void Mutex::ReaderLock() {
  static const auto kNext = Next<void (*)(Mutex*)>(NR_ABSEIL "5Mutex10ReaderLockEv");
  kNext(this);
  __tsan_acquire(this);
}

void Mutex::ReaderUnlock() {
  static const auto kNext = Next<void (*)(Mutex*)>(NR_ABSEIL "5Mutex12ReaderUnlockEv");
  __tsan_release(this);
  kNext(this);
}

void Mutex::Await(const Condition& condition) {
  static const auto kNext =
      Next<void (*)(Mutex*, const Condition&)>(NR_ABSEIL "5Mutex5AwaitERKNS0_9ConditionE");
  UnderLock waited{this, &condition};
  __tsan_release(this);
  kNext(this, Condition(&UnderLock::Holds, &waited));
  __tsan_acquire(this);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  static const auto kNext = Next<bool (*)(Mutex*, const Condition&, Duration)>(
      NR_ABSEIL "5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  UnderLock waited{this, &condition};
  __tsan_release(this);
  const bool holds = kNext(this, Condition(&UnderLock::Holds, &waited), timeout);
  __tsan_acquire(this);
  return holds;
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  static const auto kNext = Next<bool (*)(Mutex*, const Condition&, Time)>(
      NR_ABSEIL "5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  UnderLock waited{this, &condition};
  __tsan_release(this);
  const bool holds = kNext(this, Condition(&UnderLock::Holds, &waited), deadline);
  __tsan_acquire(this);
  return holds;
}

void CondVar::Wait(Mutex* mutex) {
  static const auto kNext =
      Next<void (*)(CondVar*, Mutex*)>(NR_ABSEIL "7CondVar4WaitEPNS0_5MutexE");
  __tsan_release(mutex);
  kNext(this, mutex);
  __tsan_acquire(mutex);
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto kNext = Next<bool (*)(CondVar*, Mutex*, Time)>(
      NR_ABSEIL "7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  __tsan_release(mutex);
  const bool timed_out = kNext(this, mutex, deadline);
  __tsan_acquire(mutex);
  return timed_out;
}

void Notification::Notify() {
  static const auto kNext = Next<void (*)(Notification*)>(NR_ABSEIL "12Notification6NotifyEv");
  __tsan_release(this);
  kNext(this);
}

void Notification::WaitForNotification() const {
  static const auto kNext =
      Next<void (*)(const Notification*)>("_ZNK4absl7debian312Notification19WaitForNotificationEv");
  kNext(this);
  __tsan_acquire(const_cast<Notification*>(this));
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static const auto kNext = Next<bool (*)(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE");
  if (!kNext(this, timeout)) return false;
  __tsan_acquire(const_cast<Notification*>(this));
  return true;
}

}  // namespace absl
