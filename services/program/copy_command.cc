#include "services/program/copy_command.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/bytes.h"
#include "services/cli/client/exit_codes.h"
#include "services/cli/format/vietnamese.h"
#include "services/ledger/copy/ledger_copy.h"
#include "services/program/log_location.h"

namespace nhanrong {
namespace {

using cli::ExitCode;
using cli::Language;
using ledger::CopyProgress;

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong admin ledger copy dong-thap --from embedded:/var/lib/nhanrong \
      --to kafka:10.0.0.1:9092,10.0.0.2:9092
  nhanrong admin ledger copy dong-thap --from kafka:127.0.0.1:9092 --to embedded:new --single-broker
  nhanrong admin ledger copy dong-thap --from embedded:a --to embedded:b --check
NƠI / PLACE: embedded:THƯ-MỤC (--data-dir của máy chủ / of the server) hoặc / or
  kafka:HOST:PORT[,HOST:PORT][/TIỀN-TỐ-TOPIC / TOPIC-PREFIX]; --kafka-… cho cả hai nơi / hold for both
Chạy trên máy của người vận hành, không qua máy chủ và không cần thẻ: ai đọc, ghi được thư mục hoặc
topic thì chép được. Chuyển hẳn: chép khi sổ nguồn còn chạy; dừng mọi cổng ghi của nguồn; chép lần nữa
(chỉ phần còn lại, rồi so toàn bộ); chạy máy chủ trên đích. Từ đó không ai được ghi vào nguồn nữa.
Runs on the operator's machine, without a server and without a token: who may read and write the folder
or the topic may copy. To move for good: copy while the source is in use; stop every gateway of the
source; copy again (only the rest, then all is compared); start the server on the target. From then on
nobody may write to the source. Do not serve the target before. Interrupted: run it again.)";

std::string Say(Language language, std::string_view vi, std::string_view en) {
  return std::string(cli::Pick(language, vi, en));
}

constexpr absl::Duration kFirstProgressAfter = absl::Seconds(2);
constexpr absl::Duration kProgressEvery = absl::Seconds(1);

std::atomic<bool> interrupted = false;  // NOLINT: a signal handler can reach nothing else

struct CopyArguments {
  std::string ledger;
  LogPlaceFlags from;
  LogPlaceFlags to;
  bool single_broker = false;
  KafkaFlags kafka_entry;
  bool check = false;
};

// One line on standard error, from the second second on: pass, share, rate, time left.
class Meter {
 public:
  explicit Meter(Language language) : language_(language) {}

  void Tell(const CopyProgress& progress) {
    const absl::Time now = absl::Now();
    if (progress.pass != pass_ || pass_began_ == absl::InfinitePast()) {
      pass_ = progress.pass;
      pass_began_ = now;
    }
    if (now - began_ < kFirstProgressAfter || now - told_ < kProgressEvery) return;
    told_ = now;
    const double seconds = absl::ToDoubleSeconds(now - pass_began_);
    const double rate = seconds > 0 ? static_cast<double>(progress.records) / seconds : 0;
    const auto left = progress.records_in_all - progress.records;
    std::string text = absl::StrCat(Name(), " ", Number(progress.commits), " commit, ",
                                    progress.records * 100 / progress.records_in_all, " %");
    if (rate >= 1) {
      absl::StrAppend(&text, ", ", Number(static_cast<std::uint64_t>(rate)), "/s, ",
                      Say(language_, "còn ", ""),
                      static_cast<std::uint64_t>(static_cast<double>(left) / rate), " s",
                      Say(language_, "", " left"));
    }
    cli::PrintError(text + "\n");
  }

 private:
  std::string Number(std::uint64_t value) const {
    return cli::NumberText(static_cast<std::int64_t>(value), language_);
  }
  std::string Name() const {
    switch (pass_) {
      case CopyProgress::Pass::kComparing:
        return Say(language_, "so phần đã có:", "comparing what is there:");
      case CopyProgress::Pass::kCopying:
        return Say(language_, "chép:", "copying:");
      case CopyProgress::Pass::kVerifying:
        return Say(language_, "đọc lại và so:", "reading back and comparing:");
    }
    return {};
  }

  const Language language_;
  const absl::Time began_ = absl::Now();
  absl::Time told_ = absl::InfinitePast();
  absl::Time pass_began_ = absl::InfinitePast();
  CopyProgress::Pass pass_ = CopyProgress::Pass::kComparing;
};

int FailWith(const absl::Status& status, Language language) {
  ExitCode code = ExitCode::kUnavailable;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
      code = ExitCode::kUsage;
      break;
    case absl::StatusCode::kNotFound:
      code = ExitCode::kNotFound;
      break;
    case absl::StatusCode::kAlreadyExists:
      code = ExitCode::kConflict;
      break;
    case absl::StatusCode::kPermissionDenied:
      code = ExitCode::kNotAllowed;
      break;
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kInternal:
      code = ExitCode::kInternal;
      break;
    default:
      break;
  }
  cli::PrintError(absl::StrCat(Say(language, "Chưa chép xong: ", "Not complete: "),
                               std::string(status.message()), "\n"));
  if (code == ExitCode::kUnavailable) {
    cli::PrintError(Say(language, "Chạy lại lệnh này để chép tiếp.\n",
                        "Run the same command again to go on.\n"));
  }
  return static_cast<int>(code);
}

void Report(const ledger::CopyOutcome& outcome, const CopyArguments& arguments,
            const cli::CommonFlags& flags) {
  const Language language = cli::LanguageOf(flags);
  if (flags.output == "json") {
    cli::Print(absl::StrCat(R"({"ledger":")", arguments.ledger, R"(","commits":)", outcome.commits,
                            R"(,"appended":)", outcome.appended, R"(,"voidsLeftOut":)",
                            outcome.voids, R"(,"commitsLeft":)", outcome.commits_left,
                            R"(,"runningHash":")", ToHex(AsBytes(outcome.running)), "\"}\n"));
    return;
  }
  const auto number = [&](std::uint64_t value) {
    return cli::NumberText(static_cast<std::int64_t>(value), language);
  };
  std::string text = absl::StrCat(
      Say(language, "Hai nơi giống nhau từng byte: ", "Both are equal, byte for byte: "),
      number(outcome.commits), " commit", Say(language, "", outcome.commits == 1 ? "" : "s"),
      "\n  ", Say(language, "chép thêm lần này ", "appended by this run "),
      number(outcome.appended), "\n  ",
      Say(language, "bản ghi bỏ của nguồn, không chép ", "voids of the source, left out "),
      number(outcome.voids), "\n  ", Say(language, "băm nối ", "running hash "),
      ToHex(AsBytes(outcome.running)), "\n");
  if (outcome.commits_left > 0) {
    absl::StrAppend(&text, "  ", Say(language, "nguồn có thêm từ đó: ", "the source has by now: "),
                    number(outcome.commits_left),
                    Say(language, " commit; dừng nguồn rồi chép lần nữa\n",
                        " more; stop the source and copy again\n"));
  }
  cli::Print(text);
}

absl::StatusOr<ledger::CopyOutcome> Copy(const CopyArguments& arguments, Language language) {
  auto source = OpenSource(arguments.from, arguments.ledger);
  if (!source.ok()) return source.status();
  auto target = OpenTarget(arguments.to, arguments.ledger, /*create=*/!arguments.check);
  if (!target.ok()) return target.status();
  if (source->beside_its_writer) {
    cli::PrintError(Say(language,
                        "Máy chủ của nguồn đang chạy: chép tới commit cuối đã chắc trên đĩa.\n",
                        "The source's server is running: copying what surely is on its disk.\n"));
  }
  Meter meter(language);
  const ledger::CopyHooks hooks{
      .progress = [&](const CopyProgress& progress) { meter.Tell(progress); },
      .stopped = [] { return interrupted.load(); }};
  return arguments.check ? ledger::CompareLedgers(*source->log, *target->log, hooks)
                         : ledger::CopyLedger(*source->log, *target->log, hooks);
}

int RunCopy(const cli::CommonFlags& flags, CopyArguments arguments) {
  const Language language = cli::LanguageOf(flags);
  for (LogPlaceFlags* place : {&arguments.from, &arguments.to}) {
    place->single_broker = arguments.single_broker;
    place->kafka_entry = arguments.kafka_entry;
  }
  if (arguments.from.place == arguments.to.place) {
    return FailWith(absl::InvalidArgumentError("--from and --to are the same place"), language);
  }
  // Standard output is for the answer.
  spdlog::set_default_logger(spdlog::stderr_logger_mt("copy"));
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::signal(SIGTERM, [](int) { interrupted = true; });
  const auto outcome = Copy(arguments, language);
  if (!outcome.ok()) return FailWith(outcome.status(), language);
  Report(*outcome, arguments, flags);
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

void AddLedgerCopy(cli::Program& program) {
  CLI::App* command = program.app.get_subcommand("admin")->get_subcommand("ledger")->add_subcommand(
      "copy", "Chép sổ sang nơi khác, so từng byte / copy a ledger to another engine, compared");
  auto arguments = std::make_shared<CopyArguments>();  // shared with the callback
  command->add_option("NAME", arguments->ledger, "Sổ / ledger")->required();
  command->add_option("--from", arguments->from.place, "NƠI nguồn / source PLACE")->required();
  command->add_option("--to", arguments->to.place, "NƠI đích / target PLACE")->required();
  command->add_flag("--check", arguments->check, "Chỉ so, không chép / compare only, copy nothing");
  command->add_flag("--single-broker", arguments->single_broker,
                    "Chấp nhận một broker / accept one broker");
  AddKafkaFlags(*command, arguments->kafka_entry);
  command->footer(kExamples);
  command->fallthrough();
  command->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunCopy(program.flags, *arguments); };
  });
}

}  // namespace nhanrong
