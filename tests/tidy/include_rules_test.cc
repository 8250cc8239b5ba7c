#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/findings_test_kit.h"

namespace nhanrong::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Direction(std::string_view rule, const Tree& tree) {
  return Found(DirectionRules(), rule, tree);
}

std::vector<std::string> Vendors(const Tree& tree) {
  return Found(VendorRules(), "VendorHeadersStayInAdapters", tree);
}

TEST(DirectionTest, AFolderIncludesItselfAndWhatLiesBelow) {
  EXPECT_THAT(Direction("Direction", {{"services/ledger/admission/a.cc",
                                       "#include \"services/ledger/log_engine.h\"\n"
                                       "#include \"services/domain/aggregate/aggregate.h\"\n"
                                       "#include \"nhanrong/v1/fact.pb.h\"\n"
                                       "#include <vector>\n"}}),
              IsEmpty());
}

TEST(DirectionTest, NamesTheLineThatLooksUpwards) {
  EXPECT_THAT(Direction("Direction", {{"services/query/a.h",
                                       "#pragma once\n"
                                       "#include \"projections/models/models.h\"\n"}}),
              ElementsAre("services/query/a.h:2"));
}

TEST(DirectionTest, FoldersOfOneLayerDoNotKnowEachOther) {
  EXPECT_THAT(
      Direction("Direction", {{"services/rpc/a.cc", "#include \"services/operations/b.h\"\n"}}),
      ElementsAre("services/rpc/a.cc:1"));
}

TEST(DirectionTest, ANewFolderNeedsALayer) {
  EXPECT_THAT(Direction("Direction", {{"services/new/a.cc", ""}}),
              ElementsAre("services/new/a.cc:0"));
}

TEST(DirectionTest, AQuotedWordInACommentIsNoInclude) {
  EXPECT_THAT(
      Direction("Direction", {{"services/base/a.cc", "// #include \"services/query/a.h\"\n"}}),
      IsEmpty());
}

TEST(DirectionTest, TheProgramAndTestsKnowTheEngines) {
  const std::string text = "#include \"services/ledger/memory/memory_log.h\"\n";
  EXPECT_THAT(
      Direction("OnlyTheProgramKnowsAdapters", {{"services/program/serve.cc", text},
                                                {"services/gateway/gateway_test.cc", text},
                                                {"services/ledger/memory/memory_log.cc", text},
                                                {"tests/crash/crash.cc", text}}),
      IsEmpty());
}

TEST(DirectionTest, OneEngineDoesNotKnowAnother) {
  EXPECT_THAT(Direction("OnlyTheProgramKnowsAdapters",
                        {{"services/ledger/kafka/a.cc",
                          "#include \"services/ledger/memory/memory_log.h\"\n"}}),
              ElementsAre("services/ledger/kafka/a.cc:1"));
}

TEST(DirectionTest, TheDomainReadsNoClockAndCallsNoService) {
  const Tree tree = {{"services/domain/a.cc",
                      "#include \"absl/time/clock.h\"\n"
                      "#include \"absl/time/time.h\"\n"
                      "#include \"nhanrong/v1/query_service.grpc.pb.h\"\n"
                      "#include <optional>\n"}};
  EXPECT_THAT(Direction("FoldsArePure", tree), ElementsAre("services/domain/a.cc:1"));
  EXPECT_THAT(Direction("DomainIsClosed", tree), ElementsAre("services/domain/a.cc:3"));
}

TEST(DirectionTest, TestsOfTheDomainMayUseTestLibraries) {
  EXPECT_THAT(
      Direction("DomainIsClosed", {{"services/domain/a_test.cc", "#include \"gtest/gtest.h\"\n"}}),
      IsEmpty());
}

TEST(VendorTest, AnAdaptersSourceIncludesWhatItWraps) {
  EXPECT_THAT(
      Vendors({{"services/projector/store.cc", "#include \"rocksdb/db.h\"\n"},
               {"services/ledger/kafka/holders.cc", "#include <librdkafka/rdkafka.h>\n"},
               {"services/rpc/query_rpc.h", "#include \"nhanrong/v1/query_service.grpc.pb.h\"\n"},
               {"tests/e2e/client.cc", "#include <grpcpp/grpcpp.h>\n"}}),
      IsEmpty());
}

TEST(VendorTest, OthersDoNot) {
  EXPECT_THAT(Vendors({{"services/gateway/a.cc", "#include <grpcpp/grpcpp.h>\n"},
                       {"services/ledger/kafka/holders.h", "#include <librdkafka/rdkafka.h>\n"},
                       {"services/query/a.h", "#include <unicode/unistr.h>\n"},
                       {"tests/e2e/a.cc", "#include <rocksdb/db.h>\n"}}),
              ElementsAre("services/gateway/a.cc:1", "services/ledger/kafka/holders.h:1",
                          "services/query/a.h:1", "tests/e2e/a.cc:1"));
}

}  // namespace
}  // namespace nhanrong::tidy
