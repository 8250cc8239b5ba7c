// Who acts where: ledgers with their people, and the map of units that they share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/harness/client.h"
#include "tests/e2e/harness/deeds.h"
#include "tests/e2e/harness/server_process.h"

namespace nhanrong::e2e {

class LedgerScene;

// "nr1_" and base64url of 32 new random bytes.
std::string NewToken();

// Somebody with a token in one ledger.
struct Person {
  LedgerScene* scene;  // must outlive the person
  std::string agency_id;
  std::string actor_id;
  std::string token;
  Client client;

  // The deed as a submission: with ledger, id and, unless undated, a day.
  v1::Submission Write(const Deed& deed) const;
  Submitted Does(const Deed& deed) const;
  // The newest state of the ledger that includes everything that was accepted in this scene.
  v1::QueryContext Now() const;
};

struct Post {
  v1::Role role = v1::ROLE_COMMUNE_OFFICER;
  v1::Classification reads_up_to = v1::CLASSIFICATION_INTERNAL;
  std::string scope_unit = {};  // empty: the whole ledger
  std::string agency = {};      // empty: the administrator's
};

struct LedgerPlan {
  std::string name = {};           // empty: a new one
  std::string simulated_day = {};  // the clock's first day; empty: real time
};

// One ledger, made by the operator. Not thread-safe.
class LedgerScene {
 public:
  explicit LedgerScene(ServerProcess& server, const LedgerPlan& plan = {});
  LedgerScene(const LedgerScene&) = delete;
  LedgerScene& operator=(const LedgerScene&) = delete;

  const std::string& name() const { return name_; }
  // Administrator and, for its own map, steward.
  const Person& administrator() const { return *administrator_; }
  // Registers, appoints and gives a token to somebody new.
  Person Hire(const Post& post);
  // The same by three deeds of the administrator, not yet sent, and the person they make.
  std::vector<Deed> Hiring(const Post& post, Person& hired) const;
  // Somebody who has never been heard of.
  Person Stranger() const;

  // What the operator is told of the ledger.
  v1::LedgerInfo Info() const;
  std::uint64_t Commits() const { return Info().commits(); }
  // The commit at a position, as an auditor sees it.
  v1::HistoryEntry At(std::uint64_t position) const;

  // The day on which deeds happen unless they say otherwise: of the real clock, or the simulated
  // one.
  std::string Today() const;
  bool simulated() const { return !simulated_day_.empty(); }
  // REQUIRES: simulated.
  void MoveTo(const std::string& day) { simulated_day_ = day; }

  void Saw(std::uint64_t position) { last_position_ = std::max(last_position_, position); }
  std::uint64_t last_position() const { return last_position_; }

 private:
  ServerProcess& server_;
  std::string name_;
  std::string simulated_day_;
  std::uint64_t last_position_ = 0;
  std::optional<Person> administrator_;
  std::optional<Person> auditor_;
};

// Ledger `national` with a nation, a province and two communes of it, there since 2001.
struct Country {
  explicit Country(ServerProcess& server, const std::string& simulated_day = "");

  LedgerScene national;
  const std::string nation;
  const std::string province;
  const std::string commune;
  const std::string other_commune;

  const Person& steward() const { return national.administrator(); }
};

// Officer, leader, screener and approver of one ledger: four people.
struct Staff {
  explicit Staff(LedgerScene& scene);

  const Person officer;
  const Person leader;
  const Person screener;
  const Person approver;
};

}  // namespace nhanrong::e2e
