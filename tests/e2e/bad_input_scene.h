// The ledger that bad inputs are sent to, with things in it that they can clash with.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {

// Nothing is recorded; and: one commit, a refusal of the domain.
inline constexpr char kInvalid[] = "INVALID_ARGUMENT INVALID";
inline constexpr char kRefused[] = "FAILED_PRECONDITION REFUSED";

struct BadInputScene {
  BadInputScene(ServerProcess& server, Country& country);

  Country& map;
  LedgerScene book;
  const Staff staff;
  const std::string draft;          // a model in DRAFT
  const std::string draft_event;    // its ModelRegistered
  const std::string piloting;       // a model that takes progress, of a document
  const std::string submitted;      // a model in SUBMITTED
  const std::string merged;         // a model that was merged into the one that takes progress
  const Person starter;             // a specialist, who started the site
  const std::string site;           // a site that operates
  const std::string used_id;        // submission id of the officer that is closed
  const std::string electronic_id;  // of an agency
  const std::string unit_code;      // of the commune since 2020
};

// What is wrong, and what the answer must name.
struct Row {
  const char* what;
  Step (*step)(BadInputScene&);
  const char* outline;
  std::vector<std::string> findings;  // "field rule"

  friend void PrintTo(const Row& row, std::ostream* out) { *out << row.what; }
};
// Rows of units, agencies, grants and delegations.
std::vector<Row> BadAdministration();
// Rows of the later life of models, and of sites.
std::vector<Row> BadModels();
std::vector<Row> BadSites();

class BadInputTest : public EndToEndTest {
 protected:
  static BadInputScene& Scene();
  // A good submission is accepted as ever.
  static void ExpectServiceGoesOn();
};

// A test's name from the words of its row.
std::string NameOfRow(const std::string& what);

}  // namespace nhanrong::e2e
