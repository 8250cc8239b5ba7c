// A file of 10,000 rows of which 200 are wrong in twelve ways: what goes in, what comes back and
// why, and that nothing is doubled whoever imports it how often.
#include <sys/resource.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <set>

#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "tests/sheets/office.h"

namespace nhanrong::sheets {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kRows = 10'000;
constexpr int kWrongEvery = 50;  // rows: 200 wrong ones
// The program's memory for such a file.
constexpr long kMemoryMaxKb = 120'000;
constexpr char kReturned[] = "Lý do trả lại";

struct Mistake {
  std::function<void(Entries&)> make;
  const char* reason;  // stands in what comes back
};

std::vector<Mistake> Mistakes() {
  const auto text = [](const char* title, const std::string& value) {
    return [title, value](Entries& row) { row[title] = Text(value); };
  };
  return {
      {[](Entries& row) { row.erase("TÊN MÔ HÌNH"); }, "cột \"Tên mô hình\": còn trống"},
      {text("Cấp", "cấp thôn"), "chọn: cấp tỉnh"},
      {text("Ngày đăng ký", "30/2/2021"), "không có ngày 30/2/2021"},
      {text("Ngày đăng ký", "5/13/2021"), "không có tháng 13"},
      {[](Entries& row) { row["Ngày đăng ký"] = Day("2999-01-01"); }, "\"Ngày đăng ký\""},
      {[](Entries& row) { row["nơi thực hiện"] = Number(12345); }, "không có đơn vị \"12345\""},
      {text("nơi thực hiện", "Xã Trùng"), "có 2 đơn vị \"Xã Trùng\""},
      {text("TÊN MÔ HÌNH", "M« h×nh trång rau"), "TCVN3"},
      {[](Entries& row) { row["TÊN MÔ HÌNH"] = {Entry::Kind::kErrorFormula}; }, "#REF!"},
      {text("TÊN MÔ HÌNH", std::string(301, 'a')), "\"Tên mô hình\""},
      // Refused by a rule of the domain: more than 30 days late, without a reason.
      {text("Ngày đăng ký", "1/1/2015"), "\"Lý do"},
      {text("Loại văn bản", "Kế hoạch"), "\"Ngày văn bản\""},
  };
}

class SheetsTest : public OfficeTest {
 protected:
  SheetsTest() { (void)TheMap(); }

  std::string Today() const { return book_.Today(); }

  // The good rows of a file by their number in column STT.
  std::vector<Entries> Good(int count) const {
    std::vector<Entries> rows;
    for (int i = 1; i <= count; ++i) rows.push_back(Registration(i, Today()));
    return rows;
  }
  // Which mistake row `number` makes; null: none.
  static const Mistake* MistakeOf(int number) {
    static const std::vector<Mistake> kMistakes = Mistakes();
    if (number % kWrongEvery != 0) return nullptr;
    return &kMistakes[static_cast<std::size_t>(number / kWrongEvery) % kMistakes.size()];
  }
  v1::ModelSummary Model(const std::string& name) const {
    v1::ListModelsRequest request;
    *request.mutable_context() = clerk_.Now();
    request.mutable_context()->set_page_size(1'000);
    for (;;) {
      const auto answer = clerk_.client.Ask(request);
      for (const v1::ModelSummary& model : answer.value.models()) {
        if (model.definition().name() == name) return model;
      }
      if (answer.value.meta().next_page_token().empty()) return {};
      request.mutable_context()->set_page_token(answer.value.meta().next_page_token());
    }
  }
};

TEST_F(SheetsTest, TenThousandRowsGoInOnceAndTwoHundredComeBackWithTheirReasons) {
  const std::string file = Path("dang-ky.xlsx");
  std::vector<Entries> rows = Good(kRows);
  for (int i = 1; i <= kRows; ++i) {
    if (const Mistake* mistake = MistakeOf(i)) mistake->make(rows[static_cast<std::size_t>(i - 1)]);
  }
  WriteWorkbook(file, RegistrationTitles(), rows);
  const std::uint64_t before = book_.Commits();

  const absl::Time start = absl::Now();
  const Ran first = Import(clerk_, file);
  const absl::Duration took = absl::Now() - start;
  EXPECT_EQ(first.Number("accepted"), 9'800) << first.output.substr(0, 4'000);
  EXPECT_EQ(first.Number("repeated"), 0);
  EXPECT_EQ(first.Number("refused") + first.Number("invalid"), 200);
  EXPECT_EQ(first.exit_code, 3);
  EXPECT_EQ(first.rows.size(), static_cast<std::size_t>(kRows));
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  std::cout << kRows << " rows in " << took << ", " << used.ru_maxrss << " kB" << std::endl;
  EXPECT_LT(used.ru_maxrss, kMemoryMaxKb);

  // What came back: the same columns, each row with its own reason.
  const auto returned = ReadWorkbook(first.String("returnedFile"));
  ASSERT_EQ(returned.size(), 200u);
  for (const auto& row : returned) {
    const int number = std::stoi(row.at("STT"));
    ASSERT_NE(MistakeOf(number), nullptr) << number;
    EXPECT_THAT(row.at(kReturned), HasSubstr(MistakeOf(number)->reason)) << number;
    EXPECT_EQ(row.at("Ghi chú nội bộ"), "của cán bộ");
  }

  // Again: nothing is doubled, and the same rows come back.
  const std::uint64_t once = book_.Commits();
  const Ran second = Import(clerk_, file);
  EXPECT_EQ(second.Number("accepted"), 0);
  EXPECT_EQ(second.Number("repeated"), 9'800);
  EXPECT_EQ(second.Number("refused") + second.Number("invalid"), 200);
  EXPECT_EQ(book_.Commits(), once);
  // Refused by the domain: those alone are recorded beside the accepted ones.
  EXPECT_EQ(once - before, 9'800u + static_cast<std::uint64_t>(first.Number("refused")));

  // Mended in the returned file itself: those go in.
  std::vector<std::string> titles = RegistrationTitles();
  titles.emplace_back(kReturned);
  std::vector<Entries> mended;
  for (const auto& row : returned) {
    mended.push_back(Registration(std::stoi(row.at("STT")), Today()));
    mended.back()[kReturned] = Text(row.at(kReturned));
  }
  WriteWorkbook(first.String("returnedFile"), titles, mended);
  const Ran third = Import(clerk_, first.String("returnedFile"));
  EXPECT_EQ(third.Number("accepted"), 200) << third.output.substr(0, 4'000);
  EXPECT_EQ(third.exit_code, 0);
  EXPECT_EQ(third.String("returnedFile"), "");
  EXPECT_EQ(book_.Commits(), once + 200);
}

TEST_F(SheetsTest, ARecordedRowWithOtherContentIsACorrectionAndNeedsAReason) {
  const std::string file = Path("a.xlsx");
  std::vector<Entries> rows = Good(3);
  WriteWorkbook(file, RegistrationTitles(), rows);
  ASSERT_EQ(Import(clerk_, file).Number("accepted"), 3);

  rows[1]["Tóm tắt"] = Text("Tưới tự động");
  WriteWorkbook(file, RegistrationTitles(), rows);
  const Ran without = Import(clerk_, file);
  EXPECT_EQ(without.Number("invalid"), 1);
  EXPECT_EQ(without.Number("repeated"), 2);
  EXPECT_THAT(ReadWorkbook(without.String("returnedFile")).at(0).at(kReturned),
              HasSubstr("ghi lý do đính chính"));

  rows[1]["Lý do (đính chính, ghi muộn)"] = Text("Ghi thiếu");
  WriteWorkbook(file, RegistrationTitles(), rows);
  const Ran with = Import(clerk_, file);
  EXPECT_EQ(with.Number("corrected"), 1) << with.output;
  EXPECT_EQ(with.Number("repeated"), 2);
  EXPECT_EQ(with.exit_code, 0);
  const v1::ModelSummary model = Model("Mô hình số 2");
  EXPECT_EQ(model.definition().summary(), "Tưới tự động");
  v1::GetModelRequest request;
  *request.mutable_context() = clerk_.Now();
  request.set_model_id(model.model_id());
  const auto card = clerk_.client.Ask(request);
  ASSERT_EQ(card.value.timeline_size(), 2);
  // The newest first.
  EXPECT_EQ(card.value.timeline(0).reason(), "Ghi thiếu");
  EXPECT_FALSE(card.value.timeline(1).corrected_by().empty());
  // The same file again, and a colleague's copy of the first one: nothing more.
  const std::uint64_t commits = book_.Commits();
  EXPECT_EQ(Import(clerk_, file).Number("repeated"), 3);
  WriteWorkbook(file, RegistrationTitles(), Good(3));
  EXPECT_EQ(Import(clerk_, file).Number("repeated"), 3);
  EXPECT_EQ(book_.Commits(), commits);
}

TEST_F(SheetsTest, AColleagueImportsTheSameRowsFromAnotherFormAndNothingIsDoubled) {
  std::vector<Entries> rows = Good(20);
  WriteWorkbook(Path("a.xlsx"), RegistrationTitles(), rows);
  ASSERT_EQ(Import(clerk_, Path("a.xlsx")).Number("accepted"), 20);
  std::vector<std::string> titles = RegistrationTitles();
  std::reverse(titles.begin(), titles.end());
  WriteWorkbook(Path("b.xlsx"), titles, rows);
  const e2e::Person colleague = book_.Hire({.role = v1::ROLE_COMMUNE_OFFICER});
  EXPECT_EQ(Import(colleague, Path("b.xlsx")).Number("repeated"), 20);
}

TEST_F(SheetsTest, ARefusedRowIsSentAgainOnlyWhenAsked) {
  std::vector<Entries> rows = Good(2);
  rows[0]["Ngày đăng ký"] = Text("1/1/2015");
  WriteWorkbook(Path("a.xlsx"), RegistrationTitles(), rows);
  const Ran first = Import(clerk_, Path("a.xlsx"));
  EXPECT_EQ(first.Number("refused"), 1);
  EXPECT_EQ(first.exit_code, 2);
  const std::uint64_t commits = book_.Commits();
  const Ran second = Import(clerk_, Path("a.xlsx"));
  EXPECT_EQ(second.Number("refused"), 1);
  EXPECT_THAT(second.output, HasSubstr("--retry-refused"));
  EXPECT_EQ(book_.Commits(), commits);
  EXPECT_EQ(Import(clerk_, Path("a.xlsx"), {"--retry-refused"}).Number("refused"), 1);
  EXPECT_EQ(book_.Commits(), commits + 1);
}

TEST_F(SheetsTest, EqualRowsOfOneFileShareTheirAnswerAndUnequalOnesAreAskedBack) {
  std::vector<Entries> rows = Good(1);
  rows.push_back(rows[0]);
  rows.push_back(rows[0]);
  rows[2]["Tóm tắt"] = Text("Khác");
  Entries late = Registration(2, Today());
  late["Ngày đăng ký"] = Text("1/1/2015");
  rows.push_back(late);
  rows.push_back(late);
  WriteWorkbook(Path("a.xlsx"), RegistrationTitles(), rows);
  const Ran ran = Import(clerk_, Path("a.xlsx"));
  EXPECT_EQ(ran.Number("accepted"), 1);
  EXPECT_EQ(ran.Number("repeated"), 1);
  EXPECT_EQ(ran.Number("invalid"), 1);
  EXPECT_EQ(ran.Number("refused"), 2);
  EXPECT_THAT(ran.output, HasSubstr("cùng khóa với dòng 2"));
}

TEST_F(SheetsTest, ACheckSendsNothing) {
  std::vector<Entries> rows = Good(3);
  rows[2].erase("Cấp");
  WriteWorkbook(Path("a.xlsx"), RegistrationTitles(), rows);
  const std::uint64_t commits = book_.Commits();
  const Ran checked = Import(clerk_, Path("a.xlsx"), {"--check"});
  EXPECT_EQ(checked.Number("checked"), 2);
  EXPECT_EQ(checked.Number("invalid"), 1);
  EXPECT_EQ(book_.Commits(), commits);
}

TEST_F(SheetsTest, SomebodyWithoutTheRightGetsEveryRowBackAndNothingIsRecorded) {
  WriteWorkbook(Path("a.xlsx"), RegistrationTitles(), Good(2));
  const e2e::Person auditor = book_.Hire({.role = v1::ROLE_AUDITOR});
  const std::uint64_t commits = book_.Commits();
  const Ran ran = Import(auditor, Path("a.xlsx"));
  EXPECT_EQ(ran.Number("refused"), 2);
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_EQ(book_.Commits(), commits);
  EXPECT_EQ(Import(book_.Stranger(), Path("a.xlsx")).exit_code, 4);
}

}  // namespace
}  // namespace nhanrong::sheets
