#include "services/cli/templates/template.h"

#include <algorithm>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/templates/field_path.h"
#include "services/cli/templates/header.h"
#include "services/domain/aggregate/decision.h"

namespace nhanrong::cli {
namespace {

RawRow HeaderRow(const Template& form, Language language, bool reversed = false) {
  RawRow row{7, {}};
  for (const TemplateColumn& column : form.columns) {
    row.cells.push_back({.kind = RawCell::Kind::kText, .text = HeaderText(column, language)});
  }
  if (reversed) std::reverse(row.cells.begin(), row.cells.end());
  return row;
}

class TemplateTest : public testing::TestWithParam<std::string> {
 protected:
  const Template& form_ = *FindTemplate(GetParam());
};

TEST_P(TemplateTest, EveryColumnIsAFieldOfItsKind) {
  using google::protobuf::FieldDescriptor;
  for (const TemplateColumn& column : form_.columns) {
    if (column.kind == ColumnKind::kSequence) continue;
    const FieldDescriptor* field = FieldOf(FullPath(form_, column));
    switch (column.kind) {
      case ColumnKind::kEnum:
        EXPECT_EQ(field->cpp_type(), FieldDescriptor::CPPTYPE_ENUM) << column.vi;
        break;
      case ColumnKind::kDate:
        EXPECT_EQ(field->message_type(), v1::BusinessDate::descriptor()) << column.vi;
        break;
      case ColumnKind::kPeriod:
        EXPECT_EQ(field->message_type(), v1::ReportingPeriod::descriptor()) << column.vi;
        break;
      case ColumnKind::kQuantity:
      case ColumnKind::kQuantityUnit:
        EXPECT_EQ(field->message_type(), v1::Quantity::descriptor()) << column.vi;
        break;
      default:
        EXPECT_EQ(field->cpp_type(), FieldDescriptor::CPPTYPE_STRING) << column.vi;
    }
  }
}

TEST_P(TemplateTest, CommandFactAndStreamBelongTogether) {
  const auto* command = v1::Command::descriptor()->FindFieldByName(std::string(form_.command));
  const auto* fact = v1::Fact::descriptor()->FindFieldByName(std::string(form_.fact));
  ASSERT_TRUE(command != nullptr && fact != nullptr);
  const domain::CommandType* type =
      domain::FindCommand(static_cast<v1::Command::KindCase>(command->number()));
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(static_cast<int>(type->makes), fact->number());
  EXPECT_EQ(type->begins, form_.begins);
  EXPECT_EQ(type->document_only, form_.from_document);
  EXPECT_NE(command->message_type()->FindFieldByName(std::string(form_.id_field)), nullptr);
}

TEST_P(TemplateTest, TitlesAreTheirOwnInBothLanguages) {
  for (const Language language : {Language::kVietnamese, Language::kEnglish}) {
    std::set<std::string> titles;
    for (const TemplateColumn& column : form_.columns) {
      EXPECT_TRUE(titles.insert(FoldWord(Pick(language, column.vi, column.en))).second)
          << column.vi;
    }
  }
}

TEST_P(TemplateTest, ItsHeaderIsRecognisedInAnyOrderAndLanguage) {
  for (const Language language : {Language::kVietnamese, Language::kEnglish}) {
    for (const bool reversed : {false, true}) {
      const auto header = HeaderIn(HeaderRow(form_, language, reversed), nullptr);
      ASSERT_TRUE(header);
      EXPECT_EQ(header->form, &form_);
      EXPECT_EQ(header->row, 7u);
      EXPECT_THAT(header->others, testing::IsEmpty());
    }
  }
}

TEST_P(TemplateTest, ListsHaveWords) {
  for (const TemplateColumn& column : form_.columns) {
    for (const std::string& choice : ChoicesOf(form_, column, Language::kVietnamese)) {
      EXPECT_EQ(choice.find('_'), std::string::npos) << choice;
    }
  }
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const Template& form : Templates()) names.emplace_back(form.name);
  return names;
}
std::string CaseName(const testing::TestParamInfo<std::string>& form) {
  std::string name = form.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(All, TemplateTest, testing::ValuesIn(Names()), CaseName);

TEST(Header, IsRecognisedInAnotherCaseWithoutDiacriticsAndBesideOthers) {
  const Template& form = *FindTemplate("progress-report");
  RawRow row{1, {}};
  for (const char* title : {"GHI CHÚ RIÊNG", "MO HINH", "Nội dung báo cáo (bắt buộc)",
                            "nga\u0300y  ba\u0301o ca\u0301o", "Lý do trả lại"}) {
    row.cells.push_back({.kind = RawCell::Kind::kText, .text = title});
  }
  const auto header = HeaderIn(row, nullptr);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->form, &form);
  EXPECT_THAT(header->others, testing::ElementsAre("GHI CHÚ RIÊNG"));
}

TEST(Header, ANearMissSaysWhatIsMissing) {
  RawRow row = HeaderRow(*FindTemplate("progress-report"), Language::kVietnamese);
  std::erase_if(row.cells, [](const RawCell& cell) { return cell.text == "Mô hình *"; });
  EXPECT_FALSE(HeaderIn(row, nullptr));
  EXPECT_THAT(NoHeader({row}, nullptr).vi, testing::HasSubstr("thiếu cột \"Mô hình\""));
}

TEST(Header, AColumnThatStandsTwiceIsAProblem) {
  RawRow row = HeaderRow(*FindTemplate("progress-report"), Language::kVietnamese);
  row.cells.push_back({.kind = RawCell::Kind::kText, .text = "MÔ HÌNH"});
  EXPECT_TRUE(DoubledColumn(*HeaderIn(row, nullptr)));
}

}  // namespace
}  // namespace nhanrong::cli
