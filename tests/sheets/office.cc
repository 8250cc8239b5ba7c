#include "tests/sheets/office.h"

#include <fstream>

#include "absl/strings/str_split.h"
#include "google/protobuf/util/json_util.h"
#include "services/base/check.h"
#include "services/base/ids.h"
#include "tests/tidy/command.h"

namespace nhanrong::sheets {
namespace {

constexpr char kLongAgo[] = "2001-01-01";

}  // namespace

int Ran::Number(const std::string& name) const {
  const auto found = summary.fields().find(name);
  return found == summary.fields().end() ? -1 : static_cast<int>(found->second.number_value());
}
std::string Ran::String(const std::string& name) const {
  const auto found = summary.fields().find(name);
  return found == summary.fields().end() ? "" : found->second.string_value();
}

OfficeTest::OfficeTest()
    : book_(Server()),
      clerk_(book_.Hire({.role = v1::ROLE_COMMUNE_OFFICER})),
      folder_(std::filesystem::temp_directory_path() / ("nr-office-" + RandomUuid4())) {
  std::filesystem::create_directories(folder_);
}
OfficeTest::~OfficeTest() { std::filesystem::remove_all(folder_); }

void OfficeTest::Establish(const std::string& id, v1::UnitLevel level, const std::string& parent,
                           const std::string& code, const std::string& name) {
  v1::Command command;
  v1::EstablishUnit& told = *command.mutable_establish_unit();
  told.set_unit_id(id);
  told.set_name(name);
  told.set_level(level);
  told.set_parent_unit_id(parent);
  told.set_code(code);
  const e2e::Submitted answer =
      Map().steward().Does(e2e::DeedOf(command).On(kLongAgo).Because("Nhập danh mục"));
  NR_CHECK(answer.ok(), answer.status.message().c_str());
}

Ran OfficeTest::Run(const e2e::Person& who, const std::vector<std::string>& words) const {
  const std::string token = Path("token-" + who.actor_id);
  std::ofstream(token) << who.token << "\n";
  std::string command = "NHANRONG_ADDRESS=" + Server().address() +
                        " NHANRONG_TOKEN_FILE=" + tidy::Quoted(token) + " " +
                        tidy::Quoted(NHANRONG_PROGRAM);
  for (const std::string& word : words) command += " " + tidy::Quoted(word);
  const tidy::CommandResult result = tidy::RunCommand(command);
  return {result.exit_code, result.output, {}, {}};
}

Ran OfficeTest::Import(const e2e::Person& who, const std::string& file,
                       const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"import", file, "--ledger", book_.name(), "--output", "json"};
  words.insert(words.end(), more.begin(), more.end());
  Ran ran = Run(who, words);
  for (const auto& line : absl::StrSplit(ran.output, '\n', absl::SkipEmpty())) {
    google::protobuf::Struct parsed;
    if (!google::protobuf::util::JsonStringToMessage(std::string(line), &parsed).ok()) continue;
    if (parsed.fields().contains("exitCode")) {
      ran.summary = parsed;
    } else {
      ran.rows.push_back(parsed);
    }
  }
  return ran;
}

const OfficeMap& TheMap() {
  static const OfficeMap map = [] {
    struct Opened : OfficeTest {
      using OfficeTest::Establish;
      using OfficeTest::Map;
      void TestBody() override {}
    };
    OfficeMap made{e2e::NewId(), e2e::NewId()};
    const std::string one = e2e::NewId();
    const std::string two = e2e::NewId();
    Opened::Establish(made.province, v1::UNIT_LEVEL_PROVINCE, Opened::Map().nation, "90",
                      "Tỉnh Thử");
    Opened::Establish(one, v1::UNIT_LEVEL_DISTRICT, made.province, "901", "Huyện Đông");
    Opened::Establish(two, v1::UNIT_LEVEL_DISTRICT, made.province, "902", "Huyện Tây");
    Opened::Establish(made.commune, v1::UNIT_LEVEL_COMMUNE, one, "90001", "Xã Một");
    Opened::Establish(e2e::NewId(), v1::UNIT_LEVEL_COMMUNE, two, "90002", "Xã Hai");
    Opened::Establish(e2e::NewId(), v1::UNIT_LEVEL_COMMUNE, one, "90003", "Xã Trùng");
    Opened::Establish(e2e::NewId(), v1::UNIT_LEVEL_COMMUNE, two, "90004", "Xã Trùng");
    return made;
  }();
  return map;
}

const std::vector<std::string>& RegistrationTitles() {
  static const std::vector<std::string> kTitles = {"STT",
                                                   "TÊN MÔ HÌNH",
                                                   "Ngày đăng ký",
                                                   "nơi thực hiện",
                                                   "Thuộc huyện, tỉnh",
                                                   "Cấp",
                                                   "Lĩnh vực",
                                                   "Khối",
                                                   "Ghi chú nội bộ",
                                                   "Tóm tắt",
                                                   "Loại văn bản",
                                                   "Ngày văn bản",
                                                   "Cơ quan ban hành",
                                                   "Trích yếu",
                                                   "Lý do (đính chính, ghi muộn)"};
  return kTitles;
}

Entries Registration(int number, const std::string& today) {
  const bool by_code = number % 2 == 0;
  Entries row = {{"STT", Number(number)},
                 {"TÊN MÔ HÌNH", Text("Mô hình số " + std::to_string(number))},
                 {"nơi thực hiện", by_code ? Number(90001) : Text("Xã Hai")},
                 {"Cấp", Text("Cấp xã")},
                 {"Lĩnh vực", Text("Du lịch")},
                 {"Khối", Text("khối kinh tế")},
                 {"Ghi chú nội bộ", Text("của cán bộ")}};
  if (number % 3 == 0) {
    row["Ngày đăng ký"] = Day(today);
  } else {
    row["Ngày đăng ký"] =
        Text(today.substr(8) + "/" + today.substr(5, 2) + "/" + today.substr(0, 4));
  }
  return row;
}

}  // namespace nhanrong::sheets
