#include "services/cli/sheet_import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "services/base/clock.h"
#include "services/cli/client/retry.h"
#include "services/cli/progress_line.h"
#include "services/cli/templates/template_file.h"

namespace nhanrong::cli {
namespace {

absl::Status Invalid(const EntryProblem& problem) {
  return absl::InvalidArgumentError(problem.vi + " / " + problem.en);
}

// A question that changes nothing is asked again while it is not known.
template <typename Request, typename Response>
ServiceCall<Request, Response> Asking(const Client& client) {
  return [&client](const Request& request, Response* response) {
    return Retry([&] { return client.Call(request, response); });
  };
}

RowService ServiceOf(const Client& client) {
  RowService service;
  service.units = Asking<v1::ListUnitsRequest, v1::ListUnitsResponse>(client);
  service.models = Asking<v1::ListModelsRequest, v1::ListModelsResponse>(client);
  service.sites = Asking<v1::ListSitesRequest, v1::ListSitesResponse>(client);
  service.agencies = Asking<v1::ListAgenciesRequest, v1::ListAgenciesResponse>(client);
  service.submissions = Asking<v1::ListSubmissionsRequest, v1::ListSubmissionsResponse>(client);
  // The importer repeats it by itself.
  service.submit = [&client](const v1::SubmitManyRequest& request,
                             v1::SubmitManyResponse* response) {
    return client.Call(request, response);
  };
  return service;
}

// Who the token is, and up to where the ledger must be seen: everything before this call.
Failure WhoImports(const RowService& service, Importing& importing) {
  v1::ListSubmissionsRequest request;
  request.mutable_context()->set_ledger(importing.ledger);
  request.mutable_context()->set_page_size(1);
  v1::ListSubmissionsResponse response;
  if (Failure failure = service.submissions(request, &response); !Ok(failure)) return failure;
  importing.agency_id = response.agency().agency_id();
  importing.actor_id = response.actor_id();
  for (const v1::LedgerPosition& at : response.meta().positions()) {
    if (at.ledger() == importing.ledger) importing.min_position = at.head_position();
  }
  return {};
}

// A table of the file with its header.
struct Found {
  std::size_t sheet = 0;
  Header header;
};

// The header among the first rows of a sheet; absent, with those rows: there is none.
absl::StatusOr<std::optional<Header>> FindHeader(RawSheet& sheet, const Template* form,
                                                 std::vector<RawRow>& looked) {
  for (std::size_t i = 0; i < kHeaderRowsLooked; ++i) {
    const auto row = sheet.Next();
    if (!row.ok()) return row.status();
    if (!*row) break;
    if (auto header = HeaderIn(**row, form)) return header;
    looked.push_back(**row);
  }
  return std::optional<Header>();
}

absl::StatusOr<Found> FindTable(RawFile& file, const Template* form, const std::string& wanted) {
  std::vector<Found> found;
  std::vector<RawRow> looked;
  const std::vector<std::string> names = file.sheets();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!wanted.empty() && CleanText(names[i]) != CleanText(wanted)) continue;
    const auto sheet = file.Open(i);
    if (!sheet.ok()) return sheet.status();
    auto header = FindHeader(**sheet, form, looked);
    if (!header.ok()) return header.status();
    if (*header) found.push_back({i, **std::move(header)});
  }
  if (found.empty()) return Invalid(NoHeader(looked, form));
  if (found.size() > 1) {
    return absl::InvalidArgumentError(
        "có nhiều trang tính đúng mẫu (" + names[found[0].sheet] + ", " + names[found[1].sheet] +
        "): thêm --sheet TÊN / several worksheets fit a template: add --sheet NAME");
  }
  if (const auto doubled = DoubledColumn(found[0].header)) return Invalid(*doubled);
  return std::move(found[0]);
}

// Reads all rows once: how many there are, and that the file is whole, before anything is sent.
absl::StatusOr<std::uint64_t> CountEntries(RawFile& file, const Found& table) {
  const auto sheet = file.Open(table.sheet);
  if (!sheet.ok()) return sheet.status();
  std::uint64_t count = 0;
  for (;;) {
    const auto row = (*sheet)->Next();
    if (!row.ok()) return row.status();
    if (!*row) return count;
    count += IsEntry(table.header, **row) ? 1 : 0;
  }
}

std::vector<std::string> RemarksOf(const RawSheet& sheet, const Header& header, Language language) {
  constexpr std::size_t kShown = 5;
  std::vector<std::string> remarks;
  for (const std::size_t column : sheet.remarks().hidden_columns) {
    if (column >= header.titles.size() || header.titles[column].empty()) continue;
    remarks.push_back(
        std::string(Pick(language, "cột ẩn vẫn được đọc: ", "hidden column, read: ")) +
        header.titles[column]);
  }
  if (sheet.remarks().hidden_rows > 0) {
    remarks.push_back(std::string(Pick(language, "dòng ẩn vẫn được đọc: ", "hidden rows, read: ")) +
                      std::to_string(sheet.remarks().hidden_rows));
  }
  const std::vector<std::string>& merged = sheet.remarks().merged;
  for (std::size_t i = 0; i < merged.size() && i < kShown; ++i) {
    remarks.push_back(std::string(Pick(language, "ô gộp, giá trị hiểu cho mọi dòng của nó: ",
                                       "merged cells, the value holds for each of their rows: ")) +
                      merged[i]);
  }
  for (const std::string& other : header.others) {
    remarks.push_back(
        std::string(Pick(language, "cột không thuộc mẫu, bỏ qua: ", "not of the template: ")) +
        other);
  }
  return remarks;
}

void CountOutcome(const RowOutcome& outcome, SheetImportResult& result) {
  using Kind = RowOutcome::Kind;
  ImportCounts& counts = result.counts;
  result.exit = std::max(result.exit, outcome.exit);
  switch (outcome.kind) {
    case Kind::kCorrected:
      ++result.corrected;
      [[fallthrough]];
    case Kind::kAccepted:
      ++counts.accepted;
      return;
    case Kind::kSuperseded:
      ++result.superseded;
      [[fallthrough]];
    case Kind::kRepeated:
      ++counts.repeated;
      return;
    case Kind::kRefused:
      ++counts.refused;
      return;
    case Kind::kInvalid:
      ++counts.invalid;
      return;
    case Kind::kChecked:
      ++result.checked;
      return;
  }
}

bool ComesBack(const RowOutcome& outcome) {
  return outcome.kind == RowOutcome::Kind::kRefused || outcome.kind == RowOutcome::Kind::kInvalid;
}

std::string_view KindText(RowOutcome::Kind kind, Language language) {
  using Kind = RowOutcome::Kind;
  switch (kind) {
    case Kind::kAccepted:
      return Pick(language, "đã ghi", "accepted");
    case Kind::kCorrected:
      return Pick(language, "đã đính chính", "corrected");
    case Kind::kRepeated:
      return Pick(language, "đã ghi từ trước", "recorded before");
    case Kind::kSuperseded:
      return Pick(language, "đã ghi, sau đó được đính chính", "recorded, corrected since");
    case Kind::kRefused:
      return Pick(language, "bị từ chối", "refused");
    case Kind::kInvalid:
      return Pick(language, "không hợp lệ", "invalid");
    case Kind::kChecked:
      return Pick(language, "sẽ gửi", "would be sent");
  }
  return "";
}

}  // namespace

Sheet OutcomeHead(Language language) {
  using Align = Column::Align;
  const auto column = [&](std::string_view vi, std::string_view en, Align align = Align::kLeft) {
    return Column{std::string(Pick(language, vi, en)), align};
  };
  return {std::string(Pick(language, "Kết quả", "Outcomes")),
          {column("Dòng", "Row", Align::kRight), column("Kết quả", "Outcome"),
           column("Vị trí", "Position", Align::kRight), column("Đã hiểu là", "Understood as"),
           column("Lý do", "Why not"), column("Mã", "Id")}};
}

std::vector<Cell> OutcomeRow(const Template& form, const RowOutcome& outcome, Language language) {
  std::string echoes;
  for (const std::string& echo : outcome.entry.echoes) {
    echoes += (echoes.empty() ? "" : "\n") + echo;
  }
  return {Ordinal{outcome.entry.raw.number},
          std::string(KindText(outcome.kind, language)),
          outcome.position ? Cell(Ordinal{*outcome.position}) : Cell(),
          echoes,
          ProblemsText(form, outcome.entry.problems, language),
          outcome.submission_id};
}

bool IsSheetFile(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  for (const std::string_view sheet : {".csv", ".xlsx", ".xlsm", ".xls", ".tsv", ".ods"}) {
    if (ending == sheet) return true;
  }
  // "Unicode text" of spreadsheets; submissions in JSON begin with '{' or a comment.
  if (ending != ".txt") return false;
  std::ifstream in(path, std::ios::binary);
  char first = 0;
  in >> first;
  return first != '{' && first != '#';
}

absl::StatusOr<SheetImportResult> ImportSheet(const Session& session, const std::string& path,
                                              const SheetImportOptions& options,
                                              const TellOutcome& tell) {
  SheetImportResult result;
  const Template* form = options.form.empty() ? nullptr : FindTemplate(options.form);
  const auto file = OpenRawFile(path);
  if (!file.ok()) return file.status();
  const auto table = FindTable(**file, form, options.sheet);
  if (!table.ok()) return table.status();
  const auto total = CountEntries(**file, *table);
  if (!total.ok()) return total.status();
  const auto sheet = (*file)->Open(table->sheet);
  if (!sheet.ok()) return sheet.status();
  const Header& header = table->header;
  result.form = header.form;
  result.remarks = RemarksOf(**sheet, header, session.language);

  const RowService service = ServiceOf(*session.client);
  Importing importing;
  importing.ledger = options.ledger;
  result.stopped = WhoImports(service, importing);
  ProgressLine progress(*total, 0, session.language);
  std::vector<ReturnedRow> returned;
  const auto on_outcome = [&](RowOutcome outcome) {
    CountOutcome(outcome, result);
    progress.Show(result.counts);
    absl::Status told = tell(*header.form, outcome);
    if (ComesBack(outcome)) {
      // Both languages where only one was asked for would not fit a cell.
      std::string reason = ProblemsText(*header.form, outcome.entry.problems, session.language);
      returned.push_back({std::move(outcome.entry.raw), std::move(reason)});
    }
    return told;
  };
  RowOptions row_options = options.rows;
  row_options.today = absl::ToCivilDay(SystemClock().Now(), VietnamTimeZone());
  RowStream stream(
      service, importing, header, row_options, [&] { return (*sheet)->Next(); }, on_outcome);
  References references;  // rows name nothing of one another
  Importer importer(service.submit, options.import, references, SystemRandomUnit(), SystemSleep());
  if (Ok(result.stopped)) {
    result.stopped =
        importer.Run(stream, [&](const AnsweredBatch& batch) { return stream.Answer(batch); });
  }
  if (Ok(result.stopped)) result.stopped = stream.failure();
  progress.End();
  if (!Ok(result.stopped)) result.exit = ExitCodeOf(result.stopped);
  if (!returned.empty()) {
    result.returned_path = ReturnedPath(path);
    absl::Status written = WriteReturned(header, returned, (*file)->form(), (*file)->separator(),
                                         result.returned_path, session.language);
    if (!written.ok()) return written;
  }
  return result;
}

}  // namespace nhanrong::cli
