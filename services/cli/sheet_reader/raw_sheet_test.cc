#include "services/cli/sheet_reader/raw_sheet.h"

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/sheet_reader/number_format.h"
#include "services/cli/sheet_reader/package.h"
#include "services/cli/sheet_reader/text_encoding.h"

namespace nhanrong::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kMain[] = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

// A folder of its own, gone with the test.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("nr-sheet-" + RandomUuid4())) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

void WriteBytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void AddPart(zip_t* zip, const std::string& name, const std::string& content) {
  zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
  ASSERT_GE(zip_file_add(zip, name.c_str(), source, ZIP_FL_OVERWRITE), 0);
}

// A workbook made by hand, of parts that need not be right.
class RawSheetTest : public testing::Test {
 protected:
  void Part(const std::string& name, const std::string& content) { parts_[name] = content; }
  // Rows of the one worksheet, as XML.
  void Rows(const std::string& rows, const std::string& before = "",
            const std::string& after = "") {
    Part("xl/worksheets/sheet1.xml", std::string("<worksheet ") + kMain + ">" + before +
                                         "<sheetData>" + rows + "</sheetData>" + after +
                                         "</worksheet>");
  }
  std::string Book() {
    const std::string path = folder_ / "a.xlsx";
    int error = 0;
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : parts_) AddPart(zip, name, content);
    EXPECT_EQ(zip_close(zip), 0);
    return path;
  }
  absl::StatusOr<std::vector<RawRow>> Read(const std::string& path) {
    auto file = OpenRawFile(path);
    if (!file.ok()) return file.status();
    auto sheet = (*file)->Open(0);
    if (!sheet.ok()) return sheet.status();
    std::vector<RawRow> rows;
    for (;;) {
      auto row = (*sheet)->Next();
      if (!row.ok()) return row.status();
      if (!*row) break;
      rows.push_back(**std::move(row));
    }
    remarks_ = (*sheet)->remarks();
    return rows;
  }
  std::vector<std::string> Texts(const std::string& path) {
    const auto rows = Read(path);
    if (!rows.ok()) return {std::string(rows.status().message())};
    std::vector<std::string> texts;
    for (const RawRow& row : *rows) {
      std::string text = std::to_string(row.number) + ":";
      for (const RawCell& cell : row.cells) text += "|" + cell.text;
      texts.push_back(text);
    }
    return texts;
  }
  std::vector<std::string> Csv(const std::string& bytes) {
    WriteBytes(folder_ / "a.csv", bytes);
    return Texts(folder_ / "a.csv");
  }

  Folder folder_;
  SheetRemarks remarks_;
  std::map<std::string, std::string> parts_ = {
      {"xl/workbook.xml", std::string("<workbook ") + kMain +
                              " xmlns:r=\"urn:r\"><sheets><sheet name=\"Nhập\" sheetId=\"1\" "
                              "r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
       "</Relationships>"}};
};

TEST_F(RawSheetTest, CsvOfAnySeparatorWithQuotesAndLineBreaks) {
  EXPECT_THAT(Csv("a;b\r\n1,5;\"x;\"\"y\"\"\nz\"\r\n\r\n ; \n3;4"),
              ElementsAre("1:|a|b", "2:|1,5|x;\"y\"\nz", "6:|3|4"));
  EXPECT_THAT(Csv("a,b\n1,2"), ElementsAre("1:|a|b", "2:|1|2"));
  EXPECT_THAT(Csv("a\tb,c;d\n1\t2"), ElementsAre("1:|a|b,c;d", "2:|1|2"));
  EXPECT_THAT(Csv("a;b\n1,5;2,5\n3,5;4,5\n"), ElementsAre("1:|a|b", "2:|1,5|2,5", "3:|3,5|4,5"));
  EXPECT_THAT(Csv("sep=,\na,b\n"), ElementsAre("2:|a|b"));
  EXPECT_THAT(Csv("# một, hai, ba, bốn\na;b\n"), ElementsAre("1:|# một, hai, ba, bốn", "2:|a|b"));
}

TEST_F(RawSheetTest, CsvInTheEncodingsThatSpreadsheetsWrite) {
  EXPECT_THAT(Csv("\xEF\xBB\xBF"
                  "Tên;Số\n"),
              ElementsAre("1:|Tên|Số"));
  // "ơ;b" in UTF-16.
  EXPECT_THAT(Csv(std::string("\xFF\xFE\xA1\x01;\0b\0\n\0", 10)), ElementsAre("1:|ơ|b"));
  EXPECT_THAT(Csv(std::string("\xFE\xFF\x01\xA1\0;\0b\0\n", 10)), ElementsAre("1:|ơ|b"));
  EXPECT_THAT(Csv(std::string("a\0;\0b\0\n\0", 8)), ElementsAre("1:|a|b"));
}

TEST_F(RawSheetTest, CsvInAnOldEncodingIsRefusedWithAdvice) {
  // "Mô hình trồng rau" in TCVN3, then in VNI.
  EXPECT_THAT(Csv("M\xAB h\xD7nh tr\xE5ng rau;x\n").at(0), HasSubstr("TCVN3"));
  EXPECT_THAT(Csv("Nuo\xE2i bo\xF8 s\xF6\xF5"
                  "a;x\n")
                  .at(0),
              HasSubstr("VNI"));
  EXPECT_THAT(Csv("caf\xE9;x\n").at(0), HasSubstr("CSV UTF-8"));
}

TEST_F(RawSheetTest, ADamagedCsvIsRefusedWhole) {
  EXPECT_THAT(Csv("a;b\n1;\"x\n2;y\n").at(0), HasSubstr("không đóng"));
}

TEST_F(RawSheetTest, FormulaGuardsAreTakenAway) {
  EXPECT_THAT(Csv("a;b\n'=1+1;'x\n"), ElementsAre("1:|a|b", "2:|=1+1|'x"));
}

TEST_F(RawSheetTest, CellsOfAllTypes) {
  Part("xl/sharedStrings.xml", std::string("<sst ") + kMain +
                                   "><si><t>một</t></si><si><r><t>hai "
                                   "</t></r><r><t>ba</t></r><rPh><t>x</t></rPh></si></sst>");
  Rows(
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c>"
      "<c r=\"D2\" t=\"inlineStr\"><is><t>bốn</t></is></c><c r=\"E2\"><v>13.9</v></c>"
      "<c r=\"F2\" t=\"b\"><v>1</v></c><c r=\"G2\" t=\"e\"><v>#REF!</v></c>"
      "<c r=\"H2\"><f>1+1</f><v>2</v></c><c r=\"I2\"><f>1+1</f></c>"
      "<c r=\"J2\" t=\"str\"><f>A1</f><v>năm</v></c><c r=\"K2\"><v>0.1</v></c>"
      "<c r=\"L2\"><v>1234567890.12</v></c><c r=\"M2\"><v>17.300000000000001</v></c></row>");
  const auto rows = Read(Book());
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT(Texts(Book()),
              ElementsAre("2:|một||hai ba|bốn|13.9|TRUE|#REF!|2||năm|0.1|1234567890.12|17.3"));
  const std::vector<RawCell>& cells = rows->at(0).cells;
  EXPECT_EQ(cells[1].kind, RawCell::Kind::kEmpty);
  EXPECT_EQ(cells[6].kind, RawCell::Kind::kError);
  EXPECT_EQ(cells[7].kind, RawCell::Kind::kNumber);
  EXPECT_EQ(cells[8].kind, RawCell::Kind::kFormula);
}

TEST_F(RawSheetTest, NumbersAreWhatTheirFormatsShow) {
  Part("xl/styles.xml",
       std::string("<styleSheet ") + kMain +
           "><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0&quot; triệu đồng&quot;\"/>"
           "<numFmt numFmtId=\"165\" formatCode=\"mm/yyyy\"/></numFmts>"
           "<cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs>"
           "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
           "<xf numFmtId=\"165\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>");
  Rows(
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44321</v></c><c r=\"B1\" s=\"2\"><v>4945</v></c>"
      "<c r=\"C1\" s=\"3\"><v>44287</v></c><c r=\"D1\" s=\"4\"><v>0.606</v></c>"
      "<c r=\"E1\" s=\"1\"><v>59</v></c></row>");
  const auto rows = Read(Book());
  ASSERT_TRUE(rows.ok()) << rows.status();
  const std::vector<RawCell>& cells = rows->at(0).cells;
  EXPECT_EQ(cells[0].text, "2021-05-05");
  EXPECT_EQ(cells[1].after, " triệu đồng");
  EXPECT_EQ(cells[2].text, "2021-04-01");
  EXPECT_FALSE(cells[2].shows_day);
  EXPECT_EQ(cells[3].text + cells[3].after, "60.6%");
  EXPECT_EQ(cells[4].text, "1900-02-28");
}

TEST_F(RawSheetTest, MergedHiddenAndEmpty) {
  Rows(
      "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>huyện</v></c><c r=\"B1\"><v>1</v></c></row>"
      "<row r=\"2\"><c r=\"B2\"><v>2</v></c></row><row r=\"3\"/><row r=\"4\" hidden=\"1\">"
      "<c r=\"B4\"><v>4</v></c></row>",
      "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>",
      "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"C1:D1\"/></mergeCells>");
  EXPECT_THAT(Texts(Book()), ElementsAre("1:|huyện|1", "2:|huyện|2", "4:||4"));
  EXPECT_THAT(remarks_.merged, ElementsAre("A1:A2"));
  EXPECT_THAT(remarks_.hidden_columns, ElementsAre(1u));
  EXPECT_EQ(remarks_.hidden_rows, 1u);
}

TEST_F(RawSheetTest, EntitiesAreNeverDefinedOrFetched) {
  Part("xl/worksheets/sheet1.xml",
       "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row r=\"1\">"
       "<c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>");
  EXPECT_THAT(Texts(Book()).at(0), HasSubstr("DTD"));
}

TEST_F(RawSheetTest, WhatUnpacksToTooMuchEndsAtTheLimit) {
  Rows(std::string(kPartBytesMax, ' '));
  const std::string path = Book();
  EXPECT_LT(std::filesystem::file_size(path), 1u << 20);
  EXPECT_THAT(Texts(path).at(0), HasSubstr("256 MiB"));
}

TEST_F(RawSheetTest, LimitsOfRowsColumnsCellsAndDepth) {
  std::string rows;
  for (std::size_t i = 0; i <= kRawRowsMax; ++i) rows += "<row><c><v>1</v></c></row>";
  Rows(rows);
  EXPECT_THAT(Texts(Book()).at(0), HasSubstr("100.000"));
  Rows("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>");
  EXPECT_THAT(Texts(Book()).at(0), HasSubstr("quá nhiều cột"));
  Rows("<row r=\"1\"><c t=\"str\"><v>" + std::string(kRawCellBytesMax + 1, 'x') + "</v></c></row>");
  EXPECT_THAT(Texts(Book()).at(0), HasSubstr("ô quá dài"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  Rows(deep);
  EXPECT_THAT(Texts(Book()).at(0), HasSubstr("deep"));
}

TEST_F(RawSheetTest, ADamagedFileIsRefusedBeforeItsFirstRow) {
  Part("xl/worksheets/sheet1.xml",
       "<worksheet><sheetData><row r=\"1\"><c><v>1</v></c></row><row r=\"2\"><c>");
  EXPECT_THAT(Texts(Book()).at(0), HasSubstr("hỏng"));
  WriteBytes(folder_ / "a.xlsx", "PK\x03\x04 chưa hết");
  EXPECT_THAT(Texts(folder_ / "a.xlsx").at(0), HasSubstr("hỏng"));
  WriteBytes(folder_ / "b.xlsx", "\xD0\xCF\x11\xE0 cũ");
  EXPECT_THAT(Texts(folder_ / "b.xlsx").at(0), HasSubstr(".xlsx"));
}

TEST(NumberFormat, SaysWhatItShows) {
  EXPECT_TRUE(ParseNumberFormat("d/m/yyyy").shows_day);
  EXPECT_FALSE(ParseNumberFormat("mmm-yy").shows_day);
  EXPECT_TRUE(ParseNumberFormat("[$-42A]dd/mm/yyyy;@").date);
  EXPECT_TRUE(ParseNumberFormat("\"tháng\" m/yyyy").date);
  EXPECT_FALSE(ParseNumberFormat("#,##0\\ \"m2\"").date);
  EXPECT_EQ(ParseNumberFormat("#,##0\\ \"m2\"").after, " m2");
  EXPECT_EQ(ParseNumberFormat("_-* #,##0\\ \"₫\"_-;-* #,##0").after, " ₫");
  EXPECT_EQ(ParseNumberFormat("#,##0 [$₫-42A]").after, " ₫");
  EXPECT_FALSE(ParseNumberFormat("General").date);
  EXPECT_FALSE(ParseNumberFormat("0.00E+00").date);
  EXPECT_EQ(ParseNumberFormat("0.00E+00").after, "");
  EXPECT_TRUE(ParseNumberFormat("0.0%").percent);
  EXPECT_FALSE(ParseNumberFormat("[Red]#,##0").date);
}

TEST(Legacy, VietnameseInUnicodeIsNeverTakenForIt) {
  for (const char* text : {"Mô hình trồng rau", "K'Dang, Ea Ly, Nậm Nhùn", "kích thước 3×4 m",
                           "café", "", "½ kg ± 2", "Ô tô: 5 chỗ × 2"}) {
    EXPECT_EQ(LegacyOf(text), Legacy::kNone) << text;
  }
}

}  // namespace
}  // namespace nhanrong::cli
