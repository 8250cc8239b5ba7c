#include "services/cli/row_import/unit_names.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/row_import/record_names.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

struct Unit {
  std::string id;
  std::string parent;
  std::string code;
  std::string name;
};

// A service that knows these things; it counts its questions.
class NamesTest : public testing::Test {
 protected:
  NamesTest() {
    service_.units = [this](const v1::ListUnitsRequest& request, v1::ListUnitsResponse* response) {
      ++questions_;
      for (const Unit& unit : map_[request.context().effective_on()]) {
        v1::UnitEntry& entry = *response->add_units();
        entry.set_parent_unit_id(unit.parent);
        entry.mutable_unit()->set_unit_id(unit.id);
        entry.mutable_unit()->set_code_at_event(unit.code);
        entry.mutable_unit()->set_name_at_event(unit.name);
      }
      return Failure();
    };
    service_.models = [this](const v1::ListModelsRequest& request,
                             v1::ListModelsResponse* response) {
      ++questions_;
      if (request.filter().unit_id() != scope_) {
        return MakeFailure(absl::StatusCode::kPermissionDenied, "no");
      }
      for (const auto& [id, name] : models_) {
        v1::ModelSummary& model = *response->add_models();
        model.set_model_id(id);
        model.mutable_definition()->set_name(name);
      }
      return Failure();
    };
    service_.agencies = [this](const v1::ListAgenciesRequest&, v1::ListAgenciesResponse* response) {
      v1::ActorEntry& actor = *response->add_agencies()->add_actors();
      actor.set_actor_id("tôi");
      actor.add_grants()->set_scope_unit_id(scope_);
      return Failure();
    };
    const std::vector<Unit> before = {
        {"P", "", "87", "Tỉnh Thử"},       {"H", "P", "877", "Huyện Một"},
        {"K", "P", "878", "Huyện Hai"},    {"a", "H", "30268", "Xã Tân An"},
        {"b", "K", "30300", "Xã Tân An"},  {"c", "H", "03595", "Thị trấn Tân An"},
        {"d", "H", "30270", "Xã Hòa Bình"}};
    map_["2021-05-05"] = before;
    map_["2026-01-01"] = {{"P", "", "82", "Tỉnh Thử"}, {"e", "P", "30268", "Xã Mới"}};
  }

  std::string Find(const std::string& text, const std::string& within = "",
                   absl::CivilDay day = absl::CivilDay(2021, 5, 5)) {
    Failure failure;
    const auto found = units_.Find(text, within, day, failure);
    EXPECT_TRUE(Ok(failure));
    return found ? found->unit_id : "! " + found.error().vi;
  }
  std::string Model(RecordNames& names, const std::string& text) {
    Failure failure;
    const auto found = names.Find(text, failure);
    EXPECT_TRUE(Ok(failure));
    return found ? found->id : "! " + found.error().vi;
  }

  RowService service_;
  std::map<std::string, std::vector<Unit>> map_;
  std::map<std::string, std::string> models_;
  std::string scope_;
  int questions_ = 0;
  UnitNames units_{service_, "sổ"};
};

TEST_F(NamesTest, ACodeIsThatOfTheDay) {
  EXPECT_EQ(Find("30268"), "a");
  EXPECT_EQ(Find("30268", "", absl::CivilDay(2026, 1, 1)), "e");
  EXPECT_THAT(Find("82"), HasSubstr("vào ngày 05/05/2021"));
  EXPECT_EQ(Find("82", "", absl::CivilDay(2026, 1, 1)), "P");
  // A spreadsheet took the zero away.
  EXPECT_EQ(Find("3595"), "c");
}

TEST_F(NamesTest, ANameNeedsWhatItLiesWithinOnlyWhenThereAreSeveral) {
  EXPECT_EQ(Find("Xã Hòa Bình"), "d");
  EXPECT_EQ(Find("xã hoà bình"), "d");
  EXPECT_EQ(Find("Hòa Bình"), "d");
  EXPECT_EQ(Find("Thị trấn Tân An"), "c");
  EXPECT_THAT(Find("Xã Tân An"),
              AllOf(HasSubstr("có 2 đơn vị"), HasSubstr("30268"), HasSubstr("Huyện Hai")));
  EXPECT_THAT(Find("Tân An"), HasSubstr("có 3 đơn vị"));
  EXPECT_EQ(Find("Xã Tân An", "Huyện Hai"), "b");
  EXPECT_EQ(Find("Xã Tân An, huyện Một"), "a");
  EXPECT_EQ(Find("Xã Tân An, Một, Tỉnh Thử"), "a");
  EXPECT_THAT(Find("Xã Hòa Bình", "Huyện Hai"), HasSubstr("không có đơn vị"));
  EXPECT_THAT(Find("Phường Hòa Bình"), HasSubstr("không có đơn vị"));
  EXPECT_THAT(Find("Xã Hoa Binh"), HasSubstr("không có đơn vị"));
}

TEST_F(NamesTest, ADaysMapIsAskedOnceAndOldOnesAreDropped) {
  Find("30268");
  Find("Xã Hòa Bình");
  EXPECT_EQ(questions_, 1);
  for (int i = 0; i < 40; ++i) Find("1", "", absl::CivilDay(2022, 1, 1) + i);
  EXPECT_EQ(questions_, 41);
  Find("30268");
  EXPECT_EQ(questions_, 42);
}

TEST_F(NamesTest, AModelIsFoundByIdOrByANameOfItsOwn) {
  models_ = {{"01F4W54YM098T7DWDMTW0ZVS5Z", "Trồng rau"}, {"X", "Nuôi cá"}, {"Y", "nuôi  cá"}};
  RecordNames names(service_, {"sổ", "cơ quan", "tôi", 0}, RecordNames::Kind::kModels);
  EXPECT_EQ(Model(names, "TRỒNG RAU"), "01F4W54YM098T7DWDMTW0ZVS5Z");
  EXPECT_EQ(Model(names, "01f4w54ym098t7dwdmtw0zvs5z"), "01F4W54YM098T7DWDMTW0ZVS5Z");
  EXPECT_THAT(Model(names, "Nuôi cá"), AllOf(HasSubstr("có 2 mô hình"), HasSubstr("(Y")));
  EXPECT_THAT(Model(names, "Nuôi ong"), HasSubstr("chưa có mô hình"));
  EXPECT_EQ(questions_, 1);
}

TEST_F(NamesTest, WhoMayReadOnlyBelowAUnitFindsWhatLiesThere) {
  models_ = {{"X", "Nuôi cá"}};
  scope_ = "xã tôi";
  RecordNames names(service_, {"sổ", "cơ quan", "tôi", 0}, RecordNames::Kind::kModels);
  EXPECT_EQ(Model(names, "Nuôi cá"), "X");
}

}  // namespace
}  // namespace nhanrong::cli
