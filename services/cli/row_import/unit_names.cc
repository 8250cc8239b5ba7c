#include "services/cli/row_import/unit_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kTypes[] = {"xã",    "phường", "thị trấn",  "thị xã", "đặc khu",
                                       "huyện", "quận",   "thành phố", "tỉnh",   "thôn",
                                       "ấp",    "bản",    "tổ dân phố"};
// Lengths of official codes: province, district, commune.
constexpr std::array<std::size_t, 3> kCodeLengths = {2, 3, 5};
constexpr std::size_t kCandidatesShown = 6;
constexpr int kDepthMax = 8;

bool IsCode(const std::string& text) {
  return !text.empty() && text.size() <= kCodeLengths.back() &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

// "xã phú" -> "phú": folded names without the type of unit.
std::string WithoutType(const std::string& folded) {
  for (const std::string_view type : kTypes) {
    const std::string prefix = FoldName(type) + " ";
    if (folded.starts_with(prefix)) return folded.substr(prefix.size());
  }
  return folded;
}

std::vector<std::string> PartsOf(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find_first_of(",;", begin), text.size());
    std::string part = CleanText(text.substr(begin, end - begin));
    if (!part.empty()) parts.push_back(std::move(part));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

struct UnitNames::Unit {
  std::string id;
  std::string parent;
  std::string code;
  std::string name;
  std::string folded;
  std::string bare;
};

// The map as it was on one day.
class UnitNames::Day {
 public:
  void Add(const v1::UnitEntry& entry) {
    const std::string folded = FoldName(entry.unit().name_at_event());
    by_id_.emplace(entry.unit().unit_id(), units_.size());
    units_.push_back({entry.unit().unit_id(), entry.parent_unit_id(), entry.unit().code_at_event(),
                      entry.unit().name_at_event(), folded, WithoutType(folded)});
    by_bare_.emplace(units_.back().bare, units_.size() - 1);
    by_code_.emplace(units_.back().code, units_.size() - 1);
  }

  std::vector<const Unit*> WithCode(const std::string& code) const { return All(by_code_, code); }
  // Those of exactly this name where there are any, else those that differ in the type of unit.
  std::vector<const Unit*> Named(const std::string& name) const {
    const std::string folded = FoldName(name);
    std::vector<const Unit*> found = All(by_bare_, WithoutType(folded));
    const auto exact = [&](const Unit* unit) { return unit->folded == folded; };
    // "Xã Mẫu" is not "Phường Mẫu"; "Mẫu" may be either.
    if (WithoutType(folded) != folded || std::any_of(found.begin(), found.end(), exact)) {
      std::erase_if(found, [&](const Unit* unit) { return !exact(unit); });
    }
    return found;
  }

  bool LiesWithin(const Unit& unit, const std::string& above) const {
    const std::string folded = FoldName(above);
    const Unit* step = Above(unit);
    for (int depth = 0; step != nullptr && depth < kDepthMax; ++depth, step = Above(*step)) {
      if (step->folded == folded || step->bare == folded || step->code == above) return true;
    }
    return false;
  }
  // "Xã Mẫu (30268), Huyện Mẫu".
  std::string Shown(const Unit& unit) const {
    std::string text = unit.name;
    if (!unit.code.empty()) text += " (" + unit.code + ")";
    if (const Unit* above = Above(unit)) text += ", " + above->name;
    return text;
  }

 private:
  using Index = std::multimap<std::string, std::size_t>;

  std::vector<const Unit*> All(const Index& index, const std::string& key) const {
    std::vector<const Unit*> found;
    const auto [begin, end] = index.equal_range(key);
    for (auto it = begin; it != end; ++it) found.push_back(&units_[it->second]);
    return found;
  }
  const Unit* Above(const Unit& unit) const {
    const auto found = by_id_.find(unit.parent);
    return found == by_id_.end() ? nullptr : &units_[found->second];
  }

  std::vector<Unit> units_;
  std::map<std::string, std::size_t> by_id_;
  Index by_bare_;
  Index by_code_;
};

UnitNames::UnitNames(const RowService& service, std::string ledger)
    : service_(service), ledger_(std::move(ledger)) {}
UnitNames::~UnitNames() = default;

std::shared_ptr<const UnitNames::Day> UnitNames::DayMap(absl::CivilDay day, Failure& failure) {
  const auto known =
      std::find_if(days_.begin(), days_.end(), [&](const auto& kept) { return kept.first == day; });
  if (known != days_.end()) {
    days_.splice(days_.begin(), days_, known);
    return days_.front().second;
  }
  v1::ListUnitsRequest request;
  request.mutable_context()->set_ledger(ledger_);
  request.mutable_context()->set_effective_on(absl::FormatCivilTime(day));
  request.set_whole_map(true);
  const auto map = std::make_shared<Day>();
  failure = AllPages(service_.units, request, [&](const v1::ListUnitsResponse& page) {
    for (const v1::UnitEntry& entry : page.units()) map->Add(entry);
  });
  if (!Ok(failure)) return nullptr;
  days_.emplace_front(day, map);
  if (days_.size() > kDaysKept) days_.pop_back();
  return map;
}

// Units of this name or code, then fewer by each part that says what they lie within.
std::vector<const UnitNames::Unit*> UnitNames::Candidates(const Day& map,
                                                          const std::vector<std::string>& parts) {
  const std::string name = parts.empty() ? "" : parts.front();
  std::vector<const Unit*> found = IsCode(name) ? map.WithCode(name) : map.Named(name);
  // A spreadsheet takes the zeros at the beginning away: "1" was "01".
  for (const std::size_t length : kCodeLengths) {
    if (!found.empty() || !IsCode(name) || name.size() >= length) continue;
    found = map.WithCode(std::string(length - name.size(), '0') + name);
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    std::erase_if(found, [&](const Unit* unit) { return !map.LiesWithin(*unit, parts[i]); });
  }
  return found;
}

Understood<UnitNames::Found> UnitNames::Find(const std::string& text, const std::string& within,
                                             absl::CivilDay day, Failure& failure) {
  const auto map = DayMap(day, failure);
  if (map == nullptr) return NotUnderstood("", "");
  std::vector<std::string> parts = PartsOf(text);
  for (std::string& above : PartsOf(within)) parts.push_back(std::move(above));
  const std::vector<const Unit*> found = Candidates(*map, parts);
  if (found.size() == 1) return Found{found.front()->id, map->Shown(*found.front())};
  const std::string on = absl::FormatCivilTime(day);
  if (found.empty()) {
    return NotUnderstood("không có đơn vị \"" + text + "\"" +
                             (within.empty() ? "" : " thuộc \"" + within + "\"") + " vào ngày " +
                             IsoDateText(on, Language::kVietnamese),
                         "no unit \"" + text + "\"" +
                             (within.empty() ? "" : " within \"" + within + "\"") + " on " + on);
  }
  std::string candidates;
  for (std::size_t i = 0; i < found.size() && i < kCandidatesShown; ++i) {
    candidates += (i == 0 ? "" : "; ") + map->Shown(*found[i]);
  }
  if (found.size() > kCandidatesShown) candidates += "; …";
  const std::string count = std::to_string(found.size());
  return NotUnderstood(
      "có " + count + " đơn vị \"" + text + "\": ghi mã số, hoặc đơn vị cấp trên: " + candidates,
      count + " units \"" + text + "\": give the code or what it lies within: " + candidates);
}

}  // namespace nhanrong::cli
