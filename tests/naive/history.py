"""A ledger as `nhanrong history read --output json` gives it, and the facts that are in force after a position.

Nothing is decoded here that is not plain JSON: each line is a commit (HistoryEntry in history_service.proto), with its
record and, under `facts`, the payload of each of its events.
"""

import json
import sys

from days import day_of, known_days

CLASSES = ["CLASSIFICATION_PUBLIC", "CLASSIFICATION_INTERNAL", "CLASSIFICATION_PERSONAL", "CLASSIFICATION_SENSITIVE"]

# Facts that are no steps of a life cycle: they may be dated before what was told earlier and end nothing.
NO_STEPS = {
    "modelProgressReported", "siteOutputReported", "agencyRenamed",
    "unitRenamed", "unitRetyped", "unitReparented", "unitCodeAssigned", "unitCodeRetired",
    "roleGranted", "grantRevoked", "grantSuspended", "grantResumed",
    "credentialIssued", "credentialRevoked", "credentialSuspended", "credentialResumed",
    "authorityDelegated", "delegationRevoked",
}


def rank_of(event):
    """Order of an event's classification; absent is INTERNAL."""
    return CLASSES.index(event.get("classification", "CLASSIFICATION_INTERNAL"))


class Commit:
    """What is needed of one line."""

    __slots__ = ("position", "recorded_at", "day", "signer", "record", "told")

    def __init__(self, entry):
        record = entry["record"]
        self.position = int(entry.get("position", 0))
        self.recorded_at = entry["recordedAt"]  # the commit's, never earlier than that of the commit before
        self.day = day_of(self.recorded_at)
        self.signer = record["signer"]
        self.record = {key: record[key] for key in
                       ("agencyId", "submissionId", "commandType", "refusal", "correlationId", "causationId",
                        "genesis") if key in record}
        # (event, kind of the fact, the fact)
        self.told = []
        for event, fact in zip(record.get("events", {}).get("events", []), entry.get("facts", []), strict=True):
            event.pop("payload", None)
            event.pop("evidence", None)
            (kind, body), = fact.items()
            self.told.append((event, sys.intern(kind), body))


class Fact:
    """One fact in force: what it says now, and who said it first."""

    def __init__(self, event, kind, body, commit):
        self.event_id = event["eventId"]
        self.revision = int(event.get("revision", 0))
        self.kind, self.body = kind, body
        self.occurred_on = event.get("occurredOn", {})
        self.earliest, self.known = known_days(self.occurred_on, event.get("sources", []), commit.day)
        self.day = self.known  # from which it holds; `hold` moves that of steps
        self.rank = rank_of(event)
        self.unit = event.get("unit", {})
        self.period, self.sources = event.get("period", {}), event.get("sources", [])
        self.agency = commit.signer["agency"]
        self.from_document = commit.signer.get("channel") == "INGEST_CHANNEL_MIGRATION"

    def correct(self, event, correction, commit):
        """Says what the correction says instead. Event, revision, agency and channel stay those of the first."""
        (self.kind, self.body), = correction["replacement"].items()
        self.rank = rank_of(event)
        self.unit = event.get("unit", {})
        self.period = event.get("period", self.period)
        self.sources = event.get("sources", self.sources)
        if "occurredOn" in correction:
            self.occurred_on = correction["occurredOn"]
            self.earliest, self.known = known_days(self.occurred_on, event.get("sources", []), commit.day)


class Stream:
    """The facts of one stream that are in force, in the order in which they were recorded."""

    def __init__(self, name):
        self.name = name
        self.facts = []
        self.revision = 0  # of its last event, corrections included
        self.told = []     # everything that was recorded: (event, kind, body, commit)

    def take(self, event, kind, body, commit):
        self.revision = int(event.get("revision", 0))
        self.told.append((event, kind, body, commit))
        if kind == "factCorrected":
            for fact in self.facts:
                if fact.event_id == body["eventId"]:
                    fact.correct(event, body, commit)
        elif kind == "factAnnulled":
            self.facts = [fact for fact in self.facts if fact.event_id != body["eventId"]]
        else:
            self.facts.append(Fact(event, kind, body, commit))

    def settle(self):
        """Sets the days from which facts hold: a step that is known to hold ends all steps before it."""
        bound = None
        for fact in reversed(self.facts):
            fact.day = fact.known
            if fact.kind not in NO_STEPS:
                bound = fact.known if bound is None else min(bound, fact.known)
                fact.day = bound

    def held_on(self, day):
        """Facts known to hold by `day`, in the order in which they hold."""
        return sorted((fact for fact in self.facts if fact.day <= day), key=lambda fact: (fact.day, fact.revision))

    def told_by(self, day):
        """Facts known to hold by `day`, in the order in which they were recorded."""
        return [fact for fact in self.facts if fact.day <= day]


class Ledger:
    """Every commit of a ledger; `at` folds the first of them from nothing."""

    def __init__(self, name, lines):
        self.name = name
        self.commits = [Commit(json.loads(line)) for line in lines]
        for expected, commit in enumerate(self.commits):
            if commit.position != expected:
                raise ValueError(f"{name}: position {expected} is missing, {commit.position} came instead")
        self.simulated = self.commits[0].record["genesis"].get("simulatedClock", False)

    @property
    def head(self):
        return len(self.commits) - 1

    def at(self, position):
        """Streams by name, as they are after this position; -1: before the first."""
        streams = {}
        for commit in self.commits[:position + 1]:
            for event, kind, body in commit.told:
                name = event["stream"]
                if name not in streams:
                    streams[name] = Stream(name)
                streams[name].take(event, kind, body, commit)
        for stream in streams.values():
            stream.settle()
        return streams

    def position_by(self, recorded_at):
        """The last position that was recorded at or before this moment; -1: none."""
        last = -1
        for commit in self.commits:
            if moment_of(commit.recorded_at) <= moment_of(recorded_at):
                last = commit.position
        return last


def moment_of(timestamp):
    """RFC 3339 in UTC as something that compares in order of time."""
    seconds, _, fraction = timestamp.rstrip("Z").partition(".")
    return seconds, fraction.ljust(9, "0")


def of_aggregate(streams, aggregate):
    """Id and stream of every aggregate of a kind, in order of their ids."""
    prefix = aggregate + "/"
    return [(name[len(prefix):], streams[name]) for name in sorted(streams) if name.startswith(prefix)]
