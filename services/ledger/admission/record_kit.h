// A small language for tests of the rule: records of made-up submissions, on stated heads.
#pragma once

#include <string>
#include <vector>

#include "services/ledger/admission/admission.h"

namespace nhanrong::ledger {

// Bytes of a record; every part can be changed before Bytes().
class RecordKit {
 public:
  // Fits the state of `reader`: its ledger, its anchor, rule version 1.
  RecordKit(const Admission& reader, std::string submission_id) {
    record_.set_rule_version(1);
    const Id128 id = reader.ledger_id().value_or(kLedger);
    record_.set_ledger_id(std::string(id.begin(), id.end()));
    record_.set_agency_id("agency");
    record_.set_submission_id(std::move(submission_id));
    record_.set_command_hash(std::string(AsBytes(Sha256(record_.submission_id()))));
    record_.mutable_anchor()->set_commits(reader.commits());
    record_.mutable_anchor()->set_running_hash(std::string(AsBytes(reader.running())));
    record_.mutable_recorded_at()->set_seconds(1'000);
  }
  // Writes one event to `stream`, decided on `head`.
  RecordKit& Writes(const std::string& stream, const std::optional<Hash>& head,
                    const std::string& what = "event") {
    AddHead(*record_.add_writes(), stream, head);
    v1::Event& event = *record_.mutable_events()->add_events();
    event.set_stream(stream);
    event.set_event_id(what);
    return *this;
  }
  RecordKit& Reads(const std::string& stream, const std::optional<Hash>& head) {
    AddHead(*record_.add_reads(), stream, head);
    return *this;
  }
  // A refusal decided on `stream` at `head`.
  RecordKit& Refuses(const std::string& stream, const std::optional<Hash>& head) {
    AddHead(*record_.add_writes(), stream, head);
    record_.mutable_refusal()->add_rules()->set_rule("rule");
    return *this;
  }
  RecordKit& Opens(bool simulated_clock = false) {
    record_.mutable_genesis()->set_ledger_name("made-up");
    record_.mutable_genesis()->set_simulated_clock(simulated_clock);
    return Writes("ledger/made-up", std::nullopt);
  }
  RecordKit& At(std::int64_t seconds) {
    record_.mutable_recorded_at()->set_seconds(seconds);
    return *this;
  }
  v1::Record& record() { return record_; }
  std::string Bytes() const { return record_.SerializeAsString(); }

  static constexpr Id128 kLedger = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

 private:
  static void AddHead(v1::StreamHead& to, const std::string& stream,
                      const std::optional<Hash>& head) {
    to.set_stream(stream);
    if (head) to.set_head(std::string(AsBytes(*head)));
  }
  v1::Record record_;
};

}  // namespace nhanrong::ledger
