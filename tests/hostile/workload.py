"""Valid work of which it is known beforehand what becomes of it, sent until it is answered, and noted."""

import itertools
import random
import threading
import time

import calls
import notes
import samples
import wire

# What a client may be told while something is away: nothing was done, or the outcome is not known. It sends again.
AGAIN = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"}
PAUSE_SECONDS = 0.05
REPEAT_EVERY = 10    # so many submissions, an old one is sent again to another server
STEPS = 8            # reports to one model
FRAME = 5            # submissions in a frame of a stream
ANSWER_SECONDS = 150  # a broker is away for some seconds; who has no answer by then waits for ever


def day(message, value="2024-06-05"):
    message.value, message.precision = value, 1


class Work:
    """Makes submissions to one ledger; each with what must become of it."""

    def __init__(self, contract, ledger, unit_id):
        self.contract, self.ledger, self.unit_id = contract, ledger, unit_id

    def begin(self):
        submission = self.contract.message("Submission")(ledger=self.ledger, submission_id=samples.new_uuid(),
                                                         reason="số liệu thử")
        day(submission.occurred_on)
        return submission

    def model(self, model_id):
        """A model in use, from a document."""
        submission = self.begin()
        day(submission.occurred_on, "2024-05-05")
        submission.channel = 3
        submission.sources.add(kind="Quyết định", issued_on="2024-07-08", issuer="Cơ quan thử", summary="Văn bản thử")
        made = submission.command.record_model_from_document
        made.model_id, made.stated_status = model_id, 5
        made.definition.name, made.definition.unit_id = "Mô hình thử", self.unit_id
        made.definition.level, made.definition.field, made.definition.sector_block = 1, 6, 1
        return submission, "accepted"

    def progress(self, model_id, text):
        submission = self.begin()
        submission.command.report_progress.model_id = model_id
        submission.command.report_progress.narrative = text
        return submission, "accepted"

    def refused(self, model_id):
        """What is in use is not submitted for screening."""
        submission = self.begin()
        submission.command.submit_model.model_id = model_id
        return submission, "refused"

    def round(self):
        model_id = samples.ulid()
        yield self.model(model_id)
        for step in range(STEPS):
            yield self.refused(model_id) if step == STEPS // 2 else self.progress(model_id, f"bước {step}")


class Worker(threading.Thread):
    """Sends round after round, to every gateway in turn; unary or on streams."""

    def __init__(self, scene, tally, number, servers, streams=False):
        super().__init__(daemon=True, name=f"worker-{number}")
        self.scene, self.tally = scene, tally
        self.random = random.Random(scene.seed * 100 + number)
        self.work = Work(scene.contract, scene.work_ledger, scene.unit_id)
        self.submit = scene.contract.method("SubmissionService/Submit")
        self.stream = scene.contract.method("SubmissionService/SubmitStream")
        self.callers = [calls.Caller(scene.contract, server.address) for server in servers]
        self.metadata = calls.metadata_of(scene.tokens[scene.work_ledger])
        self.streams = streams
        self.stopping = threading.Event()
        self.answered, self.asked_again, self.repeats = 0, 0, 0

    def run(self):
        try:
            while not self.stopping.is_set():
                (self.round_on_a_stream if self.streams else self.round_of_calls)()
        except Exception as error:
            self.tally.fault("a worker failed", f"{self.name}: {error!r}")

    def round_of_calls(self):
        for submission, outcome in self.work.round():
            note = self.until_answered(submission, outcome)
            if self.answered % REPEAT_EVERY == 0:
                self.once_more(submission, note)

    def next_caller(self):
        return self.random.choice(self.callers)

    def until_answered(self, submission, outcome):
        data = wire.text(1, submission.SerializeToString())
        deadline = time.monotonic() + ANSWER_SECONDS
        for tries in itertools.count():
            answer = self.next_caller().unary(self.submit, data, self.metadata)
            self.tally.call("(work) Submit", answer.code)
            if answer.code not in AGAIN:
                return self.settle(submission, outcome, answer)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{submission.submission_id} has no answer after {tries} tries: {answer}")
            self.asked_again += 1
            time.sleep(PAUSE_SECONDS)

    def settle(self, submission, outcome, answer):
        note = notes.note_of(self.scene.contract, submission.ledger, submission.submission_id, answer, "worker")
        if note is None or note.outcome != outcome:
            self.tally.fault(f"{outcome} was expected", f"{answer}")
        self.answered += 1
        if note is not None:
            self.tally.note(note)
        return note

    def once_more(self, submission, note):
        """The same submission has the same answer for ever."""
        data = wire.text(1, submission.SerializeToString())
        answer = self.next_caller().unary(self.submit, data, self.metadata)
        if answer.code in AGAIN or note is None:
            return
        again = notes.note_of(self.scene.contract, submission.ledger, submission.submission_id, answer, "worker")
        if again != note:
            self.tally.fault("another answer for the same id", f"{note} and {answer}")
        self.repeats += 1

    def round_on_a_stream(self):
        """Frames until everything has an answer; each life of a stream sends what was not answered."""
        open_ones = {submission.submission_id: (submission, outcome) for submission, outcome in self.work.round()}
        deadline = time.monotonic() + ANSWER_SECONDS
        while open_ones:
            answer = self.next_caller().both_streams(self.stream, self.frames(list(open_ones.values())), self.metadata,
                                                     calls.CALL_SECONDS)
            self.tally.call("(work) SubmitStream", answer.code)
            for item in answer.response or ():
                for told in self.stream.response.FromString(item).outcomes:
                    self.take(open_ones, told)
            if open_ones and time.monotonic() > deadline:
                raise TimeoutError(f"{len(open_ones)} on streams have no answer: {answer._replace(response=None)}")
            if open_ones:
                self.asked_again += 1
                time.sleep(PAUSE_SECONDS)

    def frames(self, some):
        for begin in range(0, len(some), FRAME):
            frame = self.stream.request(sequence=begin + 1,
                                        submissions=[submission for submission, _ in some[begin:begin + FRAME]])
            yield frame.SerializeToString()

    def take(self, open_ones, told):
        submission, outcome = open_ones[told.submission_id]
        if told.HasField("accepted"):
            self.tally.note(notes.accepted_note(submission.ledger, told.accepted, "stream"))
            answer_outcome = "accepted"
        else:
            answer = self.callers[0].reader.of_status(told.error)
            if answer.code in AGAIN:
                return
            note = notes.note_of(self.scene.contract, submission.ledger, submission.submission_id, answer, "stream")
            if note is not None:
                self.tally.note(note)
            answer_outcome = note.outcome if note is not None else answer.code
        if answer_outcome != outcome:
            self.tally.fault(f"{outcome} was expected on a stream", f"{told}")
        self.answered += 1
        del open_ones[told.submission_id]

    def stop(self):
        self.stopping.set()

    def close(self):
        for caller in self.callers:
            caller.close()
