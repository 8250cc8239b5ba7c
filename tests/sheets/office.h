// An office with a clerk: a ledger, a map with codes and names, and the program at his command
// line.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"
#include "tests/e2e/harness/end_to_end_test_kit.h"
#include "tests/sheets/workbook.h"

namespace nhanrong::sheets {

struct Ran {
  int exit_code = 0;
  // Both streams.
  std::string output;
  // With Import: one object a row, then the summary.
  std::vector<google::protobuf::Struct> rows;
  google::protobuf::Struct summary;

  int Number(const std::string& name) const;
  std::string String(const std::string& name) const;
};

class OfficeTest : public e2e::EndToEndTest {
 protected:
  OfficeTest();
  ~OfficeTest() override;

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  // `nhanrong WORDS…` as this person; words are quoted.
  Ran Run(const e2e::Person& who, const std::vector<std::string>& words) const;
  // `nhanrong import FILE --ledger … --output json MORE…`.
  Ran Import(const e2e::Person& who, const std::string& file,
             const std::vector<std::string>& more = {}) const;

  static void Establish(const std::string& id, v1::UnitLevel level, const std::string& parent,
                        const std::string& code, const std::string& name);

  e2e::LedgerScene book_;
  const e2e::Person clerk_;

 private:
  std::filesystem::path folder_;
};

// Units of every test of this suite: a province, two districts, communes "Xã Một" (90001), "Xã Hai"
// (90002), and "Xã Trùng" in both districts (90003, 90004).
struct OfficeMap {
  std::string province;
  std::string commune;  // Xã Một
};
const OfficeMap& TheMap();

// Columns of a registration of models, in an order of the clerk's own, with one that no template
// has.
const std::vector<std::string>& RegistrationTitles();
Entries Registration(int number, const std::string& today);

}  // namespace nhanrong::sheets
