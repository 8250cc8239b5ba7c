"""What must hold of a ledger at the end, computed here from the bytes of its commits and from what clients noted."""

import collections
import hashlib

import calls

READ_SECONDS = 300


def read_history(contract, server, ledger, token):
    """Every commit, through gRPC."""
    method = contract.method("HistoryService/Read")
    request = method.request()
    request.range.ledger = ledger
    caller = calls.Caller(contract, server.address)
    answer = caller.server_stream(method, request.SerializeToString(), calls.metadata_of(token), READ_SECONDS, 1 << 40)
    caller.close()
    if answer.code != "OK":
        raise RuntimeError(f"the history of {ledger} cannot be read: {answer.code} {answer.message}")
    return [method.response.FromString(item).entry for item in answer.response]


class Checks:
    """Findings by kind; nothing found is what is wanted."""

    def __init__(self, contract):
        self.contract = contract
        self.findings = collections.Counter()
        self.examples = []
        self.commits = collections.Counter()
        self.running = {}

    def find(self, what, example):
        self.findings[what] += 1
        if len(self.examples) < 20:
            self.examples.append(f"{what}: {example}")

    def sound(self, ledger, entries):
        """Dense positions and revisions, hashes that follow from the bytes, times that never go back."""
        running, last = b"\0" * 32, (0, 0)
        revisions = collections.Counter()
        record_type = self.contract.message("Record")
        for i, entry in enumerate(entries):
            leaf = hashlib.sha256(b"\0" + entry.record_bytes).digest()
            running = hashlib.sha256(running + leaf).digest()
            if (entry.position, entry.leaf_hash, entry.running_hash) != (i, leaf, running):
                self.find("a commit is not where it must be", f"{ledger} {i}")
            record = record_type.FromString(entry.record_bytes)
            stated, at = ((stamp.seconds, stamp.nanos) for stamp in (record.recorded_at, entry.recorded_at))
            if at < last or at != max(last, stated):
                self.find("recorded time went back", f"{ledger} {i}: {last} then {at}, stated {stated}")
            last = at
            for event in record.events.events:
                if event.revision != revisions[event.stream]:
                    self.find("revisions are not dense", f"{ledger} {i} {event.stream}")
                revisions[event.stream] += 1
        self.commits[ledger] = len(entries)
        self.running[ledger] = running

    def noted(self, ledger, entries, notes):
        """Each acknowledged submission is there once, where its answer said."""
        places = collections.defaultdict(list)
        for entry in entries:
            places[(entry.record.agency_id, entry.record.submission_id.lower())].append(entry)
        by_id = collections.defaultdict(list)
        for (_, submission_id), found in places.items():
            if len(found) != 1:
                self.find("done twice", f"{ledger} {submission_id} at {[entry.position for entry in found]}")
            by_id[submission_id] += found
        for note in notes:
            if note.ledger == ledger:
                self._one(note, by_id.get(note.submission_id, []))

    def _one(self, note, found):
        at = next((entry for entry in found if entry.position == note.position), None)
        if at is None:
            self.find("acknowledged and lost", f"{note}, found {[entry.position for entry in found]}")
        elif at.record.HasField("refusal") != (note.outcome == "refused"):
            self.find("another outcome than was told", f"{note}")
        elif note.leaf_hash is not None and note.leaf_hash != at.leaf_hash:
            self.find("another commit than was told", f"{note}")


def digests(contract, server, ledger, token):
    """Name to (version, commits, rows, digest) of each read model; None while one is behind another."""
    method = contract.method("AdminService/ListProjections")
    caller = calls.Caller(contract, server.address)
    answer = caller.unary(method, method.request(ledger=ledger).SerializeToString(), calls.metadata_of(token))
    caller.close()
    if answer.code != "OK":
        return None
    infos = method.response.FromString(answer.response).projections
    return {info.name: (info.version, info.commits, info.rows, info.digest.hex(), len(info.parked)) for info in infos}


def _spoiled(ledger, entries, notes):
    """(what must be found, entries, notes): histories in which something is wrong."""
    own = [note for note in notes if note.ledger == ledger]
    moved = own[0]._replace(position=own[0].position + 1)
    other = own[0]._replace(outcome="refused" if own[0].outcome == "accepted" else "accepted")
    last = type(entries[-1])()
    last.CopyFrom(entries[-1])
    last.recorded_at.seconds -= 3600
    yield "acknowledged and lost", entries, [moved]
    yield "acknowledged and lost", [entry for entry in entries if entry.position != own[-1].position], own
    yield "another outcome than was told", entries, [other]
    yield "done twice", [*entries, entries[own[0].position]], own
    yield "a commit is not where it must be", entries[:-2] + entries[-1:], own
    yield "recorded time went back", [*entries[:-1], last], own


def blind_checks(contract, ledger, entries, notes):
    """What the checks do not find in a history that is wrong: nothing, or they prove nothing."""
    for what, spoiled, told in _spoiled(ledger, entries, notes):
        checks = Checks(contract)
        checks.sound(ledger, spoiled)
        checks.noted(ledger, spoiled, told)
        if checks.findings[what] == 0:
            yield what
