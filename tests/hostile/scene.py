"""One run: the installation, its ledgers and people, and what the clients of the run share."""

import contextlib
import os
import threading
import time

import calls
import contract as contracts
import faults
import installation
import notes
import samples
import tally
import wire
import workload

WORK_LEDGER, FUZZED_LEDGER = "viec", "pha"
PERSON_ROLES = ("map-steward", "commune-officer", "commune-leader", "department-specialist", "provincial-office",
                "competent-authority", "auditor")
SUBMISSION_SECONDS = 150
MODELS_SERVICES = ("QueryService", "HistoryService", "AdminService")


class Scene:
    """Four processes on one broker: `serve` has all roles, `front` and `late` are gateways, `reader` a projector.
    The clock of `late` can be set."""

    def __init__(self, program, clock_library, folder, seed):
        self.seed, self.folder = seed, folder
        self.contract = contracts.Contract(contracts.here("proto"))
        self.tally = tally.Tally()
        self.place = installation.Installation(program, folder)
        self.away = 0
        self.lock = threading.Lock()
        clock_file = os.path.join(folder, "clock")
        self.clock = faults.Clock(self, clock_file)
        self.serve = self.place.add("serve", "serve")
        self.front = self.place.add("gateway", "front")
        self.late = self.place.add("gateway", "late",
                                   {"LD_PRELOAD": clock_library, "NHANRONG_CLOCK_FILE": clock_file})
        self.reader = self.place.add("projector", "reader")
        self.servers = [self.serve, self.front, self.late, self.reader]
        self.gateways = [self.serve, self.front, self.late]
        self.readers = [self.serve, self.reader]
        self.ledgers = [WORK_LEDGER, FUZZED_LEDGER]
        self.work_ledger = WORK_LEDGER

    def open(self):
        """Starts everything; makes `national` with its units, and the two ledgers."""
        self.serve.start()
        self.place.create_ledger(self.serve, "national", "national", PERSON_ROLES)
        for ledger in self.ledgers:
            self.place.create_ledger(self.serve, ledger, ledger + "-administrator", PERSON_ROLES)
        for server in self.servers[1:]:
            server.start()
        self.administrator_token = self.place.token(WORK_LEDGER + "-administrator")
        self.tokens = {ledger: self.place.token(ledger + "-administrator") for ledger in self.ledgers}
        self.tokens["national"] = self.place.token("national")
        with open(os.path.join(self.serve.data, "operator.token"), encoding="ascii") as file:
            self.operator_token = file.read().strip()
        self.make_units()
        self.work = workload.Work(self.contract, WORK_LEDGER, self.unit_id)
        self.agency_id = samples.ulid()
        self.place.add_agency(self.serve, WORK_LEDGER, WORK_LEDGER + "-administrator", self.agency_id, self.unit_id)
        self.place.add_actor(self.serve, WORK_LEDGER, WORK_LEDGER + "-administrator", self.agency_id, "officer",
                             "provincial-office")
        self.tokens[WORK_LEDGER] = self.place.token("officer")
        self.make_known()

    def make_units(self):
        nation, self.unit_id = samples.ulid(), samples.ulid()
        work = workload.Work(self.contract, "national", "")
        for unit_id, name, level, parent in ((nation, "Nước thử", 1, ""), (self.unit_id, "Tỉnh Thử", 2, nation)):
            submission = work.begin()
            workload.day(submission.occurred_on, "2004-07-08")
            command = submission.command.establish_unit
            command.unit_id, command.name, command.level, command.parent_unit_id = unit_id, name, level, parent
            self.until_accepted(submission, self.tokens["national"])

    def make_known(self):
        """Things that the fuzzer's commands may name."""
        self.known = {"unit_id": self.unit_id, "model_id": samples.ulid()}
        for ledger in self.ledgers:
            submission, _ = workload.Work(self.contract, ledger, self.unit_id).model(self.known["model_id"])
            self.until_accepted(submission, self.tokens[ledger])

    def servers_for(self, method):
        return self.readers if method.service in MODELS_SERVICES else self.gateways

    # --- Submissions of the run itself --------------------------------------------------------------

    def submit(self, server, submission, token):
        caller = calls.Caller(self.contract, server.address)
        try:
            answer = caller.unary(self.contract.method("SubmissionService/Submit"),
                                  wire.text(1, submission.SerializeToString()), calls.metadata_of(token))
        finally:
            caller.close()
        note = notes.note_of(self.contract, submission.ledger, submission.submission_id, answer, "scene")
        if note is not None:
            self.tally.note(note)
        return answer

    def until_accepted(self, submission, token):
        def once():
            answer = self.submit(self.front, submission, token)
            if answer.code == "OK":
                return self.contract.message("SubmitResponse").FromString(answer.response).accepted
            # A gateway may not have folded yet what was recorded through another one: the unit, the token.
            if answer.code not in workload.AGAIN | {"UNAUTHENTICATED"}:
                raise RuntimeError(f"{submission.command.WhichOneof('kind')}: {answer}")
            time.sleep(workload.PAUSE_SECONDS)
            return None
        return installation.until(once, f"{submission.submission_id} is accepted", SUBMISSION_SECONDS)

    def submit_one(self, server):
        submission, _ = self.work.model(samples.ulid())
        return self.submit(server, submission, self.tokens[WORK_LEDGER])

    def must_be_accepted(self, server, when):
        """Soon: the broker may be on its way back."""
        installation.until(lambda: self.submit_one(server).code == "OK", f"{server.name} accepts {when}")

    # --- What is away -------------------------------------------------------------------------------

    @contextlib.contextmanager
    def something_is_away(self):
        with self.lock:
            self.away += 1
        try:
            yield
        finally:
            with self.lock:
                self.away -= 1

    def faults_now(self):
        with self.lock:
            return self.away

    def settle(self):
        """Returns when every process serves again."""
        for server in self.servers:
            installation.until(server.is_ready, f"{server.name} is ready again: {server.readyz()}")
        for server in self.gateways:
            self.must_be_accepted(server, "after a fault")

    def look_after(self):
        """A process that ended by itself is a fault; the run goes on with a new one."""
        for server in self.servers:
            if not server.alive():
                self.tally.fault("a process ended by itself", f"{server.name}: {server.process.returncode}")
                with self.something_is_away():
                    server.start()

    def resident(self):
        return {server.name: server.resident_kilobytes() for server in self.servers if server.alive()}

    def close(self):
        self.place.close()
