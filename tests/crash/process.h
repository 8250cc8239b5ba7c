// Programs started by a test: kept, waited for, killed. They die with the test program.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace nhanrong::crash {

// Longer than anything here takes on a busy machine of two cores; who waits so long has failed.
inline constexpr absl::Duration kPatience = absl::Seconds(90);

// Looks every few milliseconds until the condition holds or the time is over; whether it holds.
bool Await(const std::function<bool()>& condition, absl::Duration limit = kPatience);

class Process {
 public:
  // Standard output and error are added to the files of these names.
  Process(const std::vector<std::string>& command, const std::string& out, const std::string& err);
  // SIGKILL.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Waits; absent: it runs longer. A signal counts as 128 + its number, as in a shell.
  std::optional<int> Wait(absl::Duration limit);
  pid_t pid() const { return pid_; }
  bool Runs() { return !Wait(absl::ZeroDuration()); }
  // Sends the signal; nothing when it has ended.
  void Signal(int signal);
  // SIGKILL, and waits until it is gone.
  void Kill();

 private:
  pid_t pid_ = -1;
  int ended_ = -1;  // a file that can be read when the process has ended
  std::optional<int> exit_;
};

struct Finished {
  int exit = -1;
  std::string out;
  std::string err;
};
// Runs a command to its end, killed after `limit`; `scratch`: a folder for its output.
Finished RunToEnd(const std::vector<std::string>& command, const std::string& scratch,
                  absl::Duration limit = kPatience);

int FreePort();
// Status line and body of GET http://127.0.0.1:<port><path>; empty: nobody answers.
std::string HttpGet(int port, const std::string& path);
// Empty when there is none.
std::string FileText(const std::string& path);
void WriteFile(const std::string& path, const std::string& text);

}  // namespace nhanrong::crash
