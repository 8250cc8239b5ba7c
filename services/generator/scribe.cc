#include "services/generator/scribe.h"

#include <algorithm>
#include <utility>

#include "services/base/bytes.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "services/domain/aggregate/envelope.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::generator {
namespace {

// Version 4, drawn once: the namespace of generated submissions.
constexpr std::string_view kSubmissions = "8c2e0f3a-61b7-4d0b-9f3c-2f0f1d7c5ab4";

}  // namespace

Scribe::Scribe(std::uint64_t seed, std::string ledger, Sink& sink)
    : seed_("generated|" + std::to_string(seed) + "|"),
      ledger_(std::move(ledger)),
      sink_(sink),
      random_(seed, "scribe") {}

void Scribe::Open(Book book, absl::Time from, absl::Duration pace) {
  now_ = book == book_ ? std::max(now_, from) : from;
  book_ = book;
  pace_ms_ = std::max<std::int64_t>(1, absl::ToInt64Milliseconds(pace));
}

absl::CivilDay Scribe::today() const { return absl::ToCivilDay(now_, VietnamTimeZone()); }

std::string Scribe::NewId(std::string_view kind) {
  return DerivedUlid(now_, seed_ + std::string(kind) + "|" + std::to_string(made_++));
}

std::string Scribe::NewHash(std::string_view kind) {
  return std::string(
      AsBytes(Sha256(seed_ + "hash|" + std::string(kind) + "|" + std::to_string(made_++))));
}

std::string Scribe::NewToken(const std::string& name) {
  const Hash token = Sha256(seed_ + "token|" + name);
  sink_.PutToken(name, AsBytes(token));
  return std::string(AsBytes(Sha256(AsBytes(token))));
}

v1::Submission Scribe::Begin() {
  static const Id128 name_space = *ParseUuid(kSubmissions);
  v1::Submission submission;
  submission.set_ledger(book_ == Book::kMap ? kNational : ledger_);
  // Stated, so that it does not depend on the command by which the line is sent.
  submission.set_channel(v1::INGEST_CHANNEL_IMPORT);
  submission.set_submission_id(Uuid5(name_space, seed_ + std::to_string(begun_++)));
  return submission;
}

std::string Scribe::Send(const Person& by, v1::Submission submission,
                         const std::vector<std::string>& refused_by) {
  now_ += absl::Milliseconds(1 + random_.Below(static_cast<std::uint64_t>(2 * pace_ms_)));
  *submission.mutable_simulated_recorded_at() = domain::StampOf(now_);
  submission.set_delegation_id(by.delegation_id);
  sink_.Put({book_, by.token, submission, refused_by});
  return domain::EventIdOf(submission.ledger(), by.agency_id, submission.submission_id(), now_, 0);
}

std::string Scribe::Refused(const Person& by, v1::Submission submission, domain::Rule rule) {
  return Send(by, std::move(submission), {std::string(domain::RuleName(rule))});
}

}  // namespace nhanrong::generator
