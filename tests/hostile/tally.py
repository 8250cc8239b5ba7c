"""What was seen, counted. Thread-safe."""

import collections
import threading

EXAMPLES_MAX = 60  # of what must not be


class Tally:
    """Calls by rpc and status, commits that were acknowledged, and what must not be."""

    def __init__(self):
        self.lock = threading.Lock()
        self.calls = collections.defaultdict(collections.Counter)
        self.named = collections.Counter()       # where the named field stands to the broken one
        self.elsewhere = collections.Counter()   # (place broken, kind, places named)
        self.reasons = collections.Counter()
        self.faults = collections.Counter()
        self.examples = []
        self.notes = []

    def call(self, rpc, code):
        with self.lock:
            self.calls[rpc][code] += 1

    def reason(self, code, reason):
        with self.lock:
            self.reasons[f"{code} {reason}".strip()] += 1

    def name(self, where, broken=None):
        with self.lock:
            self.named[where] += 1
            if broken is not None:
                self.elsewhere[broken] += 1

    def fault(self, what, example=""):
        """Something that must not be: the run has failed."""
        with self.lock:
            self.faults[what] += 1
            if len(self.examples) < EXAMPLES_MAX and self.faults[what] <= 3:
                self.examples.append(f"{what}: {example}")

    def note(self, note):
        with self.lock:
            self.notes.append(note)

    def total(self):
        return sum(sum(codes.values()) for codes in self.calls.values())
