"""A client like any other, beside the hostile ones: submits and queries all the time; how long it waits, and what it
is told, while nothing of what it needs is away."""

import threading
import time

import calls
import notes
import samples
import wire
import workload

PAUSE_SECONDS = 0.05
QUERY_SECONDS = 20


class Watchdog(threading.Thread):
    """Its own agency's work, a query after each that must show it."""

    def __init__(self, scene, tally, gateway, reader):
        super().__init__(daemon=True, name="watchdog")
        self.scene, self.tally = scene, tally
        self.submit = scene.contract.method("SubmissionService/Submit")
        self.query = scene.contract.method("QueryService/GetModel")
        self.gateway = calls.Caller(scene.contract, gateway.address)
        self.reader = calls.Caller(scene.contract, reader.address)
        self.work = workload.Work(scene.contract, scene.work_ledger, scene.unit_id)
        self.metadata = calls.metadata_of(scene.tokens[scene.work_ledger])
        self.submit_seconds, self.query_seconds = [], []
        self.disturbed = 0
        self.stopping = threading.Event()

    def run(self):
        try:
            self.watch()
        except Exception as error:
            self.tally.fault("the watchdog failed", repr(error))

    def watch(self):
        model_id = samples.ulid()
        submission, _ = self.work.model(model_id)
        while not self.stopping.is_set():
            fault_before = self.scene.faults_now()
            begun = time.monotonic()
            answer = self.gateway.unary(self.submit, wire.text(1, submission.SerializeToString()), self.metadata)
            self.judge("(watchdog) Submit", answer, begun, fault_before, self.submit_seconds)
            if answer.code == "OK":
                accepted = self.submit.response.FromString(answer.response).accepted
                self.tally.note(notes.accepted_note(submission.ledger, accepted, "watchdog"))
                self.ask(model_id, accepted.position)
                submission, _ = self.work.progress(model_id, "theo dõi")
            time.sleep(PAUSE_SECONDS)

    def ask(self, model_id, position):
        """Reads its own write."""
        request = self.query.request(model_id=model_id)
        request.context.ledger, request.context.min_position = self.scene.work_ledger, position
        fault_before = self.scene.faults_now()
        begun = time.monotonic()
        answer = self.reader.unary(self.query, request.SerializeToString(), self.metadata, QUERY_SECONDS)
        self.judge("(watchdog) GetModel", answer, begun, fault_before, self.query_seconds)
        if answer.code == "OK":
            meta = self.query.response.FromString(answer.response).meta
            if meta.positions[0].position < position:
                self.tally.fault("an answer from before one's own write", f"{meta.positions[0]}")

    def judge(self, rpc, answer, begun, fault_before, seconds):
        self.tally.call(rpc, answer.code)
        if fault_before or self.scene.faults_now():
            self.disturbed += 1
            if answer.code not in workload.AGAIN | {"OK"}:
                self.tally.fault(f"the watchdog is told {answer.code}", answer.message)
            return
        seconds.append(time.monotonic() - begun)
        if answer.code != "OK":
            self.tally.fault(f"the watchdog is told {answer.code} though nothing is away",
                             f"{rpc} {answer.message} after {seconds[-1]:.1f} s")

    def stop(self):
        self.stopping.set()

    def close(self):
        self.gateway.close()
        self.reader.close()


def quantile(seconds, share):
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
