#include "projections/catalogue.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "services/projector/projection_test_kit.h"

namespace nhanrong::projections {
namespace {

// Names become folders on disk and stand in answers.
TEST(CatalogueTest, NamesAreFitForFoldersAndDiffer) {
  std::set<std::string> names;
  for (const auto& projection : MakeAll()) {
    const std::string name(projection->name());
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos) << name;
    EXPECT_GT(projection->version(), 0u) << name;
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

// A fact with nothing but its kind: no read model may fail on it, for it would park the stream.
TEST(CatalogueTest, EveryKindOfFactIsFoldedByEveryReadModel) {
  const google::protobuf::OneofDescriptor& kinds = *v1::Fact::descriptor()->oneof_decl(0);
  for (const std::string stream : {"unit/a", "agency/a", "actor/a", "model/a", "site/a", "figure/a",
                                   "ledger/a", "reserved/a/b"}) {
    projector::CommitBuilder ledger;
    ledger.Agency("agency").Actor("actor", v1::ROLE_ADMINISTRATOR);
    for (int i = 0; i < kinds.field_count(); ++i) {
      v1::Fact fact;
      fact.GetReflection()->MutableMessage(&fact, kinds.field(i));
      if (fact.has_fact_corrected()) {
        fact.mutable_fact_corrected()->mutable_replacement()->mutable_unit_renamed();
      }
      ledger.Fact(stream, fact, "2024-05-06").Commit();
    }
    for (const auto& projection : MakeAll()) {
      projector::MemoryRows rows;
      const absl::Status folded = projector::FoldAll(*projection, ledger.commits(), rows);
      EXPECT_TRUE(folded.ok()) << projection->name() << ", " << stream << ": " << folded;
    }
  }
}

}  // namespace
}  // namespace nhanrong::projections
