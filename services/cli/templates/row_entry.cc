#include "services/cli/templates/row_entry.h"

#include <algorithm>

#include "services/cli/arguments.h"
#include "services/cli/entry/date_entry.h"
#include "services/cli/templates/field_path.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

// Reads the cells of one row, column by column of the template.
class RowUnderstanding {
 public:
  RowUnderstanding(const Header& header, const RawRow& row, NumberStyle style)
      : header_(header), form_(*header.form), style_(style) {
    made_.raw = row;
  }

  RowEntry Run() {
    v1::Submission& submission = made_.submission;
    submission.set_channel(form_.from_document ? v1::INGEST_CHANNEL_MIGRATION
                                               : v1::INGEST_CHANNEL_IMPORT);
    // The command is there even when all its cells are empty.
    PlaceOf(submission,
            "command." + std::string(form_.command) + "." + std::string(form_.id_field));
    for (std::size_t c = 0; c < form_.columns.size(); ++c) Column(c);
    return std::move(made_);
  }

 private:
  const RawCell& CellAt(std::size_t column) const {
    static const RawCell kEmpty;
    const auto& place = header_.places[column];
    if (!place || *place >= made_.raw.cells.size()) return kEmpty;
    return made_.raw.cells[*place];
  }

  void Break(std::size_t column, EntryProblem words) {
    made_.problems.push_back({column, std::move(words)});
  }

  void Column(std::size_t c) {
    const TemplateColumn& column = form_.columns[c];
    if (column.kind == ColumnKind::kSequence || column.kind == ColumnKind::kUnitParent ||
        column.kind == ColumnKind::kQuantityUnit) {
      return;
    }
    const auto shown = ShownText(CellAt(c), column.kind == ColumnKind::kLines);
    if (!shown) return Break(c, shown.error());
    if (!*shown) {
      if (column.required) Break(c, {"còn trống, bắt buộc", "empty, but required"});
      return;
    }
    const std::string path = FullPath(form_, column);
    switch (column.kind) {
      case ColumnKind::kText:
      case ColumnKind::kLines:
        return SetText(made_.submission, path, **shown);
      case ColumnKind::kEnum:
        return Enum(c, path, **shown);
      case ColumnKind::kDate:
        return Take(c, path, ParseDate(CellAt(c)));
      case ColumnKind::kPeriod:
        return Take(c, path, ParsePeriod(CellAt(c)));
      case ColumnKind::kDay:
        return Day(c, path);
      case ColumnKind::kQuantity:
        return Quantity(c, path);
      case ColumnKind::kUnit:
      case ColumnKind::kModel:
      case ColumnKind::kSite:
        return Reference(c, path, **shown);
      case ColumnKind::kSequence:
      case ColumnKind::kUnitParent:
      case ColumnKind::kQuantityUnit:
        return;
    }
  }

  template <typename Message>
  void Take(std::size_t c, const std::string& path, const Understood<Message>& value) {
    if (!value) return Break(c, value.error());
    SetMessage(made_.submission, path, *value);
  }

  void Day(std::size_t c, const std::string& path) {
    const auto day = ParseDay(CellAt(c));
    if (!day) return Break(c, day.error());
    SetText(made_.submission, path, *day);
  }

  void Enum(std::size_t c, const std::string& path, const std::string& text) {
    const TemplateColumn& column = form_.columns[c];
    const google::protobuf::EnumDescriptor& type = *FieldOf(path)->enum_type();
    const std::string folded = FoldWord(text);
    for (int i = 0; i < type.value_count(); ++i) {
      const int number = type.value(i)->number();
      const bool allowed = number != 0 && (column.allowed.empty() ||
                                           std::find(column.allowed.begin(), column.allowed.end(),
                                                     number) != column.allowed.end());
      if (!allowed) continue;
      if (folded == FoldWord(WordOf(type, number, Language::kVietnamese)) ||
          folded == FoldWord(WordOf(type, number, Language::kEnglish)) ||
          folded == FoldWord(ShortName(type, number))) {
        return SetEnum(made_.submission, path, number);
      }
    }
    const auto list = [&](Language language) {
      std::string choices;
      for (const std::string& choice : ChoicesOf(form_, column, language)) {
        choices += (choices.empty() ? "" : "; ") + choice;
      }
      return choices;
    };
    Break(c, {"không có giá trị \"" + text + "\"; chọn: " + list(Language::kVietnamese),
              "no such value \"" + text + "\"; one of: " + list(Language::kEnglish)});
  }

  // The text of the column of kind `kind` right behind `c`, empty: none.
  Understood<std::string> Beside(std::size_t c, ColumnKind kind) const {
    if (c + 1 >= form_.columns.size() || form_.columns[c + 1].kind != kind) return "";
    const auto shown = ShownText(CellAt(c + 1));
    if (!shown) return tl::unexpected(shown.error());
    return shown->value_or("");
  }

  void Quantity(std::size_t c, const std::string& path) {
    const auto unit = Beside(c, ColumnKind::kQuantityUnit);
    if (!unit) return Break(c + 1, unit.error());
    auto quantity = ParseQuantity(CellAt(c), {style_, *unit});
    if (!quantity) return Break(c, quantity.error());
    if (std::string echo = QuantityEcho(*quantity); !echo.empty()) {
      made_.echoes.push_back(std::move(echo));
    }
    if (form_.from_document && quantity->raw_text().empty()) {
      quantity->set_raw_text(QuantityText(*quantity, Language::kVietnamese));
    }
    SetMessage(made_.submission, path, *quantity);
  }

  void Reference(std::size_t c, const std::string& path, const std::string& text) {
    const ColumnKind kind = form_.columns[c].kind;
    std::string parent;
    if (kind == ColumnKind::kUnit) {
      const auto beside = Beside(c, ColumnKind::kUnitParent);
      if (!beside) return Break(c + 1, beside.error());
      parent = *beside;
    }
    made_.references.push_back({c, kind, path, text, parent});
  }

  const Header& header_;
  const Template& form_;
  NumberStyle style_;
  RowEntry made_;
};

}  // namespace

namespace {

// A remark, or the example that a template comes with: its first cell says so.
bool IsRemark(const std::string& first) {
  const std::string word = FoldWord(first);
  return first.starts_with('#') || word == FoldWord(kExampleVi) || word == FoldWord(kExampleEn);
}

}  // namespace

bool IsEntry(const Header& header, const RawRow& row) {
  if (row.number <= header.row) return false;
  bool first = true;
  bool any = false;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto shown = ShownText(row.cells[i]);
    if (shown && !*shown) continue;
    if (first && IsRemark(shown ? **shown : "?")) return false;
    first = false;
    // A row number alone is no content.
    const bool sequence =
        header.form->columns[0].kind == ColumnKind::kSequence && header.places[0] == i;
    any = any || !sequence;
  }
  return any;
}

RowEntry ReadRow(const Header& header, const RawRow& row, NumberStyle style) {
  return RowUnderstanding(header, row, style).Run();
}

std::string ProblemsText(const Template& form, const std::vector<RowProblem>& problems,
                         Language language) {
  std::string text;
  for (const RowProblem& problem : problems) {
    if (!text.empty()) text += "; ";
    if (problem.column) {
      text += std::string(Pick(language, "cột ", "column ")) + "\"" +
              std::string(Pick(language, form.columns[*problem.column].vi,
                               form.columns[*problem.column].en)) +
              "\": ";
    }
    text += Pick(language, problem.words.vi, problem.words.en);
  }
  return text;
}

}  // namespace nhanrong::cli
