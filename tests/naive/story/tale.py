"""A tale: who takes part in a made-up ledger, what there is in it so far, and how a deed is sent."""

import datetime
import json
import random
import subprocess
import uuid

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BEGINS = datetime.datetime(2021, 4, 2, 8, 0, tzinfo=VIETNAM)
MINUTES_BETWEEN_DEEDS = (1, 7, 30, 300, 1500)
# How late something is told, in days; mostly on the day.
DAYS_LATE = (0,) * 12 + (1, 2, 3, 10, 25, 60, 200, 400)

# Name -> (agency, role, reads up to, bound to the unit of the tale)
CAST = {
    "officer-a": ("commune-a", "commune-officer", "sensitive", False),
    "officer-b": ("commune-b", "commune-officer", "sensitive", False),
    "leader-a": ("commune-a", "commune-leader", "sensitive", False),
    "leader-b": ("commune-b", "commune-leader", "sensitive", False),
    "specialist-a": ("department", "department-specialist", "sensitive", False),
    "specialist-b": ("department", "department-specialist", "sensitive", False),
    "office": ("office", "provincial-office", "sensitive", False),
    "authority": ("office", "competent-authority", "sensitive", False),
    "deputy": ("office", "competent-authority", "sensitive", False),
    # Who only ask: of everything, of what is public, of one unit.
    "auditor": ("office", "auditor", "sensitive", False),
    "public": ("office", "public-reader", "public", False),
    "unit-reader": ("commune-a", "auditor", "internal", True),
}


class Person:
    """Sends submissions one by one over a stream of his own."""

    def __init__(self, tale, role, actor_id, token_file):
        self.tale, self.role, self.actor_id, self.token_file = tale, role, actor_id, token_file
        self.stream = None

    def send(self, submission):
        if self.stream is None:
            self.stream = subprocess.Popen(
                [*self.tale.program, "--token-file", self.token_file, "--output", "json", "submit", "--stream", "-",
                 "--ledger", self.tale.ledger],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.stream.stdin.write(json.dumps(submission, ensure_ascii=False) + "\n")
        self.stream.stdin.flush()
        return json.loads(self.stream.stdout.readline())

    def go(self):
        if self.stream is not None:
            self.stream.stdin.close()
            self.stream.wait()


class Tale:
    """`units`: ids of units of `national`; `scope`: the one to which a reader is bound."""

    def __init__(self, program, ledger, folder, units, scope, seed):
        self.program, self.ledger, self.folder = program, ledger, folder
        self.random = random.Random(seed)
        self.units, self.scope, self.own_units = list(units), scope, []
        self.now = BEGINS
        self.people, self.agencies = {}, {}
        self.models = {}     # id -> status as far as the tale knows
        self.sites = {}      # id -> events of its reports
        self.figures = []
        self.grants, self.credentials = {}, {}  # by actor
        self.facts = []      # [stream, event id, kind, body] in force, to be corrected and annulled
        self.accepted = self.refused = 0
        self.invalid = []    # errors of submissions that were not even recorded

    # People

    def call(self, *arguments, token_file=None):
        tokens = ["--token-file", token_file] if token_file else []
        finished = subprocess.run([*self.program, *tokens, *arguments], capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            raise RuntimeError(f"nhanrong {' '.join(arguments)}: {finished.stderr}{finished.stdout}")

    def found(self, operator_token_file):
        """Makes the ledger with its agencies and people; tokens lie in the folder under their names."""
        token_file = f"{self.folder}/administrator.token"
        self.call("admin", "ledger", "create", self.ledger, "--operator-token-file", operator_token_file,
                  "--agency", "Văn phòng UBND", "--title", "Quản trị", "--token-out", token_file,
                  "--role", "map-steward", "--simulated-clock", "--genesis", self.now.isoformat())
        self.people["administrator"] = Person(self, "administrator", "", token_file)
        for name in dict.fromkeys(agency for agency, *_ in CAST.values()):
            self.agencies[name] = self.ulid()
            self.send("administrator", {"establishAgency": {
                "agencyId": self.agencies[name], "name": name, "unitId": self.random.choice(self.units)}})
        for name, (agency, role, reads, bound) in CAST.items():
            actor_id, its_token_file = self.ulid(), f"{self.folder}/{name}.token"
            scope = "@" + self.scope if bound else ""
            self.pass_time()
            self.call("admin", "actor", "add", "--ledger", self.ledger, "--agency", self.agencies[agency],
                      "--title", name, "--id", actor_id, "--grant", f"{role}{scope}:{reads}",
                      "--token-out", its_token_file, "--recorded-at", self.now.isoformat(), token_file=token_file)
            self.people[name] = Person(self, role, actor_id, its_token_file)

    def one_with(self, *roles):
        """The name of somebody who has one of these roles for the whole ledger."""
        return self.random.choice([name for name, person in self.people.items()
                                   if person.role in roles and not (name in CAST and CAST[name][3])])

    def end(self):
        for person in self.people.values():
            person.go()

    # Words

    def ulid(self):
        return "01" + "".join(self.random.choice(CROCKFORD) for _ in range(24))

    def uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def often(self, share):
        return self.random.random() < share

    def day(self, earliest, latest):
        """An ISO date between so many days from now."""
        return (self.now.date() + datetime.timedelta(days=self.random.randint(earliest, latest))).isoformat()

    def date(self):
        """When something happened, mostly to the day."""
        day = self.now.date() - datetime.timedelta(days=self.random.choice(DAYS_LATE))
        phase = f"{day.year - self.random.randint(0, 4)}/{day.year + self.random.randint(0, 2)}"
        forms = [("DAY", day.isoformat()), ("MONTH", day.isoformat()[:7]),
                 ("QUARTER", f"{day.year}-Q{(day.month + 2) // 3}"), ("YEAR", str(day.year)), ("PHASE", phase),
                 ("UNKNOWN_YEAR", "--" + day.isoformat()[5:])]
        precision, value = self.random.choices(forms, (70, 10, 6, 7, 4, 3))[0]
        return {"value": value, "precision": "DATE_PRECISION_" + precision}

    def source(self):
        issued = self.now.date() - datetime.timedelta(days=self.random.choice((0, 2, 30, 100, 500)))
        return {"number": "1/QĐ", "kind": "Quyết định", "issuedOn": issued.isoformat(), "issuer": "UBND",
                "summary": "Về việc"}

    def quantity(self, unit=None):
        return {"value": str(self.random.randint(1, 300)), "scale": self.random.choice((0, 0, 0, 1, 2)),
                "unit": unit or self.random.choice(("kg", "m2", "mô hình")), "rawText": "số",
                "bound": "BOUND_" + self.random.choice(("EXACT", "EXACT", "EXACT", "AT_LEAST", "AT_MOST", "APPROX"))}

    # Sending

    def pass_time(self):
        self.now += datetime.timedelta(minutes=self.random.choice(MINUTES_BETWEEN_DEEDS))

    def send(self, name, command, **more):
        """Sends it as this person; what was accepted, or None."""
        self.pass_time()
        submission = {"submissionId": self.uuid(), "command": command, "simulatedRecordedAt": self.now.isoformat(),
                      "reason": "vì vậy", "occurredOn": self.date()}
        if self.often(0.4):
            submission["sources"] = [self.source() for _ in range(self.random.randint(1, 2))]
        if self.often(0.5):
            submission["classification"] = "CLASSIFICATION_" + self.random.choices(
                ("PUBLIC", "INTERNAL", "PERSONAL", "SENSITIVE"), (4, 3, 1, 1))[0]
        if self.often(0.2):
            submission["correlationId"] = self.random.choice(("hang-1", "hang-2"))
        answer = self.people[name].send({**submission, **more})
        if "accepted" in answer:
            self.accepted += 1
            return answer["accepted"]
        if answer["error"]["code"] == FAILED_PRECONDITION:
            self.refused += 1
        else:
            self.invalid.append(answer["error"])
        return None

    def remember(self, accepted, kind, body):
        """Keeps the fact that was stated for later regrets; whether it was accepted."""
        if accepted:
            event = accepted["events"][0]
            self.facts.append([event["stream"], event["eventId"], kind, body])
        return accepted is not None


FAILED_PRECONDITION = 9
