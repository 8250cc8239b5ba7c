// `nhanrong admin projection list | parked | check | resume`.
#include <algorithm>
#include <array>

#include "services/base/bytes.h"
#include "services/base/clock.h"
#include "services/cli/admin.h"
#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/client/json.h"
#include "services/cli/client/retry.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong admin projection list --ledger dong-thap
  nhanrong admin projection parked --ledger dong-thap --output csv
  nhanrong admin projection resume --ledger dong-thap --projection model_list
Luồng bị tạm gác có sự kiện mà bảng đọc không dựng được; sau khi nâng cấp chương trình thì dựng lại bằng resume.
A parked stream has an event that a read model could not fold; after an upgrade, resume folds it again.)";

// How often a resumption is looked at, and from when on its progress is shown.
constexpr absl::Duration kLookInterval = absl::Milliseconds(200);
constexpr absl::Duration kQuietTime = absl::Seconds(2);
constexpr absl::Duration kShowInterval = absl::Seconds(1);

struct ProjectionArguments {
  std::string ledger;
  std::string projection;
  std::string stream;
};

std::string Said(Language language, std::string_view vi, std::string_view en) {
  return std::string(Pick(language, vi, en));
}
Column Text(Language language, std::string_view vi, std::string_view en) {
  return {Said(language, vi, en), Column::Align::kLeft};
}
Column Figure(Language language, std::string_view vi, std::string_view en) {
  return {Said(language, vi, en), Column::Align::kRight};
}
Cell Count(std::uint64_t value) { return WholeNumber{static_cast<std::int64_t>(value)}; }

std::string StateText(const v1::ProjectionInfo& info, Language language) {
  std::string text;
  if (info.parked_streams() > 0) {
    text = Said(language, "tạm gác ", "parked streams: ") +
           NumberText(static_cast<std::int64_t>(info.parked_streams()), language) +
           Said(language, " luồng", "");
  }
  if (!info.has_resumption()) return text;
  text += (text.empty() ? "" : "; ") + Word(info.resumption().state(), language);
  if (info.resumption().failure().empty()) return text;
  return text + ": " + info.resumption().failure();
}

Report ProjectionsReport(const std::vector<v1::ProjectionInfo>& infos,
                         const std::vector<std::string>& states, Language language) {
  Sheet sheet{
      .name = Said(language, "Bảng đọc", "Read models"),
      .columns = {Text(language, "Bảng đọc", "Read model"),
                  Figure(language, "Phiên bản", "Version"), Figure(language, "Commit", "Commit"),
                  Figure(language, "Số dòng", "Rows"), Text(language, "Mã tóm", "Digest"),
                  Text(language, "Tình trạng", "State")}};
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const v1::ProjectionInfo& info = infos[i];
    sheet.rows.push_back({info.name(), Ordinal{info.version()}, Ordinal{info.commits()},
                          Count(info.rows()), ToHex(info.digest()).substr(0, 16), states[i]});
  }
  return {{std::move(sheet)}, {}};
}

std::string ReasonText(const v1::ParkedStream& parked, Language language) {
  if (parked.cause() != v1::PARKED_CAUSE_UNKNOWN_TYPE) {
    return Said(language, "bảng đọc không nhận: ", "the read model refuses it: ") + parked.reason();
  }
  return Said(language, "chương trình chưa biết loại sự kiện ",
              "this program does not know the event type ") +
         parked.event_type() + Said(language, ", phiên bản ", ", version ") +
         std::to_string(parked.schema_version());
}

// "3 ngày": in the largest unit of which there is one at least.
std::string AgeText(absl::Duration age, Language language) {
  struct Unit {
    absl::Duration length;
    std::string_view vi;
    std::string_view en;
  };
  static constexpr std::array kUnits = {
      Unit{absl::Hours(24), " ngày", " d"},
      Unit{absl::Hours(1), " giờ", " h"},
      Unit{absl::Minutes(1), " phút", " min"},
      Unit{absl::Seconds(1), " giây", " s"},
  };
  const auto* unit = std::find_if(kUnits.begin(), kUnits.end() - 1,
                                  [&](const Unit& one) { return age >= one.length; });
  return NumberText(std::max<std::int64_t>(age / unit->length, 0), language) +
         Said(language, unit->vi, unit->en);
}

Report ParkedReport(const v1::ListProjectionsResponse& answer, absl::Time now, Language language) {
  Sheet sheet{
      .name = Said(language, "Luồng tạm gác", "Parked streams"),
      .columns = {Text(language, "Luồng", "Stream"), Text(language, "Bảng đọc", "Read model"),
                  Text(language, "Lý do", "Reason"),
                  Figure(language, "Từ vị trí", "Since position"),
                  Text(language, "Ghi lúc", "Recorded"), Figure(language, "Đã", "Age"),
                  Figure(language, "Sự kiện chờ", "Events waiting")}};
  Report report;
  for (const v1::ProjectionInfo& info : answer.projections()) {
    for (const v1::ParkedStream& parked : info.parked()) {
      const absl::Time since = FromProto(parked.since_recorded_at());
      // Times of a simulated ledger are not real ones, and so have no age.
      sheet.rows.push_back({parked.stream(), info.name(), ReasonText(parked, language),
                            Ordinal{parked.since_position()}, since,
                            answer.simulated_clock() ? Cell() : AgeText(now - since, language),
                            Count(parked.events())});
    }
    if (info.parked_streams() > static_cast<std::uint64_t>(info.parked_size())) {
      report.notes.push_back(
          info.name() +
          Said(language, ": chỉ kê những luồng đầu, tất cả có ",
               ": only the first are listed, there are ") +
          NumberText(static_cast<std::int64_t>(info.parked_streams()), language));
    }
  }
  if (sheet.rows.empty()) {
    report.notes.push_back(
        Said(language, "Không có luồng nào bị tạm gác.", "No stream is parked."));
  } else {
    report.sheets.push_back(std::move(sheet));
  }
  if (answer.simulated_clock()) report.notes.push_back(SimulatedClockText(language));
  return report;
}

template <typename Answer>
int Give(const Session& session, const Answer& answer, const Report& report) {
  const absl::Status given =
      session.json ? PrintText(session, Json(answer) + "\n") : PrintReport(session, report);
  return given.ok() ? 0 : Fail(given);
}

Failure List(const Session& session, const std::string& ledger,
             v1::ListProjectionsResponse* answer) {
  v1::ListProjectionsRequest request;
  request.set_ledger(ledger);
  return Retry([&] { return session.client->Call(request, answer); });
}

int RunList(const Session& session, const ProjectionArguments& arguments) {
  v1::ListProjectionsResponse answer;
  const Failure failure = List(session, arguments.ledger, &answer);
  if (!Ok(failure)) return Fail(failure, session.language);
  std::vector<std::string> states;
  for (const auto& info : answer.projections()) states.push_back(StateText(info, session.language));
  const auto report = ProjectionsReport({answer.projections().begin(), answer.projections().end()},
                                        states, session.language);
  return Give(session, answer, report);
}

int RunParked(const Session& session, const ProjectionArguments& arguments) {
  v1::ListProjectionsResponse answer;
  const Failure failure = List(session, arguments.ledger, &answer);
  if (!Ok(failure)) return Fail(failure, session.language);
  return Give(session, answer, ParkedReport(answer, SystemClock().Now(), session.language));
}

int RunCheck(const Session& session, const ProjectionArguments& arguments) {
  v1::CheckProjectionsRequest request;
  request.set_ledger(arguments.ledger);
  v1::CheckProjectionsResponse answer;
  const Failure failure = Retry([&] { return session.client->Call(request, &answer); });
  if (!Ok(failure)) return Fail(failure, session.language);
  std::vector<v1::ProjectionInfo> infos;
  std::vector<std::string> states;
  bool equal = true;
  for (const auto& checked : answer.projections()) {
    equal = equal && checked.equal();
    infos.push_back(checked.info());
    const std::string more = StateText(checked.info(), session.language);
    states.push_back((checked.equal() ? Said(session.language, "khớp", "equal")
                                      : Said(session.language, "LỆCH", "DIFFERS")) +
                     (more.empty() ? "" : "; ") + more);
  }
  const int given = Give(session, answer, ProjectionsReport(infos, states, session.language));
  return given != 0 || equal ? given : static_cast<int>(ExitCode::kInternal);
}

bool IsOpen(const v1::ProjectionInfo& info) {
  const v1::ResumptionState state = info.resumption().state();
  return state == v1::RESUMPTION_STATE_WAITING || state == v1::RESUMPTION_STATE_FOLDING;
}

// Leaves in `answer` the read models that are named in `begun`.
void Keep(const v1::ResumeProjectionsResponse& begun, v1::ListProjectionsResponse& answer) {
  auto& all = *answer.mutable_projections();
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const v1::ProjectionInfo& info) {
                             const auto& names = begun.projections();
                             return std::find(names.begin(), names.end(), info.name()) ==
                                    names.end();
                           }),
            all.end());
}

// "model_list 1.200/5.000" for each one that is being folded again.
void ShowProgress(const v1::ListProjectionsResponse& answer, Language language) {
  for (const v1::ProjectionInfo& info : answer.projections()) {
    if (info.resumption().state() != v1::RESUMPTION_STATE_FOLDING) continue;
    const auto number = [&](std::uint64_t value) {
      return NumberText(static_cast<std::int64_t>(value), language);
    };
    PrintError(info.name() + " " + number(info.resumption().commits()) + "/" +
               number(info.commits()) + "\n");
  }
}

// Waits until none of the read models is being folded again; `answer` is how they stand then.
Failure Await(const Session& session, const std::string& ledger,
              const v1::ResumeProjectionsResponse& begun, v1::ListProjectionsResponse* answer) {
  const SystemClock clock;
  absl::Time show_at = clock.Now() + kQuietTime;
  for (;;) {
    Failure failure = List(session, ledger, answer);
    if (!Ok(failure)) return failure;
    Keep(begun, *answer);
    const auto& all = answer->projections();
    if (std::none_of(all.begin(), all.end(), IsOpen)) return failure;
    if (clock.Now() >= show_at) {
      ShowProgress(*answer, session.language);
      show_at = clock.Now() + kShowInterval;
    }
    SystemSleep()(kLookInterval);
  }
}

Report ResumedReport(const v1::ListProjectionsResponse& answer, Language language) {
  Sheet sheet{.name = Said(language, "Dựng lại", "Resumed"),
              .columns = {Text(language, "Bảng đọc", "Read model"),
                          Figure(language, "Luồng đi tiếp", "Streams resumed"),
                          Figure(language, "Còn tạm gác", "Still parked"),
                          Text(language, "Tình trạng", "State")}};
  for (const v1::ProjectionInfo& info : answer.projections()) {
    std::string state = info.has_resumption()
                            ? Word(info.resumption().state(), language)
                            : Said(language, "máy chủ đã khởi động lại", "the server restarted");
    if (!info.resumption().failure().empty()) state += ": " + info.resumption().failure();
    sheet.rows.push_back({info.name(), Count(info.resumption().released_streams()),
                          Count(info.parked_streams()), state});
  }
  Report report{{}, {}};
  if (sheet.rows.empty()) {
    report.notes.push_back(
        Said(language, "Không có luồng nào như thế bị tạm gác.", "No such stream is parked."));
  } else {
    report.sheets.push_back(std::move(sheet));
  }
  return report;
}

int RunResume(const Session& session, const ProjectionArguments& arguments) {
  v1::ResumeProjectionsRequest request;
  request.set_ledger(arguments.ledger);
  request.set_projection(arguments.projection);
  request.set_stream(arguments.stream);
  v1::ResumeProjectionsResponse begun;
  Failure failure = Retry([&] { return session.client->Call(request, &begun); });
  v1::ListProjectionsResponse answer;
  if (Ok(failure)) failure = Await(session, arguments.ledger, begun, &answer);
  if (!Ok(failure)) return Fail(failure, session.language);
  const int given = Give(session, answer, ResumedReport(answer, session.language));
  const auto& all = answer.projections();
  const bool resumed = std::all_of(all.begin(), all.end(), [](const v1::ProjectionInfo& info) {
    return info.resumption().state() == v1::RESUMPTION_STATE_DONE && info.parked_streams() == 0;
  });
  return given != 0 || resumed ? given : static_cast<int>(ExitCode::kInternal);
}

std::shared_ptr<ProjectionArguments> Add(Program& program, CLI::App& group, const std::string& name,
                                         const std::string& description,
                                         int (*run)(const Session&, const ProjectionArguments&)) {
  CLI::App* command = group.add_subcommand(name, description);
  auto arguments = std::make_shared<ProjectionArguments>();  // shared with callbacks
  command->add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  command->footer(kExamples);
  command->fallthrough();
  command->callback([&program, arguments, run] {
    program.run = [&program, arguments, run] {
      const absl::StatusOr<Session> session = OpenSession(program.flags, Forms::kTables);
      return session.ok() ? run(*session, *arguments) : Fail(session.status());
    };
  });
  return arguments;
}

}  // namespace

void AddAdminProjections(Program& program, CLI::App& admin) {
  CLI::App* group = admin.add_subcommand("projection", "Bảng đọc / read models");
  group->require_subcommand(1);
  group->fallthrough();
  Add(program, *group, "list", "Vị trí, mã tóm / position, digest", RunList);
  Add(program, *group, "parked",
      "Luồng bị tạm gác: lý do, từ bao giờ, bao nhiêu sự kiện chờ / parked streams: reason, age, "
      "events that wait",
      RunParked);
  Add(program, *group, "check", "Tính lại mã tóm và so / recompute and compare", RunCheck);
  const auto resume = Add(program, *group, "resume",
                          "Dựng lại luồng bị tạm gác bằng chương trình hiện tại / fold parked "
                          "streams again with what this program knows",
                          RunResume);
  CLI::App* command = group->get_subcommand("resume");
  command->add_option("--projection", resume->projection,
                      "Chỉ bảng đọc này / only this read model");
  command->add_option("--stream", resume->stream,
                      "Chỉ bảng đọc có luồng này bị gác / only read models that have parked it");
}

}  // namespace nhanrong::cli
