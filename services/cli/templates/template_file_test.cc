#include "services/cli/templates/template_file.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"
#include "services/cli/templates/row_entry.h"

namespace nhanrong::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Language kVi = Language::kVietnamese;

struct ReadBack {
  Header header;
  std::vector<RawRow> entries;
  std::vector<RawRow> others;
};

class TemplateFileTest : public testing::Test {
 protected:
  TemplateFileTest()
      : folder_(std::filesystem::temp_directory_path() / ("nr-template-" + RandomUuid4())) {
    std::filesystem::create_directories(folder_);
  }
  ~TemplateFileTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  static ReadBack Read(const std::string& path) {
    ReadBack read;
    auto file = OpenRawFile(path);
    EXPECT_TRUE(file.ok()) << file.status();
    auto sheet = (*file)->Open(0);
    EXPECT_TRUE(sheet.ok()) << sheet.status();
    bool found = false;
    for (;;) {
      auto row = (*sheet)->Next();
      EXPECT_TRUE(row.ok()) << row.status();
      if (!row.ok() || !*row) break;
      if (!found) {
        if (auto header = HeaderIn(**row, nullptr)) {
          read.header = *std::move(header);
          found = true;
          continue;
        }
      }
      (found && IsEntry(read.header, **row) ? read.entries : read.others).push_back(**row);
    }
    EXPECT_TRUE(found) << path;
    return read;
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(TemplateFileTest, EveryTemplateIsRecognisedAndItsExampleIsNoEntryButWouldBeOne) {
  for (const Template& form : Templates()) {
    for (const char* ending : {".csv", ".xlsx"}) {
      for (const Language language : {kVi, Language::kEnglish}) {
        const std::string path =
            Path(std::string(form.name) + (language == kVi ? "-vi" : "-en") + ending);
        ASSERT_TRUE(WriteTemplate(form, path, language).ok());
        const ReadBack read = Read(path);
        EXPECT_EQ(read.header.form, &form) << path;
        EXPECT_THAT(read.header.others, testing::IsEmpty());
        EXPECT_THAT(read.entries, testing::IsEmpty()) << path;
        ASSERT_FALSE(read.others.empty());
        const RowEntry example =
            ReadRow(read.header, read.others.back(), NumberStyle::kUnambiguous);
        EXPECT_EQ(ProblemsText(form, example.problems, kVi), "") << path;
      }
    }
  }
}

TEST_F(TemplateFileTest, WhatSomebodyFilledInIsNotOverwritten) {
  const Template& form = *FindTemplate("site-start");
  ASSERT_TRUE(WriteTemplate(form, Path("a.xlsx"), kVi).ok());
  EXPECT_EQ(WriteTemplate(form, Path("a.xlsx"), kVi).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(WriteTemplate(form, Path("a.ods"), kVi).code(), absl::StatusCode::kInvalidArgument);
}

RawCell Of(RawCell::Kind kind, const std::string& text) { return {.kind = kind, .text = text}; }

TEST_F(TemplateFileTest, RowsComeBackInTheirColumnsAsTheyWereWithTheReasonLast) {
  using Kind = RawCell::Kind;
  RawRow titles{1, {}};
  for (const char* title :
       {"Ngày báo cáo", "Ghi chú", "MÔ HÌNH", "Nội dung báo cáo", "Số liệu 1", "Lý do trả lại"}) {
    titles.cells.push_back(Of(Kind::kText, title));
  }
  const Header header = *HeaderIn(titles, nullptr);
  RawRow row{9, {}};
  row.cells = {Of(Kind::kDate, "2021-05-05"), Of(Kind::kText, "=1+1"),
               Of(Kind::kText, "rau; hoa"),   Of(Kind::kText, "một\nhai"),
               Of(Kind::kNumber, "-13.9"),    Of(Kind::kText, "cũ")};
  for (const FileForm form : {FileForm::kCsv, FileForm::kXlsx}) {
    const std::string path = Path(form == FileForm::kCsv ? "b.csv" : "b.xlsx");
    ASSERT_TRUE(WriteReturned(header, {{row, "sai"}}, form, ',', path, kVi).ok());
    const ReadBack read = Read(path);
    EXPECT_THAT(read.header.titles, ElementsAre("Ngày báo cáo", "Ghi chú", "MÔ HÌNH",
                                                "Nội dung báo cáo", "Số liệu 1", "Lý do trả lại"));
    EXPECT_THAT(read.header.others, ElementsAre("Ghi chú"));
    ASSERT_EQ(read.entries.size(), 1u);
    const std::vector<RawCell>& cells = read.entries[0].cells;
    ASSERT_EQ(cells.size(), 6u);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(cells[i], row.cells[i]) << i;
    EXPECT_EQ(cells[5].text, "sai");
    const RowEntry before = ReadRow(header, row, NumberStyle::kUnambiguous);
    const RowEntry after = ReadRow(read.header, read.entries[0], NumberStyle::kUnambiguous);
    EXPECT_EQ(after.submission.SerializeAsString(), before.submission.SerializeAsString());
  }
}

TEST_F(TemplateFileTest, AReturnedFileHasANameOfItsOwnAndNeverTakesAnother) {
  EXPECT_EQ(ReturnedPath(Path("a.xlsx")), Path("a.tra-lai.xlsx"));
  ASSERT_TRUE(ReplaceFile(Path("a.tra-lai.xlsx"), "x").ok());
  EXPECT_EQ(ReturnedPath(Path("a.xlsx")), Path("a.tra-lai-2.xlsx"));
  EXPECT_EQ(ReturnedPath(Path("a.tra-lai.xlsx")), Path("a.tra-lai-2.xlsx"));
  ASSERT_TRUE(ReplaceFile(Path("a.tra-lai-2.xlsx"), "x").ok());
  EXPECT_EQ(ReturnedPath(Path("a.tra-lai-2.xlsx")), Path("a.tra-lai-3.xlsx"));
  EXPECT_EQ(ReturnedPath(Path("b.csv")), Path("b.tra-lai.csv"));
}

}  // namespace
}  // namespace nhanrong::cli
