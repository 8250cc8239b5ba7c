"""The administrative map: services/domain/unit/README.md, projections/units/README.md.

Of one attribute (name, type, parent) what is told later holds later, unless it is known to lie before; on a day holds
the last one that is known to hold by then. An abolished unit stays as on its last day.
"""

import datetime

from days import parse_day
from history import of_aggregate

DEPTH_MAX = 16  # units above one another; five levels exist
ONE_DAY = datetime.timedelta(days=1)


class Attribute:
    """The values of one attribute, in the order in which they hold."""

    def __init__(self, day, value):
        self.told = [(day, day, value)]

    def take(self, fact, value):
        place = len(self.told)
        while place > 0 and fact.day < self.told[place - 1][0]:
            place -= 1
        self.told.insert(place, (fact.earliest, fact.day, value))

    def on(self, day):
        held = [value for _, known, value in self.told if known <= day]
        return held[-1] if held else ""


class Unit:
    def __init__(self, unit_id, stream):
        self.id, self.revision = unit_id, stream.revision
        self.start = self.end = None
        self.given, self.retired = [], []
        for fact in stream.facts:
            self.take(fact, fact.body)

    def take(self, fact, body):
        if fact.kind == "unitEstablished":
            self.start, self.established_on, self.level = fact.earliest, fact.occurred_on, body["level"]
            self.name = Attribute(self.start, body["name"])
            self.type = Attribute(self.start, body.get("type", ""))
            self.parent = Attribute(self.start, body.get("parentUnitId", ""))
            if body.get("code"):
                self.given.append([body["code"], self.start, None])
        elif fact.kind == "unitRenamed":
            self.name.take(fact, body["name"])
        elif fact.kind == "unitRetyped":
            self.type.take(fact, body["type"])
            self.name.take(fact, body["name"])
        elif fact.kind == "unitReparented":
            self.parent.take(fact, body["parentUnitId"])
        elif fact.kind == "unitCodeAssigned":
            end = body.get("validTo")
            self.given.append([body["code"], parse_day(body["validFrom"]), parse_day(end) if end else None])
        elif fact.kind == "unitCodeRetired":
            self.retired.append((body["code"], parse_day(body["validTo"])))
        elif fact.kind == "unitAbolished":
            self.end = fact.day

    def known_on(self, day):
        return self.start is not None and self.start <= day

    def abolished_on(self, day):
        return self.end is not None and self.end <= day

    def shown_day(self, day):
        """The day whose name and place count."""
        return self.end - ONE_DAY if self.abolished_on(day) else day

    def code_on(self, day):
        """A code that starts later ends the one before; a retired one and those of an abolished unit end."""
        spans = sorted((list(span) for span in self.given), key=lambda span: span[1])
        for span, following in zip(spans, spans[1:]):
            span[2] = min(span[2] or following[1], following[1])
        for code, start, end in spans:
            ends = [end] if end else []
            ends += [retired for other, retired in self.retired if other == code and retired > start]
            ends += [self.end] if self.end else []
            if start <= day and all(day < last for last in ends):
                return code
        return ""

    def ref(self, day):
        """AdminUnitRef of the day."""
        day = self.shown_day(day)
        return {"unitId": self.id, "level": self.level, "codeAtEvent": self.code_on(day),
                "nameAtEvent": self.name.on(day)}


class Map:
    """The units of `national`, then the ledger's own, as known at a moment."""

    def __init__(self, *ledgers):
        self.units = {}
        for streams in ledgers:
            for unit_id, stream in of_aggregate(streams, "unit"):
                if stream.facts:
                    self.units.setdefault(unit_id, Unit(unit_id, stream))

    def ref(self, unit_id, day, known=None):
        """The unit on a day; as `known` where the map does not know it by then."""
        unit = self.units.get(unit_id)
        return unit.ref(day) if unit and unit.known_on(day) else known or {"unitId": unit_id}

    def within(self, unit_id, above_id, day):
        """Whether a unit is another one or lies below it on a day. No other one: everything does."""
        for _ in range(DEPTH_MAX):
            if above_id in ("", unit_id):
                return True
            unit = self.units.get(unit_id)
            if unit is None or not unit.known_on(day):
                return False
            unit_id = unit.parent.on(unit.shown_day(day))
        return False


def list_units(moment, asked):
    """Answer of ListUnits: the ledger's own units, or those of `national` before them."""
    units = []
    ledgers = moment.map_ledgers if asked.get("whole-map") else [moment.streams]
    for streams in ledgers:
        for unit_id, stream in of_aggregate(streams, "unit"):
            unit = Unit(unit_id, stream)
            if unit.known_on(moment.day) and holds(unit, moment, asked):
                units.append(entry_of(unit, moment.day))
    return {"units": units}


def holds(unit, moment, asked):
    if unit.abolished_on(moment.day) and not asked.get("abolished"):
        return False
    if asked.get("code") and unit.code_on(moment.day) != asked["code"]:
        return False
    return moment.map.within(unit.id, asked.get("unit", ""), moment.day)


def entry_of(unit, day):
    return {"unit": unit.ref(day), "parentUnitId": unit.parent.on(unit.shown_day(day)),
            "establishedOn": unit.established_on, "revision": str(unit.revision),
            "type": unit.type.on(unit.shown_day(day)),
            "abolishedOn": unit.end.isoformat() if unit.abolished_on(day) else ""}
