#include "services/cli/templates/row_entry.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/templates/field_path.h"
#include "services/cli/templates/row_identity.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

using Values = std::map<std::string, std::string>;

// A row of a template whose columns stand in order, by their titles.
class RowEntryTest : public testing::Test {
 protected:
  Header HeaderOf(const Template& form) {
    RawRow row{1, {}};
    for (const TemplateColumn& column : form.columns) {
      row.cells.push_back({.kind = RawCell::Kind::kText, .text = std::string(column.vi)});
    }
    return *HeaderIn(row, &form);
  }
  RawRow RowOf(const Template& form, const Values& values) {
    RawRow row{2, {}};
    for (const TemplateColumn& column : form.columns) {
      RawCell& cell = row.cells.emplace_back();
      const auto value = values.find(std::string(column.vi));
      if (value == values.end()) continue;
      cell = {.kind = RawCell::Kind::kText, .text = value->second};
    }
    return row;
  }
  RowEntry Read(const std::string& name, const Values& values) {
    const Template& form = *FindTemplate(name);
    return ReadRow(HeaderOf(form), RowOf(form, values), NumberStyle::kUnambiguous);
  }
  RowIdentity Identity(const std::string& name, const Values& values,
                       const std::string& agency = "cơ quan") {
    return IdentityOf(*FindTemplate(name), agency, Read(name, values).submission);
  }

  const Values registration_ = {{"Tên mô hình", "Trồng rau"},    {"Cấp", "Cấp Xã"},
                                {"Lĩnh vực", "du lịch"},         {"Khối", "khoi kinh te"},
                                {"Nơi thực hiện", "Xã Mẫu"},     {"Thuộc huyện, tỉnh", "Tỉnh Mẫu"},
                                {"Ngày đăng ký", "tháng 4/2021"}};
  const Values figure_ = {{"Đếm cái gì", "mô hình"},    {"Địa bàn", "Tỉnh Mẫu"},
                          {"Số lượng", "hơn 141"},      {"Đơn vị tính", "mô hình"},
                          {"Kỳ báo cáo", "2016-2020"},  {"Thời điểm của số liệu", "5/5/2021"},
                          {"Loại văn bản", "Tin"},      {"Ngày văn bản", "5/5/2021"},
                          {"Cơ quan ban hành", "Cổng"}, {"Trích yếu", "Họp"}};
};

TEST_F(RowEntryTest, ARowBecomesASubmission) {
  const RowEntry entry = Read("model-registration", registration_);
  EXPECT_THAT(entry.problems, testing::IsEmpty());
  const v1::ModelDefinition& definition = entry.submission.command().register_model().definition();
  EXPECT_EQ(definition.name(), "Trồng rau");
  EXPECT_EQ(definition.level(), v1::MODEL_LEVEL_COMMUNE);
  EXPECT_EQ(definition.field(), v1::MODEL_FIELD_TOURISM);
  EXPECT_EQ(definition.sector_block(), v1::SECTOR_BLOCK_ECONOMIC);
  EXPECT_EQ(entry.submission.occurred_on().value(), "2021-04");
  EXPECT_EQ(entry.submission.channel(), v1::INGEST_CHANNEL_IMPORT);
  ASSERT_EQ(entry.references.size(), 1u);
  EXPECT_EQ(entry.references[0].text, "Xã Mẫu");
  EXPECT_EQ(entry.references[0].parent, "Tỉnh Mẫu");
}

TEST_F(RowEntryTest, AFigureOfADocumentKeepsWhatWasPrinted) {
  const RowEntry entry = Read("counted-figure", figure_);
  EXPECT_THAT(entry.problems, testing::IsEmpty())
      << ProblemsText(*FindTemplate("counted-figure"), entry.problems, Language::kVietnamese);
  const v1::Quantity& quantity =
      entry.submission.command().record_counted_figure().figure().quantity();
  EXPECT_EQ(quantity.bound(), v1::BOUND_AT_LEAST);
  EXPECT_EQ(quantity.raw_text(), "hơn 141 mô hình");
  EXPECT_EQ(entry.submission.channel(), v1::INGEST_CHANNEL_MIGRATION);
  ASSERT_EQ(entry.submission.sources_size(), 1);
  EXPECT_EQ(entry.submission.sources(0).issued_on(), "2021-05-05");
  EXPECT_EQ(entry.submission.period().scheme(), v1::ReportingPeriod::SCHEME_PHASE);
}

TEST_F(RowEntryTest, EveryProblemOfARowIsNamedWithItsColumn) {
  Values values = registration_;
  values["Cấp"] = "cấp thôn";
  values["Ngày đăng ký"] = "30/2/2021";
  values.erase("Tên mô hình");
  const RowEntry entry = Read("model-registration", values);
  const std::string text =
      ProblemsText(*FindTemplate("model-registration"), entry.problems, Language::kVietnamese);
  EXPECT_THAT(text, HasSubstr("cột \"Tên mô hình\": còn trống"));
  EXPECT_THAT(text, HasSubstr("cột \"Cấp\": không có giá trị \"cấp thôn\"; chọn: cấp tỉnh"));
  EXPECT_THAT(text, HasSubstr("không có ngày 30/2/2021"));
}

TEST_F(RowEntryTest, SeveralFiguresOfARowBecomeAList) {
  const RowEntry entry = Read("progress-report", {{"Mô hình", "Trồng rau"},
                                                  {"Nội dung báo cáo", "Dòng 1\r\nDòng 2"},
                                                  {"Số liệu 1", "30.996 công"},
                                                  {"Số liệu 3", "12"},
                                                  {"Đơn vị tính 3", "hộ"},
                                                  {"Ngày báo cáo", "5/5/2021"}});
  EXPECT_THAT(entry.problems, testing::IsEmpty());
  const v1::ReportProgress& report = entry.submission.command().report_progress();
  EXPECT_EQ(report.narrative(), "Dòng 1\nDòng 2");
  ASSERT_EQ(report.figures_size(), 2);
  EXPECT_EQ(report.figures(1).unit(), "hộ");
}

TEST_F(RowEntryTest, TextInALegacyEncodingIsNotTaken) {
  Values values = registration_;
  values["Tên mô hình"] = "M« h×nh trång rau";
  EXPECT_THAT(Read("model-registration", values).problems.at(0).words.vi, HasSubstr("TCVN3"));
  values["Tên mô hình"] = "Moâ hình nuoâi boø söõa";
  EXPECT_THAT(Read("model-registration", values).problems.at(0).words.vi, HasSubstr("VNI"));
}

TEST_F(RowEntryTest, ExamplesInstructionsAndBareNumbersAreNoEntries) {
  const Template& form = *FindTemplate("model-registration");
  const Header header = HeaderOf(form);
  EXPECT_TRUE(IsEntry(header, RowOf(form, registration_)));
  EXPECT_FALSE(IsEntry(header, RowOf(form, {{"STT", "VÍ DỤ"}, {"Tên mô hình", "x"}})));
  EXPECT_FALSE(IsEntry(header, RowOf(form, {{"STT", "# hướng dẫn"}})));
  EXPECT_FALSE(IsEntry(header, RowOf(form, {{"STT", "12"}})));
  EXPECT_FALSE(IsEntry(header, RowOf(form, {})));
}

TEST_F(RowEntryTest, TheSameRowIsTheSameHoweverItIsWritten) {
  const RowIdentity first = Identity("model-registration", registration_);
  Values values = registration_;
  values["Cấp"] = "commune";
  values["Ngày đăng ký"] = "4/2021";
  values["STT"] = "17";
  EXPECT_EQ(Identity("model-registration", values), first);
  EXPECT_NE(Identity("model-registration", values, "cơ quan khác").row, first.row);
}

TEST_F(RowEntryTest, AnotherContentIsTheSameRowAndAnotherNameIsAnotherRow) {
  const RowIdentity first = Identity("model-registration", registration_);
  Values values = registration_;
  values["Tóm tắt"] = "Tưới tự động";
  const RowIdentity changed = Identity("model-registration", values);
  EXPECT_EQ(changed.row, first.row);
  EXPECT_EQ(changed.stream_id, first.stream_id);
  EXPECT_NE(changed.content, first.content);
  values["Tên mô hình"] = "TRỒNG  RAU";
  EXPECT_EQ(Identity("model-registration", values).row, first.row);
  values["Tên mô hình"] = "Trồng râu";
  EXPECT_NE(Identity("model-registration", values).row, first.row);
}

TEST_F(RowEntryTest, TheReasonIsNoContentButPartOfTheId) {
  const RowIdentity first = Identity("model-registration", registration_);
  Values values = registration_;
  values["Lý do (đính chính, ghi muộn)"] = "ghi muộn";
  EXPECT_EQ(Identity("model-registration", values), first);
  EXPECT_NE(SubmissionIdOf(first, "ghi muộn", 0), SubmissionIdOf(first, "", 0));
  EXPECT_NE(SubmissionIdOf(first, "", 1), SubmissionIdOf(first, "", 0));
}

TEST_F(RowEntryTest, TheFactOfARowIsItsCommandsFields) {
  const v1::Submission submission = Read("model-registration", registration_).submission;
  const v1::Fact fact = FactOf(submission, "model_registered");
  EXPECT_EQ(fact.model_registered().definition().SerializeAsString(),
            submission.command().register_model().definition().SerializeAsString());
}

}  // namespace
}  // namespace nhanrong::cli
