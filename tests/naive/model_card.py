"""One model with everything that was recorded about it: projections/model_card/README.md."""

from days import known_days
from history import rank_of
from models import model_on, summary


def model_card(moment, asked):
    """Answer of GetModel; None: not there on the day, or not for the asker."""
    model_id = asked["model"]
    stream = moment.streams.get(f"model/{model_id}")
    if stream is None:
        return None
    everything = model_on(moment, stream, moment.ALL)
    if everything is None:
        return None
    reads = moment.reads_about(everything.unit["unitId"])
    model = model_on(moment, stream, reads)
    if model is None:
        return None
    return {"model": summary(moment, model_id, stream, model, reads),
            "timeline": list(reversed(timeline(moment, stream, reads)))}


class Entry:
    """An event as it was recorded, and what became of it later."""

    def __init__(self, event, kind, body, commit):
        self.event, self.kind, self.body, self.commit = event, kind, body, commit
        self.corrected_by = self.annulled_by = ""
        self.rank = rank_of(event)
        # The first day from which it is shown; a correction may move it to an earlier one.
        self.day = known_days(event.get("occurredOn", {}), event.get("sources", []), commit.day)[1]


def entries_of(stream):
    by_event, entries = {}, []
    for event, kind, body, commit in stream.told:
        entry = Entry(event, kind, body, commit)
        named = by_event.get(body.get("eventId")) if kind in ("factCorrected", "factAnnulled") else None
        if named is not None:
            if kind == "factAnnulled":
                named.annulled_by = event["eventId"]
            else:
                named.corrected_by = event["eventId"]
                named.rank = max(named.rank, entry.rank)  # what is classified higher covers what was said first
                if "occurredOn" in body:
                    moved = known_days(body["occurredOn"], event.get("sources", []), commit.day)[1]
                    named.day = min(named.day, moved)
            entry.named = named
        by_event[event["eventId"]] = entry
        entries.append(entry)
    return entries


def timeline(moment, stream, reads):
    """As classified today, where that is higher."""
    today = {entry.event["eventId"]: entry.rank for entry in entries_of(moment.book.now[stream.name])}
    shown = []
    for entry in entries_of(stream):
        day = getattr(entry, "named", entry).day  # a correction is shown when what it names is
        if day <= moment.day and today[entry.event["eventId"]] <= reads:
            shown.append(entry_shown(entry))
    return shown


def entry_shown(entry):
    event, signer = entry.event, entry.commit.signer
    return {
        "position": str(entry.commit.position), "recordedAt": entry.commit.recorded_at, "eventId": event["eventId"],
        "type": event["type"], "occurredOn": event.get("occurredOn", {}), "fact": {entry.kind: entry.body},
        "agency": signer["agency"], "actorId": signer["actorId"], "role": signer["role"],
        "reason": event.get("reason", ""), "sources": event.get("sources", []),
        "correctedBy": entry.corrected_by, "annulledBy": entry.annulled_by,
        "backdated": event.get("backdated", False), "actingFor": signer.get("actingFor", {})}
