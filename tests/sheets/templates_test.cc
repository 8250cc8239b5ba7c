// Every template filled in and imported, the fixtures of numbers, exports, and what LibreOffice
// says.
#include <fstream>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/sheets/office.h"
#include "tests/tidy/command.h"

namespace nhanrong::sheets {
namespace {

using ::testing::HasSubstr;

class TemplatesTest : public OfficeTest {
 protected:
  TemplatesTest() { (void)TheMap(); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
  }
  // A CSV of one title line and rows, imported.
  Ran Csv(const std::string& text, const std::vector<std::string>& more = {}) const {
    Write("nhap.csv", text);
    return Import(clerk_, Path("nhap.csv"), more);
  }
  // 05/05/2021 for today, as a clerk writes it.
  std::string Today() const {
    const std::string iso = book_.Today();
    return iso.substr(8) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
  }
  std::string AsCsv(const std::string& workbook) const {
    // A profile of its own: another LibreOffice of this person would answer instead.
    const tidy::CommandResult result = tidy::RunCommand(
        "soffice --headless -env:UserInstallation=file://" + tidy::Quoted(Path("profile")) +
        " --convert-to 'csv:Text - txt - csv (StarCalc):59,34,76,1,,1066,false,true,false' "
        "--outdir " +
        tidy::Quoted(Path("")) + " " + tidy::Quoted(workbook));
    std::string csv = workbook.substr(0, workbook.rfind('.')) + ".csv";
    std::ifstream in(csv, std::ios::binary);
    EXPECT_TRUE(in.good()) << result.output;
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
};

TEST_F(TemplatesTest, ADaysWorkOfAnOfficeGoesInThroughItsTemplates) {
  EXPECT_EQ(
      Csv("Tên mô hình;Cấp;Lĩnh vực;Khối;Nơi thực hiện;Trạng thái theo văn bản;Thời điểm theo "
          "văn bản;Loại văn bản;Ngày văn bản;Cơ quan ban hành;Trích yếu\n"
          "Nuôi ếch;cấp xã;du lịch;khối kinh tế;90001;đang áp dụng;2019;Báo cáo;5/5/2021;UBND "
          "xã;Kết quả\n")
          .Number("accepted"),
      1);
  const Ran site =
      Csv("Tên điểm,Mô hình,Nơi đặt điểm,Thuộc huyện tỉnh,Nguồn gốc,Ngày khởi động\n"
          "Ao số 1,nuôi ếch,Xã Trùng,Huyện Tây,nhân rộng," +
          Today() + "\n");
  EXPECT_EQ(site.Number("accepted"), 1) << site.output;
  const Ran output =
      Csv("Điểm mô hình\tSố liệu 1\tNgày của kết quả\n"
          "Ao số 1\t255.142m2\t" +
          Today() + "\n");
  EXPECT_EQ(output.Number("accepted"), 1) << output.output;
  const Ran progress =
      Csv("\xEF\xBB\xBFMô hình;Nội dung báo cáo;Số liệu 1;Đơn vị tính 1;Ngày báo cáo\r\n"
          "Nuôi ếch;\"Đã thả giống;\ntrời mưa\";4.945;triệu đồng;" +
          Today() + "\r\n");
  EXPECT_EQ(progress.Number("accepted"), 1) << progress.output;
  EXPECT_THAT(progress.output, HasSubstr("4.945 triệu đồng = 4.945.000.000 đồng"));
  const Ran figure =
      Csv("Đếm cái gì;Địa bàn;Số lượng;Kỳ báo cáo;Thời điểm của số liệu;Loại văn bản;Ngày văn "
          "bản;Cơ quan "
          "ban hành;Trích yếu\n"
          "mô hình;Tỉnh Thử;hơn 141 mô hình;2016-2020;5/5/2021;Tin;5/5/2021;Cổng;Họp\n");
  EXPECT_EQ(figure.Number("accepted"), 1) << figure.output;

  v1::ListSitesRequest sites;
  *sites.mutable_context() = clerk_.Now();
  const auto found = clerk_.client.Ask(sites);
  ASSERT_EQ(found.value.sites_size(), 1);
  EXPECT_EQ(found.value.sites(0).outputs(0).value(), 255'142);
  EXPECT_EQ(found.value.sites(0).unit().code_at_event(), "90004");
  v1::CountModelsRequest count;
  *count.mutable_context() = clerk_.Now();
  EXPECT_EQ(clerk_.client.Ask(count).value.counted_total().bound(), v1::BOUND_AT_LEAST);
}

TEST_F(TemplatesTest, ContributionsAsWrittenBecomeTheirNumbersAndAnAmbiguousOneIsAskedBack) {
  Csv("Tên mô hình;Cấp;Lĩnh vực;Khối;Nơi thực hiện;Trạng thái theo văn bản;Thời điểm theo văn "
      "bản;Loại "
      "văn bản;Ngày văn bản;Cơ quan ban hành;Trích yếu\n"
      "Hiến đất;cấp tỉnh;du lịch;khối kinh tế;Tỉnh Thử;đang áp dụng;2020;Tin;5/5/2021;Cổng;Họp\n");
  const std::string titles =
      "Mô hình;Nội dung báo cáo;Số liệu 1;Số liệu 2;Số liệu 3;Ngày báo cáo\n";
  EXPECT_EQ(Csv(titles + "Hiến đất;a;255.142m2;30.996 công;4.945 triệu đồng;" + Today() + "\n")
                .Number("accepted"),
            1);
  EXPECT_EQ(Csv(titles + "Hiến đất;b;81 cột;113 bóng điện;66 nhà tạm;5/2021\n" +
                "Hiến đất;c;1,712 lượt xem;;;4/2021\n")
                .Number("invalid"),
            1 + 0);
  v1::ListModelsRequest models;
  *models.mutable_context() = clerk_.Now();
  v1::GetModelRequest request;
  *request.mutable_context() = clerk_.Now();
  request.set_model_id(clerk_.client.Ask(models).value.models(0).model_id());
  std::vector<std::int64_t> numbers;
  const auto card = clerk_.client.Ask(request);
  for (const v1::TimelineEntry& entry : card.value.timeline()) {
    for (const auto& figure : entry.fact().model_progress_reported().figures()) {
      numbers.push_back(figure.value());
    }
  }
  EXPECT_THAT(numbers, ::testing::IsSupersetOf({255'142L, 30'996L, 4'945'000'000L}));
}

TEST_F(TemplatesTest, AFileThatIsNoneOfOursIsRefusedWithAdvice) {
  EXPECT_EQ(Csv("Họ tên;Tuổi\nA;5\n").exit_code, 3);
  EXPECT_THAT(Csv("Họ tên;Tuổi\nA;5\n").output, HasSubstr("--list-templates"));
  EXPECT_THAT(Csv("Tên mô hình;Cấp;Lĩnh vực;Khối\nA;b;c;d\n").output, HasSubstr("thiếu cột"));
  EXPECT_THAT(Csv("M\xAB h\xD7nh;Tr\xE5ng rau\n").output, HasSubstr("TCVN3"));
  Write("a.xlsx", "PK\x03\x04 hỏng");
  EXPECT_EQ(Import(clerk_, Path("a.xlsx")).exit_code, 3);
  EXPECT_EQ(Import(clerk_, Path("khong-co.xlsx")).exit_code, 8);
}

TEST_F(TemplatesTest, TemplatesAreMadeAndListed) {
  EXPECT_THAT(Run(clerk_, {"import", "--list-templates"}).output, HasSubstr("counted-figure"));
  const std::string path = Path("mau.xlsx");
  EXPECT_EQ(Run(clerk_, {"import", "--template", "site-start", "--output", path}).exit_code, 0);
  EXPECT_EQ(Run(clerk_, {"import", "--template", "site-start", "--output", path}).exit_code, 8);
  EXPECT_EQ(Run(clerk_, {"import", "--template", "nothing"}).exit_code, 1);
  const Ran empty = Import(clerk_, path);
  EXPECT_EQ(empty.exit_code, 0) << empty.output;
  EXPECT_EQ(empty.Number("accepted"), 0);
}

TEST_F(TemplatesTest, ExportsAreWhatSpreadsheetsOpen) {
  Csv("Tên mô hình;Cấp;Lĩnh vực;Khối;Nơi thực hiện;Ngày đăng ký\n"
      "=1+1;cấp xã;du lịch;khối kinh tế;Xã Một;" +
      Today() +
      "\n"
      "Nuôi \"cá\"; cấp xã;du lịch;khối kinh tế;Xã Hai;" +
      Today() + "\n");
  const std::vector<std::string> ask = {"query",          "models",
                                        "--ledger",       book_.name(),
                                        "--min-position", std::to_string(book_.Commits() - 1)};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), ask.begin(), ask.end());
    return Run(clerk_, more);
  };
  const Ran csv = with({"--output", "csv"});
  EXPECT_THAT(csv.output, HasSubstr("\xEF\xBB\xBFMã;Tên;Cấp"));
  EXPECT_THAT(csv.output, HasSubstr(";'=1+1;cấp xã;"));
  EXPECT_THAT(csv.output, HasSubstr(";\"Nuôi \"\"cá\"\"\";"));
  EXPECT_THAT(csv.output, HasSubstr("Dữ liệu đến"));
  EXPECT_EQ(with({"--output", "csv", "--output-file", Path("m.csv")}).exit_code, 0);
  EXPECT_EQ(with({"--output", "xlsx"}).exit_code, 1);
  EXPECT_EQ(with({"--output", "xlsx", "--output-file", Path("m.xlsx")}).exit_code, 0);
  EXPECT_EQ(Run(clerk_, {"admin", "--help"}).exit_code, 0);

  // LibreOffice reads the same cells; the date of today is a date.
  std::ifstream in(Path("m.csv"), std::ios::binary);
  const std::string ours(std::istreambuf_iterator<char>(in), {});
  const std::string theirs = AsCsv(Path("m.xlsx"));
  for (const std::string cell : {"Mã", "Trạng thái", "=1+1", "cấp xã", "Xã Hai", "nháp"}) {
    EXPECT_THAT(theirs, HasSubstr(cell));
  }
  EXPECT_THAT(theirs, HasSubstr(Today()));
  const auto rows = [](const std::string& text) {
    return std::vector<std::string>(absl::StrSplit(
        absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\xEF\xBB\xBF", ""}, {"'=1+1", "=1+1"}}),
        '\n'));
  };
  EXPECT_EQ(rows(theirs), rows(ours));
}

TEST_F(TemplatesTest, TheLedgerItselfIsATableToo) {
  const e2e::Person office = book_.Hire({.role = v1::ROLE_PROVINCIAL_OFFICE});
  const Ran csv = Run(office, {"history", "read", "--ledger", book_.name(), "--output", "csv"});
  EXPECT_EQ(csv.exit_code, 0);
  EXPECT_THAT(csv.output, HasSubstr("Vị trí;Ghi lúc;Sự kiện"));
  const std::string path = Path("so.xlsx");
  EXPECT_EQ(Run(office, {"history", "read", "--ledger", book_.name(), "--output", "xlsx",
                         "--output-file", path})
                .exit_code,
            0);
  EXPECT_THAT(AsCsv(path), HasSubstr("Mở sổ"));
  EXPECT_EQ(Run(office, {"history", "follow", "--ledger", book_.name(), "--output", "xlsx",
                         "--output-file", path})
                .exit_code,
            1);
}

TEST_F(TemplatesTest, ATemplateOpensInLibreOfficeWithItsListsAndExample) {
  const std::string path = Path("mau.xlsx");
  ASSERT_EQ(Run(clerk_, {"import", "--template", "model-registration", "--output", path}).exit_code,
            0);
  const std::string csv = AsCsv(path);
  EXPECT_THAT(csv, HasSubstr("Tên mô hình *"));
  EXPECT_THAT(csv, HasSubstr("Ví dụ"));
  // Drop-down lists and the frozen header stand in the sheet itself.
  const std::string xml =
      tidy::RunCommand("unzip -p " + tidy::Quoted(path) + " xl/worksheets/sheet1.xml").output;
  EXPECT_THAT(xml, HasSubstr("<dataValidation type=\"list\""));
  EXPECT_THAT(xml, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(
      tidy::RunCommand("unzip -p " + tidy::Quoted(path) + " xl/worksheets/sheet3.xml").output,
      HasSubstr("cấp xã"));
}

}  // namespace
}  // namespace nhanrong::sheets
