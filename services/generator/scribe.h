// Writes the lines of a generated history: ids, times and the word of what will become of each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "nhanrong/v1/command.pb.h"
#include "services/domain/rules/rules.h"
#include "services/generator/random.h"
#include "services/generator/world.h"

namespace nhanrong::generator {

// The files, in the order in which they are to be taken in.
enum class Book { kMap, kPeople, kHistory };

struct Line {
  Book book;
  // Name of the sender's token.
  std::string_view sender;
  const v1::Submission& submission;
  // Rules by which it will be refused; empty: it will be accepted.
  const std::vector<std::string>& refused_by;
};

// Where the lines go.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void Put(const Line& line) = 0;
  // The 32 bytes of a token, once, before the first line of its holder.
  virtual void PutToken(std::string_view name, std::string_view bytes) = 0;
};

inline constexpr char kNational[] = "national";

class Scribe {
 public:
  Scribe(std::uint64_t seed, std::string ledger, Sink& sink);

  const std::string& ledger() const { return ledger_; }
  // From now on lines go into this book, recorded from this moment on, `pace` apart on average.
  // Never back in time within a book.
  void Open(Book book, absl::Time from, absl::Duration pace);
  absl::CivilDay today() const;
  absl::Time now() const { return now_; }

  // A ULID, and 32 bytes, that nothing else of this history has.
  std::string NewId(std::string_view kind);
  std::string NewHash(std::string_view kind);
  // Makes a token and gives it out; its SHA-256.
  std::string NewToken(const std::string& name);

  // A submission of this book with an id of its own, and its command still to be set.
  v1::Submission Begin();
  // Stamps it and gives it out; the id of its first event, which is known because the clock is
  // simulated.
  std::string Send(const Person& by, v1::Submission submission,
                   const std::vector<std::string>& refused_by = {});
  std::string Refused(const Person& by, v1::Submission submission, domain::Rule rule);

 private:
  const std::string seed_;
  const std::string ledger_;
  Sink& sink_;
  Random random_;
  std::uint64_t made_ = 0;
  std::uint64_t begun_ = 0;
  Book book_ = Book::kMap;
  absl::Time now_;
  std::int64_t pace_ms_ = 1;
};

}  // namespace nhanrong::generator
