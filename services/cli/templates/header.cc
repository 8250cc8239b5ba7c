#include "services/cli/templates/header.h"

#include <algorithm>

namespace nhanrong::cli {
namespace {

std::string Folded(std::string_view title) {
  std::string folded = FoldWord(title);
  for (const std::string_view ending : {" bat buoc", " required"}) {
    if (folded.ends_with(ending)) folded.resize(folded.size() - ending.size());
  }
  return folded;
}

bool IsTitleOf(const std::string& folded, const TemplateColumn& column) {
  return folded == Folded(column.vi) || folded == Folded(column.en);
}

bool IsOurs(const std::string& folded) {
  return folded.empty() || folded == Folded(kReturnedVi) || folded == Folded(kReturnedEn);
}

std::vector<std::string> Titles(const RawRow& row) {
  std::vector<std::string> titles;
  for (const RawCell& cell : row.cells) {
    const auto shown = ShownText(cell);
    titles.push_back(shown ? shown->value_or("") : cell.text);
  }
  return titles;
}

struct Match {
  Header header;
  std::size_t found = 0;
  std::vector<std::string_view> missing;  // required titles
};

// The first title of the column that no other column has.
std::optional<std::size_t> PlaceOf(const TemplateColumn& column,
                                   const std::vector<std::string>& folded,
                                   const std::vector<bool>& used) {
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!used[i] && IsTitleOf(folded[i], column)) return i;
  }
  return std::nullopt;
}

Match MatchOf(const RawRow& row, const Template& form) {
  Match match;
  match.header = {&form, row.number, Titles(row), {}, {}};
  std::vector<std::string> folded;
  folded.reserve(match.header.titles.size());
  for (const std::string& title : match.header.titles) folded.push_back(Folded(title));
  std::vector<bool> used(folded.size(), false);
  for (const TemplateColumn& column : form.columns) {
    const std::optional<std::size_t> place = PlaceOf(column, folded, used);
    if (place) {
      used[*place] = true;
      ++match.found;
    } else if (column.required) {
      match.missing.push_back(column.vi);
    }
    match.header.places.push_back(place);
  }
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!used[i] && !IsOurs(folded[i])) match.header.others.push_back(match.header.titles[i]);
  }
  return match;
}

// The template with the most columns of its own in the row. Better: fewer required ones missing.
std::optional<Match> BestMatch(const RawRow& row, const Template* form) {
  std::optional<Match> best;
  for (const Template& candidate : Templates()) {
    if (form != nullptr && &candidate != form) continue;
    Match match = MatchOf(row, candidate);
    const bool better = !best || match.missing.size() < best->missing.size() ||
                        (match.missing.size() == best->missing.size() && match.found > best->found);
    if (better) best = std::move(match);
  }
  return best;
}

}  // namespace

std::optional<Header> HeaderIn(const RawRow& row, const Template* form) {
  std::optional<Match> best = BestMatch(row, form);
  if (!best || !best->missing.empty()) return std::nullopt;
  return std::move(best->header);
}

EntryProblem NoHeader(const std::vector<RawRow>& rows, const Template* form) {
  std::optional<Match> nearest;
  for (const RawRow& row : rows) {
    std::optional<Match> match = BestMatch(row, form);
    if (match && match->found > 1 && (!nearest || match->found > nearest->found)) {
      nearest = std::move(match);
    }
    for (const RawCell& cell : row.cells) {
      if (const auto shown = ShownText(cell); !shown) return shown.error();
    }
  }
  if (!nearest) {
    return {
        "không thấy hàng tiêu đề của mẫu nào trong 40 hàng đầu: tạo mẫu bằng nhanrong import "
        "--template TÊN, xem nhanrong import --list-templates",
        "no header of a template in the first 40 rows: make one with nhanrong import --template "
        "NAME, see nhanrong import --list-templates"};
  }
  std::string missing;
  for (const std::string_view title : nearest->missing) {
    missing += (missing.empty() ? "\"" : ", \"") + std::string(title) + "\"";
  }
  const std::string where = std::to_string(nearest->header.row);
  const std::string name(nearest->header.form->name);
  return {"hàng " + where + " gần giống tiêu đề của mẫu " + name + " nhưng thiếu cột " + missing,
          "row " + where + " is nearly the header of template " + name + " but lacks " + missing};
}

std::optional<EntryProblem> DoubledColumn(const Header& header) {
  for (std::size_t c = 0; c < header.places.size(); ++c) {
    const TemplateColumn& column = header.form->columns[c];
    for (const std::string& other : header.others) {
      if (!IsTitleOf(Folded(other), column)) continue;
      return EntryProblem{"cột \"" + other + "\" có hai lần: giữ một cột",
                          "the column \"" + other + "\" stands twice: keep one"};
    }
  }
  return std::nullopt;
}

}  // namespace nhanrong::cli
