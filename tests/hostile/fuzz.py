"""The fuzzer: every field of every message broken in every way, and calls that behave badly. Threads of it take cases
from one deck; what is answered is judged against the contract's own words."""

import itertools
import random
import secrets
import threading
import time

import calls
import mutations as broken
import notes
import samples as samples_of
import wire

TIDY_SECONDS = 25        # a call that has no answer by then is a fault: the longest deadline asked for is 20 s
STREAM_SECONDS = 3
ITEMS_MAX = 20
TOO_LARGE_BYTES = 17 << 20   # the server takes 16 MiB
METADATA_BYTES = 20_000      # the server takes 16 KiB
TOO_MANY = 1_001             # submissions in a batch or frame
SERIAL_PLACES = ("submission.", "submissions[0].")
BAD_BEHAVIOUR_EVERY = 12     # every so many cases, a call that behaves badly


class Deck:
    """All cases, shuffled anew for each pass."""

    def __init__(self, contract, seed):
        self.contract = contract
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.cases = self._all()
        self.passes = 0
        self.queue = []
        self.fields = len({(rpc, kinds, broken.place_of(path)) for rpc, kinds, path, _ in self.cases})

    def _all(self):
        cases = []
        for method in self.contract.methods:
            if method.service == "SubmissionService":
                continue
            sample = samples_of.Samples(self.contract, "x").of(method.request)
            cases += [(method.full_name, (), path, kind) for path, kind in broken.mutations(sample)]
        return cases + self._of_submissions()

    def _of_submissions(self):
        cases, envelope = [], True
        request = self.contract.method("SubmissionService/Submit").request
        for kinds in self._kinds():
            sample = request(submission=samples_of.Samples(self.contract, "x").submission(*kinds))
            for path, kind in broken.mutations(sample):
                place = broken.place_of(path)
                if place.startswith("submission.command." + ("correct_fact.replacement." if len(kinds) > 1 else "")):
                    cases.append(("SubmissionService/Submit", kinds, path, kind))
                elif envelope:  # the same with every command
                    cases.append(("SubmissionService/Submit", ("report_progress",), path, kind))
            envelope = False
        return cases

    def _kinds(self):
        commands = [field.name for field in self.contract.message("Command").DESCRIPTOR.fields]
        facts = [field.name for field in self.contract.message("Fact").DESCRIPTOR.fields]
        first = ["report_progress"]
        return [(name,) for name in first + [name for name in commands if name not in ("report_progress", "correct_fact")]
                ] + [("correct_fact", fact) for fact in facts]

    def next(self):
        with self.lock:
            if not self.queue:
                # One mutation of each field first: a short run has been everywhere.
                self.random.shuffle(self.cases)
                seen, first, rest = set(), [], []
                for case in self.cases:
                    key = (case[0], case[1], broken.place_of(case[2]))
                    (rest if key in seen else first).append(case)
                    seen.add(key)
                self.queue = rest[::-1] + first[::-1]
                self.passes += 1
            return self.queue.pop()


class Fuzzer(threading.Thread):
    """Works on the deck until it is stopped."""

    def __init__(self, scene, deck, tally, number):
        super().__init__(daemon=True, name=f"fuzzer-{number}")
        self.scene, self.deck, self.tally = scene, deck, tally
        self.contract = scene.contract
        self.random = random.Random(scene.seed * 1000 + number)
        self.samples = {ledger: samples_of.Samples(self.contract, ledger, scene.known) for ledger in scene.ledgers}
        self.stopping = threading.Event()
        self.callers = {server: calls.Caller(self.contract, server.address) for server in scene.servers}
        self.bad_behaviour = itertools.cycle([self.oversized, self.no_proof, self.wrong_ledger, self.large_metadata,
                                              self.cancelled, self.short_deadline, self.half_closed, self.never_reads,
                                              self.random_bytes, self.batch, self.unknown_method, self.frames])

    def run(self):
        for turn in itertools.count():
            if self.stopping.is_set():
                break
            try:
                if turn % BAD_BEHAVIOUR_EVERY == 0:
                    next(self.bad_behaviour)()
                else:
                    self.one_case()
            except Exception as error:  # whatever the fuzzer itself does wrong is a fault of the run
                self.tally.fault("the fuzzer failed", repr(error))

    # --- One mutation -------------------------------------------------------------------------------

    def one_case(self):
        rpc, kinds, path, kind = self.deck.next()
        method = self.contract.method(rpc)
        ledger = self.random.choice(self.scene.ledgers)
        if kinds:
            request = method.request(submission=self.samples[ledger].submission(*kinds))
        else:
            request = self.samples[ledger].of(method.request)
        data = broken.mutated(request, path, kind)
        answer = self.call(method, data, self.who(method, ledger))
        submission_id = request.submission.submission_id if kinds else ""
        self.judge(method, answer, place_broken(path), kind, ledger, submission_id)

    def who(self, method, ledger):
        return self.scene.operator_token if method.name in ("CreateLedger", "ListLedgers") else self.scene.tokens[ledger]

    def server(self, method):
        return self.random.choice(self.scene.servers_for(method))

    def call(self, method, data, token, seconds=calls.CALL_SECONDS, more=()):
        caller = self.callers[self.server(method)]
        metadata = calls.metadata_of(token, *more)
        begun = time.monotonic()
        if method.client_streaming:
            answer = caller.both_streams(method, [data], metadata, seconds)
        elif method.server_streaming:
            answer = caller.server_stream(method, data, metadata, min(seconds, STREAM_SECONDS), ITEMS_MAX)
        else:
            answer = caller.unary(method, data, metadata, seconds)
        if time.monotonic() - begun > TIDY_SECONDS:
            self.tally.fault("no answer by the deadline", f"{method.full_name} {data[:80]!r}")
        return answer

    def judge(self, method, answer, place, kind, ledger="", submission_id="", also=()):
        self.tally.call(method.full_name, answer.code)
        self.tally.reason(answer.code, answer.reason)
        allowed = self.contract.documented[method.service] | set(also)
        if method.server_streaming:
            allowed |= {"DEADLINE_EXCEEDED"}  # the client's own: a follower is told nothing else
        if answer.code not in allowed:
            self.tally.fault(f"{answer.code} is not documented for {method.service}",
                             f"{method.name} {place} ({kind}): {answer.message[:200]}")
        if answer.code == "INVALID_ARGUMENT":
            self.judge_place(method, answer, place, kind)
        elif method.name == "Submit":
            note = notes.note_of(self.contract, ledger, submission_id, answer, "fuzzer")
            if note is not None:
                self.tally.note(note)

    def judge_place(self, method, answer, place, kind):
        for begin in SERIAL_PLACES:
            place = place.removeprefix(begin)
        if place == "":
            return
        where = min((standing(place, named) for named in answer.fields), default="nowhere", key=ORDER.index)
        self.tally.name(where, None if where in ("there", "inside", "around", "beside")
                        else f"{method.name} {place} ({kind}) -> {answer.fields} {answer.message[:80]}")
        if where == "nowhere":
            self.tally.fault("INVALID_ARGUMENT names no field", f"{method.full_name} {place} ({kind}): {answer.message}")

    # --- Calls that behave badly --------------------------------------------------------------------

    def any_method(self, streams=None):
        fit = [method for method in self.contract.methods if streams is None or streams(method)]
        return self.random.choice(fit)

    def any_request(self, method, ledger):
        samples = self.samples[ledger]
        if method.name == "Submit":
            return method.request(submission=samples.submission("report_progress"))
        if method.name == "SubmitMany":
            return method.request(submissions=[samples.submission("report_progress") for _ in range(3)])
        if method.name == "SubmitStream":
            return method.request(sequence=1, submissions=[samples.submission("report_progress")])
        return samples.of(method.request)

    def some(self, streams=None):
        method = self.any_method(streams)
        ledger = self.random.choice(self.scene.ledgers)
        return method, self.any_request(method, ledger), ledger

    def oversized(self):
        method, request, ledger = self.some(lambda m: not m.client_streaming)
        data = request.SerializeToString() + wire.text(broken.UNKNOWN_FIELD, b"x" * TOO_LARGE_BYTES)
        answer = self.call(method, data, self.who(method, ledger))
        self.judge(method, answer, "", "oversized", also=("RESOURCE_EXHAUSTED",))
        if answer.code not in ("RESOURCE_EXHAUSTED", "UNAVAILABLE", "DEADLINE_EXCEEDED"):
            self.tally.fault("17 MB were taken", f"{method.full_name}: {answer}")

    def no_proof(self):
        method, request, _ = self.some(lambda m: m.name not in ("SubmitMany", "SubmitStream"))
        token = self.random.choice([None, "", "nr1_", "nr1_" + "A" * 43, secrets.token_hex(500)])
        answer = self.call(method, request.SerializeToString(), token)
        self.expect(method, answer, "no proof", "UNAUTHENTICATED")

    def wrong_ledger(self):
        method, request, ledger = self.some(lambda m: m.service != "AdminService" and "Many" not in m.name
                                            and not m.client_streaming)
        other = next(name for name in self.scene.ledgers if name != ledger)
        answer = self.call(method, request.SerializeToString(), self.scene.tokens[other])
        self.expect(method, answer, "token of another ledger", "UNAUTHENTICATED")

    def expect(self, method, answer, kind, *codes):
        self.judge(method, answer, "", kind)
        if answer.code not in (*codes, "UNAVAILABLE", "DEADLINE_EXCEEDED"):
            self.tally.fault(f"{kind}: {answer.code}", f"{method.full_name}: {answer.message[:200]}")

    def large_metadata(self):
        method, request, ledger = self.some(lambda m: not m.client_streaming)
        answer = self.call(method, request.SerializeToString(), self.who(method, ledger),
                           more=(("x-hostile", "x" * METADATA_BYTES), ("x-hostile-bin", b"\xff" * 100)))
        self.judge(method, answer, "", "large metadata", also=("RESOURCE_EXHAUSTED",))

    def cancelled(self):
        method, request, ledger = self.some(lambda m: not m.client_streaming and not m.server_streaming)
        channel = self.callers[self.server(method)].channel
        future = channel.unary_unary(method.path).future(request.SerializeToString(), timeout=calls.CALL_SECONDS,
                                                         metadata=calls.metadata_of(self.who(method, ledger)))
        time.sleep(self.random.random() / 200)
        future.cancel()
        self.tally.call(method.full_name, "cancelled by us")

    def short_deadline(self):
        method, request, ledger = self.some()
        answer = self.call(method, request.SerializeToString(), self.who(method, ledger), seconds=0.001)
        self.judge(method, answer, "", "1 ms", also=("DEADLINE_EXCEEDED",))

    def half_closed(self):
        """Streams of submissions: half-closed at once, or after a frame that is cut off."""
        method = self.contract.method("SubmissionService/SubmitStream")
        ledger = self.random.choice(self.scene.ledgers)
        frames = self.random.choice([[], [b""], [self.any_request(method, ledger).SerializeToString()[:-3]]])
        caller = self.callers[self.server(method)]
        answer = caller.both_streams(method, frames, calls.metadata_of(self.scene.tokens[ledger]), calls.CALL_SECONDS)
        self.judge(method, answer, "", "half-closed")

    def never_reads(self):
        """Opens a stream and looks at nothing that comes."""
        method = self.any_method(lambda m: m.server_streaming)
        ledger = self.random.choice(self.scene.ledgers)
        data = self.any_request(method, ledger).SerializeToString()
        channel = self.callers[self.server(method)].channel
        metadata = calls.metadata_of(self.scene.tokens[ledger])
        open_call = channel.stream_stream if method.client_streaming else channel.unary_stream
        call = open_call(method.path)(iter([data] * 50) if method.client_streaming else data, metadata=metadata,
                                      timeout=calls.CALL_SECONDS)
        threading.Timer(STREAM_SECONDS, call.cancel).start()
        self.tally.call(method.full_name, "never read")

    def random_bytes(self):
        method, request, ledger = self.some()
        data = bytearray(request.SerializeToString() or b"\xff")
        for _ in range(self.random.randint(1, 8)):
            data[self.random.randrange(len(data))] = self.random.randrange(256)
        self.judge_flipped(method, bytes(data), ledger)

    def judge_flipped(self, method, data, ledger):
        answer = self.call(method, data, self.who(method, ledger))
        submission_id = ""
        if method.name == "Submit" and answer.refusal is not None:
            submission_id = method.request.FromString(data).submission.submission_id
        self.judge(method, answer, "", "flipped bytes", ledger, submission_id)

    def batch(self):
        """A good one, a broken one, a good one; or too many."""
        method = self.contract.method("SubmissionService/SubmitMany")
        ledger = self.random.choice(self.scene.ledgers)
        _, kinds, path, kind = next(case for case in iter(self.deck.next, None) if case[1])
        single = self.contract.method("SubmissionService/Submit").request
        request = single(submission=self.samples[ledger].submission(*kinds))
        good = [self.samples[ledger].submission("report_progress").SerializeToString() for _ in range(2)]
        data = wire.text(1, good[0])
        # Field 1 of SubmitRequest is field 1 of SubmitManyRequest: one submission.
        data += broken.mutated(request, path, kind) + wire.text(1, good[1])
        if self.random.random() < 0.05:
            data = wire.text(1, good[0]) * TOO_MANY
        answer = self.call(method, data, self.scene.tokens[ledger])
        self.judge(method, answer, "submissions", "batch")
        if answer.code == "OK":
            self.judge_outcomes(method, ledger, answer)

    def judge_outcomes(self, method, ledger, answer):
        reader = self.callers[self.scene.servers[0]].reader
        for outcome in method.response.FromString(answer.response).outcomes:
            if outcome.HasField("accepted"):
                self.tally.note(notes.accepted_note(ledger, outcome.accepted, "fuzzer"))
                continue
            inner = reader.of_status(outcome.error)
            if inner.code not in self.contract.documented[method.service] or inner.code == "OK":
                self.tally.fault(f"{inner.code} is not documented for an outcome", inner.message[:200])

    def unknown_method(self):
        caller = self.callers[self.random.choice(self.scene.servers)]
        path = self.random.choice(["/nhanrong.v1.SubmissionService/Delete", "/x/y", "/nhanrong.v1.QueryService/GetModel/x"])
        try:
            caller.channel.unary_unary(path)(b"", timeout=calls.CALL_SECONDS)
        except calls.grpc.RpcError as error:
            if error.code().name not in ("UNIMPLEMENTED", "UNAVAILABLE", "DEADLINE_EXCEEDED"):
                self.tally.fault("an unknown method", f"{path}: {error.code().name}")
            self.tally.call("(no such method)", error.code().name)

    def frames(self):
        """A stream of broken frames among good ones: each is answered, the stream goes on."""
        method = self.contract.method("SubmissionService/SubmitStream")
        ledger = self.random.choice(self.scene.ledgers)
        good = self.any_request(method, ledger)
        last = method.request(sequence=9, submissions=[self.samples[ledger].submission("report_progress")])
        bad = self.random.choice([b"\xff\xff", b"", wire.number(1, 0) + wire.text(2, b""), wire.number(1, 1) + wire.text(
            2, b"\xff"), wire.number(1, 5) + wire.text(2, b"") * TOO_MANY, wire.number(1, 5) + wire.text(
                2, wire.text(1, b"x" * (5 << 20)))])
        caller = self.callers[self.server(method)]
        answer = caller.both_streams(method, [good.SerializeToString(), bad, last.SerializeToString()],
                                     calls.metadata_of(self.scene.tokens[ledger]), calls.CALL_SECONDS)
        self.judge(method, answer, "", "frames")
        if answer.code == "OK":
            told = [method.response.FromString(item) for item in answer.response]
            answered = sum(len(item.outcomes) + len(item.refused_frames) for item in told)
            if answered != 3:
                self.tally.fault("a stream answered not each frame", f"{answered} of 3; {bad[:20]!r}")

    def stop(self):
        self.stopping.set()

    def close(self):
        for caller in self.callers.values():
            caller.close()


def place_broken(path):
    """Where one member of a oneof is broken, the message has another one, or none: that is what is wrong then."""
    return broken.place_of(path[:-1] if path[-1][0].containing_oneof is not None else path)


ORDER = ["there", "inside", "around", "beside", "elsewhere", "nowhere"]


def standing(place, named):
    """How the named field stands to the broken one."""
    if named == "":
        return "nowhere"
    plain, plain_named = place.replace("[0]", ""), named.split("[")[0] if "[" not in place else named.replace("[0]", "")
    if plain_named == plain:
        return "there"
    if plain_named.startswith(plain + "."):
        return "inside"
    if plain.startswith(plain_named + "."):
        return "around"
    same_message = plain_named.rpartition(".")[0] == plain.rpartition(".")[0]
    return "beside" if same_message else "elsewhere"
