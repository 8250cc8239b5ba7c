"""What was known at a position of a ledger, of a business day, and who asks."""

import base64
import hashlib

from agencies import Actor, Agency
from days import parse_day
from history import CLASSES, of_aggregate
from units import Map

# Roles that may ask for models, counts and sites (services/access/access_table.cc).
READERS = {"ROLE_COMMUNE_OFFICER", "ROLE_COMMUNE_LEADER", "ROLE_DEPARTMENT_SPECIALIST", "ROLE_PROVINCIAL_OFFICE",
           "ROLE_COMPETENT_AUTHORITY", "ROLE_AUDITOR", "ROLE_AGENCY_SYSTEM", "ROLE_PUBLIC_READER"}
NOTHING = -1


class Book:
    """A ledger beside `national`; rights and classifications are those of today, whatever moment is asked for."""

    def __init__(self, ledger, national, today=None):
        self.ledger, self.national = ledger, national
        self.today = ledger.commits[-1].day if ledger.simulated or today is None else today
        self.now = ledger.at(ledger.head)
        self.map_ledgers = [self.now] if national is None else [national.at(national.head), self.now]
        self.map = Map(*self.map_ledgers)
        self.ranks = {fact.event_id: fact.rank for stream in self.now.values() for fact in stream.facts}

    def models(self):
        return [model_id for model_id, _ in of_aggregate(self.now, "model")]


def holder_of(book, token):
    """The actor to whom a token ("nr1_" and 32 bytes in base64url) was given: the ledger has its SHA-256."""
    secret = base64.urlsafe_b64decode(token.strip().removeprefix("nr1_") + "=")
    sha256 = base64.b64encode(hashlib.sha256(secret).digest()).decode()
    for actor_id, stream in of_aggregate(book.now, "actor"):
        if any(fact.body.get("tokenSha256") == sha256 for fact in stream.facts):
            return actor_id
    raise ValueError("the ledger knows no holder of a token that was given")


class Reader:
    """Who asks, with the grants that are in force today."""

    def __init__(self, book, token):
        self.book, self.actor_id = book, holder_of(book, token)
        actor = Actor(book.now[f"actor/{self.actor_id}"].facts)
        self.agency_id = actor.agency_id
        self.agency = Agency(book.now[f"agency/{actor.agency_id}"].facts).ref(actor.agency_id)
        self.grants = [terms for _, terms, standing in Actor.not_over(actor.grants, book.today)
                       if standing == "holds"]

    def scope(self):
        """The unit that bounds the first grant; empty: the whole ledger."""
        return self.grants[0].get("scopeUnitId", "")

    def reads(self, units, unit_id, day):
        """Highest class that he reads about a unit on this map; empty: the whole ledger."""
        highest = NOTHING
        for grant in self.grants:
            scope = grant.get("scopeUnitId")
            reaches = not scope or (unit_id and units.within(unit_id, scope, day))
            if reaches and grant["role"] in READERS:
                highest = max(highest, CLASSES.index(grant["readsUpTo"]))
        return highest

    def reads_anywhere(self):
        return max(CLASSES.index(grant["readsUpTo"]) for grant in self.grants)


class Moment:
    """The state that an answer describes. `national` is read as of the recorded time of the position."""

    ALL = len(CLASSES)

    def __init__(self, book, position):
        self.book, self.position = book, position
        commit = book.ledger.commits[position]
        self.recorded_at, self.day = commit.recorded_at, commit.day
        self.streams = book.ledger.at(position)
        self.national_position = book.national.position_by(commit.recorded_at) if book.national else -1
        self.map_ledgers = [self.streams]
        if book.national:
            self.map_ledgers.insert(0, book.national.at(self.national_position))
        self.map = Map(*self.map_ledgers)
        self.reader = None
        self.reads = NOTHING  # of the question that is being answered

    def asked(self, reader, effective_on=None):
        """The same position, asked about by somebody, for another day."""
        other = object.__new__(Moment)
        other.__dict__.update(self.__dict__)
        other.reader, other.day = reader, parse_day(effective_on) if effective_on else self.day
        return other

    def commits(self):
        return self.book.ledger.commits[:self.position + 1]

    def rank(self, fact):
        """A fact counts as classified as it is today, if that is higher."""
        return max(fact.rank, self.book.ranks.get(fact.event_id, NOTHING))

    def reads_about(self, unit_id):
        return self.reader.reads(self.map, unit_id, self.day)

    def meta(self, projection):
        """AnswerMeta, without the version of the read model."""
        books = [(self.book.ledger, self.position)]
        if self.national_position >= 0:
            books.append((self.book.national, self.national_position))
        return {"effectiveOn": self.day.isoformat(), "projection": projection,
                "simulatedClock": self.book.ledger.simulated,
                "positions": [{"ledger": ledger.name, "position": str(position),
                               "recordedAt": ledger.commits[position].recorded_at,
                               "headPosition": str(ledger.head)} for ledger, position in books]}
