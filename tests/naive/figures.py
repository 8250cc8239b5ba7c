"""What sources count without naming: projections/counted_figures/README.md.

Of a finding only its field and rule are made here; its words are not compared.
"""

from history import of_aggregate
from numbers_stated import (at_least, at_most, combined, contradict, is_exact, number, percent_agrees, says_more, total)

CATEGORIES = ("level", "field", "sectorBlock")
NOT_STATED = ("MODEL_FIELD_NOT_STATED", "SECTOR_BLOCK_NOT_STATED")


def finding(field, rule):
    return {"field": field, "rule": "figure." + rule}


def standing_figures(moment, asked):
    """Figures known to hold on the day that the asker may read, by id."""
    standing = {}
    for figure_id, stream in of_aggregate(moment.streams, "figure"):
        held = stream.held_on(moment.day)
        if held and may_read(moment, asked, held[-1]):
            standing[figure_id] = held[-1]
    return standing


def may_read(moment, asked, fact):
    """In the unit that is asked about as the answer is read; elsewhere, what the asker reads there."""
    unit_id = fact.body["figure"]["unitId"]
    asked_about = moment.map.within(unit_id, asked.get("unit", ""), moment.day)
    return moment.rank(fact) <= max(moment.reads if asked_about else -1, moment.reads_about(unit_id))


def matches(moment, figure, asked):
    """A figure matches a filter only if it states what the filter asks for."""
    if figure["subject"] != "FIGURE_SUBJECT_MODELS":
        return False
    if any(asked.get(name) for name in ("status", "year", "gave-way-to", "steward")):
        return False
    for name, category in (("level", "level"), ("field", "field"), ("block", "sectorBlock")):
        if asked.get(name) and asked[name] != figure.get(category):
            return False
    return moment.map.within(figure["unitId"], asked.get("unit", ""), moment.day)


def share_of(figure, whole):
    """The share of the whole; none of numbers that no ratio is made of."""
    part, of = figure["quantity"], whole["quantity"]
    if part["unit"] != of["unit"] or number(part) < 0 or number(of) < 0:
        return {}
    return {"numerator": part, "denominator": of, "populationDefId": "figure/" + figure["partOfFigureId"],
            "rounding": "ROUNDING_HALF_UP"}


def differ(stated, recorded):
    return is_exact(stated) and is_exact(recorded) and number(stated) != number(recorded)


def findings_of(figure, whole):
    """What does not add up in one figure."""
    printed = figure.get("printedShare", {})
    numerator, denominator = printed.get("numerator", {}), printed.get("denominator", {})
    part, of = (figure["quantity"], whole["quantity"]) if whole else (numerator, denominator)
    found = []
    if percent_agrees(part, of, printed.get("printed", "")) is False:
        found.append(finding("figure.printed_share.printed", "printed_share"))
    if not whole:
        return found
    if differ(numerator, part) or differ(denominator, of):
        found.append(finding("figure.printed_share", "share_integers"))
    if is_exact(part) and is_exact(of) and part["unit"] == of["unit"] and number(part) > number(of):
        found.append(finding("figure.quantity", "part_of_whole"))
    return found


def row_of(moment, figure_id, fact, standing):
    figure = fact.body["figure"]
    whole = standing.get(figure.get("partOfFigureId"))
    whole = whole.body["figure"] if whole else None
    known = fact.unit if fact.unit.get("unitId") == figure["unitId"] else None
    return {"figureId": figure_id, "figure": figure, "unit": moment.map.ref(figure["unitId"], moment.day, known),
            "period": fact.period, "sources": fact.sources, "share": share_of(figure, whole) if whole else {},
            "findings": findings_of(figure, whole)}


def is_part_of_one(figure_id, standing, among):
    """Whether it is part of another row, directly or through any figure that stands."""
    seen = [figure_id]
    while seen[-1] in standing:
        whole = standing[seen[-1]].body["figure"].get("partOfFigureId")
        if not whole or whole in seen:
            return False
        if whole in among:
            return True
        seen.append(whole)
    return False


def count_figures(moment, asked):
    """The part of CountModels that shows what sources count, with its total."""
    standing = standing_figures(moment, asked)
    rows = {figure_id: row_of(moment, figure_id, fact, standing) for figure_id, fact in standing.items()
            if matches(moment, fact.body["figure"], asked)}
    wholes = [row for figure_id, row in rows.items() if not is_part_of_one(figure_id, standing, rows)]
    return {"counted": list(rows.values()), **total_of(moment, rows, wholes)}


def total_of(moment, rows, wholes):
    if not rows:
        return {}
    if not wholes:
        return {"countedAbsent": finding("counted_total", "total_parts")}
    return Total(moment).of(wholes)


class Total:
    """The total of figures that surely count different things; the others get a finding that says why."""

    def __init__(self, moment):
        self.moment = moment
        self.left_out = False  # something that may be more than what is counted elsewhere

    def of(self, rows):
        rows = self.once_each(rows)
        if not rows:
            return {"countedAbsent": finding("figure.quantity", "disputed")}
        rows = self.outermost(rows)
        others = [row for row in rows if measure(row) != measure(rows[0])]
        for row in others:
            row["findings"].append(finding("figure.quantity", "total"))
        if others:
            return {"countedAbsent": finding("figure.quantity", "total")}
        if any(days(row) != days(rows[0]) for row in rows):
            return {"countedAbsent": finding("counted_total", "total_period")}
        return self.sum(rows)

    def once_each(self, rows):
        """Of several numbers for the same things and period the one that says most; none if they contradict it."""
        taken, done = [], []
        for row in rows:
            if row["figureId"] in done:
                continue
            same = [other for other in rows if days(other) == days(row) and same_things(row, other)]
            done += [other["figureId"] for other in same]
            best = same[0]
            for other in same[1:]:
                best = other if says_more(quantity(other), quantity(best)) else best
            if any(contradict(quantity(best), quantity(other)) for other in same):
                self.left_out = True
                for other in same:
                    other["findings"].append(finding("figure.quantity", "disputed"))
                continue
            taken.append(best)
            for other in same:
                if other is not best:
                    other["findings"].append(finding("figure.quantity", "counted_once"))
        return taken

    def outermost(self, rows):
        """Rows that no other one counts as well; of the same things in several periods the newest."""
        kept = []
        for row in rows:
            covers = [other for other in rows if other is not row and self.counts(other, row)
                      and (not self.counts(row, other) or days(other) > days(row))]
            if not covers:
                kept.append(row)
                continue
            row["findings"].append(self.covered(row, covers[0]))
        return kept

    def covered(self, row, cover):
        if days(row) != days(cover):
            return finding("period", "other_period")
        part, whole = quantity(row), quantity(cover)
        if at_least(part) and at_most(whole) and number(part) > number(whole):
            self.left_out = True  # sources dispute: the whole may be more than it says
            return finding("figure.quantity", "disputed")
        return finding("figure.unit_id", "perhaps_counted")

    def counts(self, outer, inner):
        """Whether one surely counts what the other counts, if both speak of one period."""
        stated = all(not category(outer, name) or category(outer, name) == category(inner, name)
                     for name in CATEGORIES)
        return stated and measure(outer) == measure(inner) and self.lies_in(inner, outer)

    def lies_in(self, inner, outer):
        a, b = inner["figure"]["unitId"], outer["figure"]["unitId"]
        return a == b or self.moment.map.within(a, b, self.moment.day)

    def apart(self, a, b):
        """Whether they surely count different things."""
        if any(category(a, name) and category(b, name) and category(a, name) != category(b, name)
               for name in CATEGORIES):
            return True
        on_map = all(row["figure"]["unitId"] in self.moment.map.units
                     and self.moment.map.units[row["figure"]["unitId"]].known_on(self.moment.day) for row in (a, b))
        return on_map and not self.lies_in(a, b) and not self.lies_in(b, a)

    def sum(self, rows):
        """The largest first, each that is apart from all added so far."""
        added = []
        for row in sorted(rows, key=lambda row: -number(quantity(row))):
            if all(self.apart(row, other) for other in added):
                added.append(row)
            else:
                row["findings"].append(finding("figure.unit_id", "may_overlap"))
                self.left_out = True
        made = total([quantity(row) for row in added])
        if self.left_out:
            made["bound"] = combined(made["bound"], "BOUND_AT_LEAST")
        return {"countedTotal": made, "countedPeriod": added[0]["period"]}


def quantity(row):
    return row["figure"]["quantity"]


def measure(row):
    return quantity(row)["unit"]


def days(row):
    """Newer periods are greater; none is the least."""
    return row["period"].get("to", ""), row["period"].get("from", "")


def category(row, name):
    """What a figure states of level, field or sector block; empty: left open, for "not stated" may be any."""
    stated = row["figure"].get(name, "")
    return "" if stated in NOT_STATED else stated


def same_things(a, b):
    return (a["figure"]["unitId"], measure(a)) == (b["figure"]["unitId"], measure(b)) and \
        all(category(a, name) == category(b, name) for name in CATEGORIES)
