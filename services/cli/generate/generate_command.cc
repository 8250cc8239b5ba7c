#include "services/cli/generate/generate_command.h"

#include "google/protobuf/struct.pb.h"
#include "services/cli/client/json.h"
#include "services/cli/format/table.h"
#include "services/cli/generate/generated_folder.h"
#include "services/domain/values/dates.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong generate --communes 3 --years 1 --seed 7 --output tinh-thu
  nhanrong demo ./tinh-thu --operator-token-file .nhanrong/operator.token
Hoặc nạp phần công việc bằng cách khác / or take the work in by another way:
  nhanrong demo ./tinh-thu --without 03-history.ndjson --operator-token-file …
  nhanrong import tinh-thu/03-history.ndjson --token-dir tinh-thu/tokens
  nhanrong submit --stream tinh-thu/03-history.ndjson --token-dir tinh-thu/tokens
Cần một máy chủ chưa có sổ national / needs a server without a ledger `national`.
Cùng --seed thì cùng nội dung. Không có gì là thật: tỉnh, xã, cơ quan, số liệu đều được đặt ra, đồng hồ
mô phỏng, và thẻ truy cập được tạo từ --seed, nên không có giá trị bảo vệ. Khoảng 3% số việc bị quy tắc
từ chối: refusals.ndjson cho biết trước việc nào. Mỗi xã khoảng 2.450 việc một năm.
The same seed gives the same bytes. Nothing in it is real; the clock is simulated, and the tokens are made
from the seed, so they protect nothing. About 3% is refused by rules: refusals.ndjson says beforehand what.
About 2,450 submissions for each commune and year, those of the province's bodies included.)";

constexpr int kMonthsOfYear = 12;

struct GenerateArguments {
  generator::Plan plan;
  int years = 1;
  int months = 0;
  std::string first_day = "2024-01-01";
  std::string output;
};

void Tell(const GeneratedFolder& folder, const GenerateArguments& arguments,
          const CommonFlags& flags) {
  const Language language = LanguageOf(flags);
  if (flags.output == "json") {
    google::protobuf::Struct json;
    auto& fields = *json.mutable_fields();
    fields["folder"].set_string_value(arguments.output);
    fields["lines"].set_number_value(static_cast<double>(folder.lines()));
    fields["refusals"].set_number_value(static_cast<double>(folder.refusals()));
    auto& commands = *fields["commands"].mutable_struct_value()->mutable_fields();
    for (const auto& [name, count] : folder.commands()) {
      commands[name].set_number_value(static_cast<double>(count));
    }
    Print(JsonLine(json));
    return;
  }
  Table table({{std::string(Pick(language, "Việc", "Command")), Column::Align::kLeft},
               {std::string(Pick(language, "Số dòng", "Lines")), Column::Align::kRight}});
  const auto number = [&](std::uint64_t value) {
    return NumberText(static_cast<std::int64_t>(value), language);
  };
  for (const auto& [name, count] : folder.commands()) table.Add({name, number(count)});
  Print(table.Text() + arguments.output + ": " + number(folder.lines()) +
        std::string(Pick(language, " dòng, sẽ bị từ chối ", " lines, to be refused ")) +
        number(folder.refusals()) + "\n");
}

int RunGenerate(const CommonFlags& flags, GenerateArguments arguments) {
  const auto first_day = domain::ParseDay(arguments.first_day);
  if (!first_day) {
    return Fail(
        absl::FailedPreconditionError("--from: ngày dạng 2024-01-01 / a day like 2024-01-01"));
  }
  arguments.plan.first_day = *first_day;
  arguments.plan.months = arguments.months > 0 ? arguments.months : arguments.years * kMonthsOfYear;
  GeneratedFolder folder(arguments.output);
  if (absl::Status begun = folder.Begin(); !begun.ok()) return Fail(begun);
  const auto openings = generator::Generate(arguments.plan, folder);
  if (absl::Status ended = folder.Finish(arguments.plan, openings); !ended.ok()) return Fail(ended);
  Tell(folder, arguments, flags);
  return 0;
}

}  // namespace

void AddGenerate(Program& program) {
  CLI::App* command = program.app.add_subcommand(
      "generate",
      "Đặt ra một tỉnh giả định có công việc cả năm / make up a province with its work");
  const auto arguments = std::make_shared<GenerateArguments>();
  command->add_option("--communes", arguments->plan.communes, "Số xã / communes")
      ->check(CLI::Range(1, generator::kCommunesMax))
      ->required();
  auto* years = command->add_option("--years", arguments->years, "Số năm / years")
                    ->check(CLI::Range(1, generator::kMonthsMax / kMonthsOfYear))
                    ->capture_default_str();
  command
      ->add_option("--months", arguments->months,
                   "Số tháng, thay cho năm / months, instead of years")
      ->check(CLI::Range(1, generator::kMonthsMax))
      ->excludes(years);
  command->add_option("--seed", arguments->plan.seed, "Hạt giống / seed")->capture_default_str();
  command->add_option("--ledger", arguments->plan.ledger, "Tên sổ / name of the ledger")
      ->capture_default_str();
  command->add_option("--from", arguments->first_day, "Ngày đầu / first day")
      ->capture_default_str();
  command->add_option("--output", arguments->output, "Thư mục cần tạo / the folder to make")
      ->required();
  command->footer(kExamples);
  command->fallthrough();
  command->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunGenerate(program.flags, *arguments); };
  });
}

}  // namespace nhanrong::cli
