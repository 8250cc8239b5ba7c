#include "services/cli/row_import/answer_words.h"

#include "services/cli/row_import/row_stream.h"
#include "services/cli/templates/field_path.h"

namespace nhanrong::cli {
namespace {

// "figures[1].unit" -> "figures.unit", and which of the list: 1.
std::string WithoutIndexes(const std::string& field, std::size_t& index) {
  std::string plain;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '[') {
      plain += field[i];
      continue;
    }
    const std::size_t end = field.find(']', i);
    if (end == std::string::npos) break;
    index = static_cast<std::size_t>(std::stoul("0" + field.substr(i + 1, end - i - 1)));
    i = end;
  }
  return plain;
}

// The field of the command that a field of a correction stands for.
std::string OfCommand(const Template& form, std::string field) {
  const std::string correction = "command.correct_fact.";
  const std::string replacement = correction + "replacement." + std::string(form.fact);
  if (field.starts_with(replacement)) {
    return "command." + std::string(form.command) + field.substr(replacement.size());
  }
  if (field == correction + "occurred_on") return "occurred_on";
  return field;
}

bool Covers(const std::string& path, const std::string& field) {
  return field == path || field.starts_with(path + ".");
}

std::optional<std::size_t> ColumnOf(const Template& form, const std::string& field) {
  std::size_t index = 0;
  const std::string plain = WithoutIndexes(OfCommand(form, field), index);
  for (std::size_t c = 0; c < form.columns.size(); ++c) {
    const TemplateColumn& column = form.columns[c];
    if (column.kind == ColumnKind::kSequence || column.kind == ColumnKind::kQuantityUnit) continue;
    if (!Covers(FullPath(form, column), plain)) continue;
    // Columns of one list follow each other.
    if (column.kind != ColumnKind::kQuantity || index == 0) return c;
    --index;
  }
  return std::nullopt;
}

}  // namespace

RowProblem ProblemOf(const Template& form, const v1::Violation& violation) {
  RowProblem problem{ColumnOf(form, violation.field()),
                     {violation.wrong_vi(), violation.wrong_en()}};
  if (!violation.right_vi().empty()) problem.words.vi += " → " + violation.right_vi();
  if (!violation.right_en().empty()) problem.words.en += " → " + violation.right_en();
  return problem;
}

void AddProblems(const Template& form, const Failure& failure, RowOutcome& outcome) {
  const v1::ErrorDetail detail = DetailOf(failure);
  if (detail.has_refusal_position()) outcome.position = detail.refusal_position();
  for (const v1::Violation& violation : detail.violations()) {
    outcome.entry.problems.push_back(ProblemOf(form, violation));
  }
  if (!detail.violations().empty()) return;
  outcome.entry.problems.push_back(
      {std::nullopt,
       {FailureLine(failure, Language::kVietnamese), FailureLine(failure, Language::kEnglish)}});
}

}  // namespace nhanrong::cli
