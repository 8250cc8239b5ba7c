"""What is done to the service from outside, one after the other, round after round: the broker taken away, processes
killed, garbage in the topics, clocks set, tokens revoked while they are used."""

import base64
import hashlib
import random
import secrets
import struct
import threading
import time

import kafka

import calls
import installation
import notes
import samples
import wire
import workload

NANOSECONDS = 10**9
WITHIN_LIMIT_SECONDS = -30     # the limit is 60
BEHIND_SECONDS = -86_400
SENDERS = 3
SENT_BEFORE_REVOCATION = 5     # by each sender
REFUSED_AFTER = 2              # answers each sender must get after it
PRODUCE_SECONDS = 30
OVERSIZED_BYTES = 200_000      # a record has at most 65,535
ROLE_PROVINCIAL_OFFICE = 4


class Garbage:
    """Writes to a topic what no gateway would."""

    def __init__(self, scene, seed):
        self.scene = scene
        self.random = random.Random(seed)
        self.written = {ledger: 0 for ledger in scene.ledgers}
        self.undecodable = {ledger: 0 for ledger in scene.ledgers}

    def write(self):
        producer = kafka.KafkaProducer(bootstrap_servers=self.scene.place.broker.address, acks="all", retries=0,
                                       max_block_ms=PRODUCE_SECONDS * 1000)
        for ledger in self.scene.ledgers:
            for value, decodes in self.values(ledger):
                producer.send(self.scene.place.topic(ledger), value=value, partition=0,
                              headers=self.random.choice([[], [("ce_type", b"vn.nhanrong.record.v1")], [("\u1ea5", b"\xff")]]),
                              key=self.random.choice([None, b"key"])).get(PRODUCE_SECONDS)
                self.written[ledger] += 1
                self.undecodable[ledger] += not decodes
        producer.close()

    def values(self, ledger):
        """(bytes, whether they are a well-formed record)."""
        own = self.some_record(ledger)
        other = self.some_record(next(name for name in self.scene.ledgers if name != ledger))
        yield b"", False
        yield b"\xff" * 40, False
        yield secrets.token_bytes(self.random.randint(1, 4_000)), False
        yield '{"not": "protobuf"}'.encode(), False
        yield b"\0" * OVERSIZED_BYTES, False
        yield own[:len(own) // 2], False
        yield wire.number(1, 1) + wire.text(2, b"x" * 16), False
        yield own, True       # once more: its id is closed
        yield other, True     # of another ledger

    def some_record(self, ledger):
        method = self.scene.contract.method("HistoryService/Read")
        request = method.request(commits_max=1)
        request.range.ledger = ledger
        request.range.from_position = self.random.randint(1, 3)
        caller = calls.Caller(self.scene.contract, self.scene.serve.address)
        answer = caller.server_stream(method, request.SerializeToString(),
                                      calls.metadata_of(self.scene.tokens[ledger]), calls.CALL_SECONDS, 1)
        caller.close()
        if not answer.response:
            raise RuntimeError(f"no record of {ledger}: {answer}")
        return method.response.FromString(answer.response[0]).entry.record_bytes


class Clock:
    """The clock of one gateway, which can be set while it runs."""

    def __init__(self, scene, path):
        self.scene, self.path = scene, path
        self.times_set, self.refused = 0, 0
        self.set(0)

    def set(self, seconds):
        with open(self.path, "r+b" if self.exists() else "wb") as file:
            file.write(struct.pack("<q", seconds * NANOSECONDS))

    def exists(self):
        try:
            with open(self.path, "rb"):
                return True
        except FileNotFoundError:
            return False

    def round(self):
        """Within the limit it goes on; beyond it writes nothing and says so, and others go on; set right, it goes on."""
        late, scene = self.scene.late, self.scene
        self.set(WITHIN_LIMIT_SECONDS)
        scene.must_be_accepted(late, "with a clock within the limit")
        self.set(BEHIND_SECONDS)
        self.times_set += 1
        installation.until(self.says_so, "the gateway says that its clock is wrong")
        for _ in range(3):
            self.must_be_refused(scene.submit_one(late))
        scene.must_be_accepted(scene.front, "while another one's clock is wrong")
        self.set(0)
        scene.must_be_accepted(late, "with the right time again")
        installation.until(late.is_ready, "the gateway is ready with the right time")

    def says_so(self):
        code, text = self.scene.late.readyz()
        return code == 503 and "clock" in text

    def must_be_refused(self, answer):
        self.refused += 1
        if (answer.code, answer.reason) != ("UNAVAILABLE", "NOT_NOW") or "clock" not in answer.message:
            self.scene.tally.fault("a gateway with a wrong clock", f"{answer}")


class Revocation:
    """Somebody's token is revoked while he sends through every gateway."""

    def __init__(self, scene):
        self.scene = scene
        self.revoked = []      # (ledger, credential_id, position)
        self.accepted, self.refused = 0, 0
        self.lock = threading.Lock()

    def round(self):
        scene = self.scene
        token_bytes = secrets.token_bytes(32)
        token = "nr1_" + base64.urlsafe_b64encode(token_bytes).decode().rstrip("=")
        actor_id, credential_id = samples.ulid(), samples.ulid()
        self.administer("register_actor", actor_id=actor_id, agency_id=scene.agency_id, kind=1, title="Cán bộ",
                        subject={"subject_id": samples.ulid()})
        self.administer("grant_role", actor_id=actor_id, grant_id=samples.ulid(), role=ROLE_PROVINCIAL_OFFICE,
                        reads_up_to=2)
        self.administer("issue_credential", actor_id=actor_id, credential_id=credential_id,
                        token_sha256=hashlib.sha256(token_bytes).digest())
        sent, positions, refusals = threading.Semaphore(0), [], []
        senders = [threading.Thread(target=self.send, args=(token, server, sent, positions, refusals), daemon=True)
                   for server in scene.gateways[:SENDERS]]
        for sender in senders:
            sender.start()
        for _ in range(SENT_BEFORE_REVOCATION * len(senders)):
            sent.acquire(timeout=installation.PATIENCE_SECONDS)
        at = self.administer("revoke_credential", actor_id=actor_id, credential_id=credential_id).position
        for sender in senders:
            sender.join(installation.PATIENCE_SECONDS)
        after = [position for position in positions if position > at]
        if after or not positions or len(refusals) < REFUSED_AFTER * len(senders):
            scene.tally.fault("a revoked token", f"revoked at {at}, accepted {after}, {len(refusals)} refused")
        self.accepted += len(positions)
        self.refused += len(refusals)
        self.revoked.append((scene.work_ledger, credential_id, at))

    def administer(self, command_kind, **fields):
        submission = self.scene.work.begin()
        command = getattr(submission.command, command_kind)
        command.SetInParent()
        for name, value in fields.items():
            if isinstance(value, dict):
                for inner, text in value.items():
                    setattr(getattr(command, name), inner, text)
            else:
                setattr(command, name, value)
        return self.scene.until_accepted(submission, self.scene.administrator_token)

    def send(self, token, server, sent, positions, refusals):
        scene = self.scene
        submit = scene.contract.method("SubmissionService/Submit")
        caller = calls.Caller(scene.contract, server.address)
        deadline = time.monotonic() + installation.PATIENCE_SECONDS
        mine = 0
        while mine < REFUSED_AFTER and time.monotonic() < deadline:
            submission, _ = scene.work.model(samples.ulid())
            answer = caller.unary(submit, wire.text(1, submission.SerializeToString()), calls.metadata_of(token))
            note = notes.note_of(scene.contract, submission.ledger, submission.submission_id, answer, "revoked")
            with self.lock:
                if note is not None:
                    scene.tally.note(note)
                    positions.append(note.position)
                elif answer.code == "UNAUTHENTICATED":
                    mine += 1
                    refusals.append(answer.reason)
                    if answer.reason not in ("TOKEN_REVOKED", "TOKEN_UNKNOWN"):
                        scene.tally.fault("a revoked token is told otherwise", f"{answer}")
                elif answer.code not in workload.AGAIN:
                    scene.tally.fault("a revoked token is told otherwise", f"{answer}")
            sent.release()
        caller.close()


class Faults:
    """The rounds: each takes the broker away once, and does the rest while it is there."""

    def __init__(self, scene, seconds_between, seed):
        self.scene, self.seconds_between = scene, seconds_between
        self.garbage = Garbage(scene, seed)
        self.clock = scene.clock
        self.revocation = Revocation(scene)
        self.kills = 0
        self.rounds = 0

    def run(self, until_time, rounds_max):
        next_round = time.monotonic()
        while time.monotonic() < until_time:
            if self.rounds < rounds_max:
                self.one_round()
            next_round += self.seconds_between
            while time.monotonic() < min(next_round, until_time):
                self.scene.look_after()
                time.sleep(0.2)

    def one_round(self):
        """Whatever does not work here is a fault of the service: it is written down, the rounds go on."""
        for work in (self.garbage.write, self.clock.round, self.revocation.round, self.take_broker, self.kill_one):
            try:
                work()
            except Exception as error:
                self.scene.tally.fault("a round failed", f"{work.__qualname__}: {error!r}")
        self.rounds += 1

    def take_broker(self):
        with self.scene.something_is_away():
            self.scene.place.broker.restart(kill=self.rounds % 2 == 0)
            self.scene.settle()

    def kill_one(self):
        if self.rounds % 2 == 0:
            return
        server = self.scene.servers[(self.rounds // 2) % len(self.scene.servers)]
        with self.scene.something_is_away():
            server.kill()
            server.start()
            self.kills += 1
            self.scene.settle()


def credentials_used(entries, revoked, ledger):
    """Commits signed with a credential after it was revoked."""
    at = {credential_id: position for of_ledger, credential_id, position in revoked if of_ledger == ledger}
    return [entry.position for entry in entries
            if entry.record.signer.credential_id in at and entry.position > at[entry.record.signer.credential_id]]


