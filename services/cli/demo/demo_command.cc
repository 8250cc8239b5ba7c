// `nhanrong demo NAME`.
#include "services/cli/demo/demo.h"

namespace nhanrong::cli {
namespace {

constexpr char kTokenFolder[] = ".nhanrong/tokens";

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong demo dong-thap --operator-token-file .nhanrong/operator.token
  nhanrong demo dong-thap --lang en --output json --token-dir /tmp/demo-tokens
Chạy lại bao nhiêu lần cũng được: sổ và thẻ đã có được dùng lại, tệp gửi lại được trả lời "lặp".
May be run again: ledgers and tokens are used again, files are answered as repeated.)";

struct DemoArguments {
  std::string name;
  std::string demo_folder;
  DemoOptions options;
};

int RunDemo(const CommonFlags& flags, DemoArguments arguments) {
  const absl::StatusOr<std::string> folder = FindDemo(arguments.demo_folder, arguments.name);
  if (!folder.ok()) return Fail(folder.status());
  absl::StatusOr<demo::DemoPlan> plan = ReadPlan(*folder);
  if (!plan.ok()) return Fail(plan.status());
  arguments.options.folder = *folder;
  if (arguments.options.token_folder.empty()) {
    arguments.options.token_folder =
        plan->token_folder().empty() ? kTokenFolder : *folder + "/" + plan->token_folder();
  }
  return DemoRun(flags, arguments.options, *std::move(plan)).Run();
}

}  // namespace

void AddDemo(Program& program) {
  CLI::App* demo = program.app.add_subcommand(
      "demo", "Nạp một phần trình diễn từ demo/NAME / load a demonstration");
  const auto arguments = std::make_shared<DemoArguments>();
  demo->add_option(
          "NAME", arguments->name,
          "Thư mục trong demo/, hoặc đường dẫn có '/' / folder in demo/, or a path with '/'")
      ->required();
  demo->add_option("--demo-dir", arguments->demo_folder,
                   "Thư mục chứa các phần trình diễn / folder of demonstrations "
                   "[NHANRONG_DEMO_DIR]");
  demo->add_option(
      "--token-dir", arguments->options.token_folder,
      "Nơi giữ thẻ truy cập (0700), .nhanrong/tokens hoặc thư mục của phần trình diễn / where "
      "tokens go");
  demo->add_option("--operator-token-file", arguments->options.operator_token_file,
                   "Thẻ của người vận hành máy chủ / the operator's token "
                   "[NHANRONG_OPERATOR_TOKEN_FILE]");
  demo->add_option("--without", arguments->options.without,
                   "Tệp không nạp / a file that is left out");
  demo->footer(kExamples);
  demo->fallthrough();
  demo->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunDemo(program.flags, *arguments); };
  });
}

}  // namespace nhanrong::cli
