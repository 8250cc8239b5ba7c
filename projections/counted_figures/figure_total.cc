#include "projections/counted_figures/figure_total.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "projections/counted_figures/figure_findings.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/quantity_math.h"

namespace nhanrong::projections {
namespace {

using Row = v1::CountedFigureRow;
using Rows = std::vector<Row*>;

// 0: open. "Not stated" may be any.
template <typename Category>
int StatedOrOpen(Category category, Category not_stated) {
  return category == not_stated ? 0 : static_cast<int>(category);
}

// Categories that a figure states.
struct Categories {
  explicit Categories(const v1::CountedFigure& figure)
      : of{static_cast<int>(figure.level()),
           StatedOrOpen(figure.field(), v1::MODEL_FIELD_NOT_STATED),
           StatedOrOpen(figure.sector_block(), v1::SECTOR_BLOCK_NOT_STATED)} {}
  std::array<int, 3> of;
};

// What the row counts, and when, beside what other rows count.
class Population {
 public:
  Population(const query::QueryScope& scope, const Row& row)
      : scope_(scope), row_(row), categories_(row.figure()) {}

  // Whether `other` surely counts what this one counts, if both speak of one period.
  bool IsWithin(const Population& other) const {
    for (std::size_t i = 0; i < categories_.of.size(); ++i) {
      const int outer = other.categories_.of[i];
      if (outer != 0 && outer != categories_.of[i]) return false;
    }
    return measure() == other.measure() && UnitIsWithin(other);
  }
  bool IsSameAs(const Population& other) const {
    return unit() == other.unit() && categories_.of == other.categories_.of &&
           measure() == other.measure();
  }

  bool IsApartFrom(const Population& other) const {
    for (std::size_t i = 0; i < categories_.of.size(); ++i) {
      const int a = categories_.of[i];
      const int b = other.categories_.of[i];
      if (a != 0 && b != 0 && a != b) return true;
    }
    return IsOnTheMap() && other.IsOnTheMap() && !UnitIsWithin(other) && !other.UnitIsWithin(*this);
  }

  // Newer periods are greater; none is the least.
  std::tuple<std::string, std::string> period() const {
    return {row_.period().to(), row_.period().from()};
  }
  const std::string& measure() const { return row_.figure().quantity().unit(); }

 private:
  const std::string& unit() const { return row_.figure().unit_id(); }
  bool UnitIsWithin(const Population& other) const {
    return unit() == other.unit() ||
           scope_.units.IsWithin(unit(), other.unit(), scope_.effective_on);
  }
  bool IsOnTheMap() const { return scope_.units.Ref(unit(), scope_.effective_on).has_value(); }

  const query::QueryScope& scope_;
  const Row& row_;
  const Categories categories_;
};

class Adding {
 public:
  explicit Adding(const query::QueryScope& scope) : scope_(scope) {}

  FigureTotal Add(Rows rows) && {
    for (Row* row : rows) {
      if (row->figure().quantity().scale() > query::kMaxScale) {
        return {{}, {}, NotAdded(row->figure(), query::SumError::kTooLarge)};
      }
    }
    rows = OnceEach(rows);
    if (rows.empty()) return {{}, {}, Disputed()};
    rows = Outermost(rows);
    if (auto absent = WhyNotOne(rows)) return {{}, {}, std::move(absent)};
    return Sum(rows);
  }

 private:
  Population Of(const Row& row) const { return {scope_, row}; }
  bool SameStatement(const Row& a, const Row& b) const {
    return Of(a).period() == Of(b).period() && Of(a).IsSameAs(Of(b));
  }

  // One row for each that speaks of the same things and period.
  Rows OnceEach(const Rows& rows) {
    Rows once;
    std::set<Row*> done;
    for (Row* row : rows) {
      if (done.contains(row)) continue;
      Rows same;
      std::copy_if(rows.begin(), rows.end(), std::back_inserter(same),
                   [&](Row* other) { return SameStatement(*row, *other); });
      done.insert(same.begin(), same.end());
      if (Row* taken = TakeOne(same)) once.push_back(taken);
    }
    return once;
  }

  // Null: they contradict each other.
  Row* TakeOne(const Rows& same) {
    Row* strongest = *std::min_element(same.begin(), same.end(), [](Row* a, Row* b) {
      return SaysMore(a->figure().quantity(), b->figure().quantity());
    });
    const auto disputes = [&](Row* other) {
      return Contradict(strongest->figure().quantity(), other->figure().quantity());
    };
    const bool disputed = std::any_of(same.begin(), same.end(), disputes);
    for (Row* row : same) {
      if (disputed) {
        *row->add_findings() = Disputed();
      } else if (row != strongest) {
        *row->add_findings() = CountedOnce(strongest->figure().quantity());
      }
    }
    left_out_ |= disputed;
    return disputed ? nullptr : strongest;
  }

  // Rows that are not counted in another one; of one population the newest period.
  Rows Outermost(const Rows& rows) {
    Rows outermost;
    for (Row* row : rows) {
      const Row* cover = CoverOf(*row, rows);
      if (cover == nullptr) {
        outermost.push_back(row);
      } else {
        *row->add_findings() = CoveredBy(*row, *cover);
      }
    }
    return outermost;
  }

  const Row* CoverOf(const Row& row, const Rows& rows) const {
    const Population inner = Of(row);
    const auto cover = std::find_if(rows.begin(), rows.end(), [&](const Row* other) {
      const Population outer = Of(*other);
      if (other == &row || !inner.IsWithin(outer)) return false;
      return !outer.IsWithin(inner) || outer.period() > inner.period();
    });
    return cover == rows.end() ? nullptr : *cover;
  }

  v1::Violation CoveredBy(const Row& row, const Row& cover) {
    if (Of(row).period() != Of(cover).period()) return OfOtherPeriod(cover.period());
    const v1::Quantity& part = row.figure().quantity();
    const v1::Quantity& whole = cover.figure().quantity();
    if (IsAtLeast(part) && IsAtMost(whole) && query::IsGreater(part, whole)) {
      left_out_ = true;  // who counts the part says that there are more
      return LargerThanItsWhole(part, whole, cover.unit());
    }
    return PerhapsCounted(cover.unit());
  }

  // Why rows that count different things are no total; absent: they are one.
  std::optional<v1::Violation> WhyNotOne(const Rows& rows) const {
    std::optional<v1::Violation> why;
    for (Row* row : rows) {
      if (Of(*row).measure() != Of(*rows.front()).measure()) {
        why = NotAdded(row->figure(), query::SumError::kUnitsDiffer);
        *row->add_findings() = *why;
      }
    }
    if (why) return why;
    const bool one_period = std::all_of(rows.begin(), rows.end(), [&](const Row* row) {
      return Of(*row).period() == Of(*rows.front()).period();
    });
    return one_period ? std::nullopt : std::optional(SeveralPeriods());
  }

  FigureTotal Sum(Rows rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const Row* a, const Row* b) {
      return query::IsGreater(a->figure().quantity(), b->figure().quantity());
    });
    Rows added;
    std::optional<v1::Quantity> total;
    for (Row* row : rows) {
      if (const Row* other = OverlapOf(*row, added)) {
        *row->add_findings() = MayOverlap(other->unit());
        left_out_ = true;
        continue;
      }
      v1::Quantity so_far = total.value_or(row->figure().quantity());
      if (!total) so_far.set_value(0);
      auto sum = query::Sum(so_far, row->figure().quantity());
      if (!sum) {
        *row->add_findings() = NotAdded(row->figure(), sum.error());
        return {{}, {}, NotAdded(row->figure(), sum.error())};
      }
      total = *std::move(sum);
      added.push_back(row);
    }
    if (left_out_) total->set_bound(query::CombineBounds(total->bound(), v1::BOUND_AT_LEAST));
    FigureTotal made{std::move(total), {}, {}};
    if (added.front()->has_period()) made.period = added.front()->period();
    return made;
  }

  const Row* OverlapOf(const Row& row, const Rows& added) const {
    const auto other = std::find_if(added.begin(), added.end(), [&](const Row* counted) {
      return !Of(row).IsApartFrom(Of(*counted));
    });
    return other == added.end() ? nullptr : *other;
  }

  const query::QueryScope& scope_;
  bool left_out_ = false;
};

}  // namespace

FigureTotal TotalOf(const query::QueryScope& scope,
                    const std::function<bool(const std::string& figure_id)>& is_part,
                    std::vector<Row>& rows) {
  if (rows.empty()) return {};
  Rows wholes;
  for (Row& row : rows) {
    if (!is_part(row.figure_id())) wholes.push_back(&row);
  }
  if (wholes.empty()) return {{}, {}, OnlyParts()};
  return Adding(scope).Add(std::move(wholes));
}

}  // namespace nhanrong::projections
