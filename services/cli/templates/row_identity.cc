#include "services/cli/templates/row_identity.h"

#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/cli/entry/entry.h"
#include "services/cli/templates/field_path.h"

namespace nhanrong::cli {
namespace {

// Version 4, drawn once: the namespace of ids made from rows.
constexpr std::string_view kRowNamespace = "9d7b2c5a-6f0e-4a57-8f36-2b7c1e0d4a11";
constexpr std::string_view kRowPrefix = "row/";
constexpr std::string_view kContentPrefix = "content/";

std::string Made(const std::string& name) {
  static const Id128 name_space = *ParseUuid(kRowNamespace);
  return Uuid5(name_space, name);
}

std::string Field(std::string_view path, const std::string& value) {
  return std::string(path) + "=" + std::to_string(value.size()) + ":" + value + "\n";
}

bool HasValue(const TemplateColumn& column) {
  return column.kind != ColumnKind::kSequence && column.kind != ColumnKind::kUnitParent &&
         column.kind != ColumnKind::kQuantityUnit;
}

}  // namespace

RowIdentity IdentityOf(const Template& form, const std::string& agency_id,
                       const v1::Submission& submission) {
  std::string key = agency_id + "\n" + std::string(form.name) + "\n";
  std::string content;
  std::string last;
  for (const TemplateColumn& column : form.columns) {
    const std::string path = FullPath(form, column);
    // Columns of one list stand for one field.
    if (!HasValue(column) || path == last || path == "reason") continue;
    last = path;
    const std::string value = CanonicalText(submission, path);
    if (column.key) {
      key += Field(column.path, column.kind == ColumnKind::kText ? FoldName(value) : value);
    }
    // An absent value has no trace: a template that gets a column keeps the ids of its rows.
    if (!value.empty() && value != "0") content += Field(column.path, value);
  }
  const std::string row = Made(key);
  return {std::string(kRowPrefix) + row, std::string(kContentPrefix) + Made(row + "\n" + content),
          DerivedUlid(absl::UnixEpoch(), "import\n" + row)};
}

std::string SubmissionIdOf(const RowIdentity& identity, const std::string& reason,
                           std::uint64_t attempt) {
  return Made(identity.row + "\n" + identity.content + "\n" + reason + "\n" +
              std::to_string(attempt));
}

}  // namespace nhanrong::cli
