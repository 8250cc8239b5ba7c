// A clock that can be set: loaded into a process (LD_PRELOAD), it moves what the process takes for
// the time of day by the nanoseconds in the first eight bytes of the file NHANRONG_CLOCK_FILE, at
// once and while it runs.
//
// Only CLOCK_REALTIME moves, with all that reads it; waits until a time of day are moved back for
// the kernel, which knows nothing of it. What waits is woken when the true clock says so, as with a
// monotonic clock: setting the clock wakes nobody early and lets nobody sleep on.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
// How late a wait sees that the clock was set.
constexpr std::int64_t kSlice = kSecond / 20;

const volatile std::int64_t* Map() {
  const char* path = std::getenv("NHANRONG_CLOCK_FILE");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY);
  void* mapped =
      file < 0 ? MAP_FAILED : mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
  static const std::int64_t kNone = 0;
  return mapped == MAP_FAILED ? &kNone : static_cast<const volatile std::int64_t*>(mapped);
}

std::int64_t Offset() {
  static const volatile std::int64_t* const offset = Map();
  return *offset;
}

timespec Moved(const timespec& time, std::int64_t by) {
  const std::int64_t whole = time.tv_sec * kSecond + time.tv_nsec + by;
  return {whole / kSecond, whole % kSecond};
}

std::int64_t NanosecondsOf(const timespec& time) { return time.tv_sec * kSecond + time.tv_nsec; }

timespec TrueTime() {
  timespec now;
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  return now;
}

// The true time at which to look again: when the moved clock shows `until`, or a slice from now.
// `over`: then it does.
timespec EndOfSlice(const timespec& until, bool& over) {
  const timespec now = TrueTime();
  const std::int64_t left = NanosecondsOf(until) - NanosecondsOf(now) - Offset();
  over = left <= kSlice;
  return Moved(now, std::clamp(left, std::int64_t{0}, kSlice));
}

template <typename Function>
Function Next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) {
  const long failed = syscall(SYS_clock_gettime, clock, now);
  if (failed == 0 && clock == CLOCK_REALTIME) *now = Moved(*now, Offset());
  return static_cast<int>(failed);
}

int gettimeofday(timeval* now, void* /*zone*/) {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  *now = {time.tv_sec, time.tv_nsec / 1000};
  return 0;
}

int timespec_get(timespec* now, int base) {
  return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

time_t time(time_t* seconds) {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds != nullptr) *seconds = now.tv_sec;
  return now.tv_sec;
}

// A condition variable of the default clock: the time of day.
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* until) {
  static const auto wait =
      Next<int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*)>(
          "pthread_cond_clockwait");
  bool over = false;
  const timespec slice = EndOfSlice(*until, over);
  const int ended = wait(condition, mutex, CLOCK_REALTIME, &slice);
  // Woken for no reason, as may always be: who waits looks at what he waits for.
  return ended == ETIMEDOUT && !over ? 0 : ended;
}

// librdkafka waits so.
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  static const auto wait = Next<int (*)(cnd_t*, mtx_t*, const timespec*)>("cnd_timedwait");
  bool over = false;
  const timespec slice = EndOfSlice(*until, over);
  const int ended = wait(condition, mutex, &slice);
  return ended == thrd_timedout && !over ? static_cast<int>(thrd_success) : ended;
}

// Abseil waits by futex, until a time of day.
long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a[6];
  for (long& one : a) one = va_arg(list, long);
  va_end(list);
  static const auto call = Next<long (*)(long, ...)>("syscall");
  constexpr long kUntilTimeOfDay = FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME;
  if (number != SYS_futex || a[3] == 0 || (a[1] & ~FUTEX_PRIVATE_FLAG) != kUntilTimeOfDay) {
    return call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  }
  bool over = false;
  const timespec slice = EndOfSlice(*reinterpret_cast<const timespec*>(a[3]), over);
  const long ended = call(number, a[0], a[1], a[2], &slice, a[4], a[5]);
  if (ended != 0 && errno == ETIMEDOUT && !over) errno = EINTR;
  return ended;
}

}  // extern "C"
