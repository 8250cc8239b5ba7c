// What `deploy/quickstart` leaves behind: a server with the demonstration, in a temporary folder,
// on free ports of 127.0.0.1.
//
// The program is the one of this build. A quickstart that fails ends the test program with what it
// printed. The server ends with this object; should the test program be killed, after
// kServerSecondsMax at the latest. Not thread-safe.
#pragma once

#include <filesystem>
#include <string>

namespace nhanrong::readme {

inline constexpr int kServerSecondsMax = 300;

class Demonstration {
 public:
  Demonstration();
  ~Demonstration();
  Demonstration(const Demonstration&) = delete;
  Demonstration& operator=(const Demonstration&) = delete;

  // What stands for `.nhanrong` of the repository.
  const std::filesystem::path& home() const { return home_; }
  // The output of `command` in a shell that has `nhanrong` on its path and the server's address;
  // with a line more when its exit code is not 0.
  std::string OutputOf(const std::string& command, const std::string& token_file) const;

 private:
  // Its flags are the same for start and stop.
  std::string Quickstart(const std::string& more) const;

  const std::filesystem::path home_;
  const int port_;
};

}  // namespace nhanrong::readme
