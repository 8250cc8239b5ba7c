"""Takes one generated history into ledgers by three ways, and compares what lies there.

    tests/generator/run --communes 98 --years 1
    tests/generator/three_ways.py --communes 3 --months 1 --kafka 127.0.0.1:9092 --program build/dev/bin/nhanrong

A by `import --calls`, B by `submit --stream`, C by `admin ledger copy` from A (with --kafka: onto that broker). Then:
the same commits (of A and B all but ledger id, heads and anchors, which tell what their writer had folded; of A and C
byte for byte), the same digests of every read model, and refusals that are those which the generator foretold. Prints a
table with the peak of memory of each process. It reads what the program prints and shares no code with it.

Exit code 0: all of it is so; 1: something is not; 2: wrong arguments.
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEDGER = "tinh-gia-dinh"
HISTORY = "03-history.ndjson"
LEDGERS = {"national": "ban-do", LEDGER: "quan-tri"}  # with the name of their administrators' tokens
START_SECONDS_MAX = 120
FOLD_SECONDS_MAX = 1800
REFUSED = 2  # exit code of import and submit: a rule refused some of it
# What a record says of its writer and of its place, and not of what was decided.
OF_THE_WRITER = ("ledgerId", "anchor", "national")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Finished:
    def __init__(self, process, begun):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.exit = process.returncode
        self.seconds = time.monotonic() - begun
        self.rss_mb = usage.ru_maxrss / 1024


class Run:
    """The folder of one run, and the rows of its table."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.rows = []
        self.wrong = []

    def check(self, what, right):
        self.rows.append((what, "yes" if right else "NO"))
        if not right:
            self.wrong.append(what)

    def command(self, *words, address=None, token=None):
        command = [self.arguments.program, "--lang", "en", *words]
        if address:
            command += ["--address", address]
        if token:
            command += ["--token-file", str(self.folder / "made/tokens" / f"{token}.token")]
        return command

    def timed(self, name, command, allowed=(0,)):
        with open(self.folder / f"{name}.out", "wb") as out, open(self.folder / f"{name}.err", "wb") as err:
            begun = time.monotonic()
            done = Finished(subprocess.Popen(command, stdout=out, stderr=err), begun)
        if done.exit not in allowed:
            tail = (self.folder / f"{name}.err").read_text()[-2000:]
            raise SystemExit(f"{name}: exit code {done.exit}\n{tail}")
        return done


class Server:
    """One server with its data; its peak of memory is known when it has stopped."""

    def __init__(self, run, name, kafka=None):
        self.run, self.name = run, name
        self.data = run.folder / name
        self.address = f"127.0.0.1:{free_port()}"
        self.http = f"127.0.0.1:{free_port()}"
        self.kafka = ["--kafka", kafka, "--single-broker", "--topic-prefix", f"{run.folder.name}."] if kafka else []
        self.place = f"kafka:{kafka}/{run.folder.name}." if kafka else f"embedded:{self.data}"

    def __enter__(self):
        command = self.run.command("serve", "--data-dir", str(self.data), "--listen", self.address, "--http", self.http,
                                   *self.kafka)
        self.begun = time.monotonic()
        with open(self.run.folder / f"serve-{self.name}.log", "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        while time.monotonic() < self.begun + START_SECONDS_MAX:
            try:
                with urllib.request.urlopen(f"http://{self.http}/readyz", timeout=5):
                    return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.process.kill()
        raise SystemExit(f"server {self.name} does not get ready: see {self.run.folder}/serve-{self.name}.log")

    def __exit__(self, *_):
        self.process.terminate()
        done = Finished(self.process, self.begun)
        self.run.rows.append((f"serve {self.name}: peak MB", f"{done.rss_mb:.0f}"))

    def found(self):
        self.run.timed(f"demo-{self.name}",
                       self.run.command("demo", str(self.run.folder / "made"), "--without", HISTORY,
                                        "--operator-token-file", str(self.data / "operator.token"),
                                        address=self.address))

    def ask(self, ledger, *words):
        command = self.run.command("--output", "json", *words, "--ledger", ledger, address=self.address,
                                   token=LEDGERS[ledger])
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["projections"]

    def digests(self, commits):
        """Of every read model, once all have folded so many commits; each recomputed from its rows, too."""
        until = time.monotonic() + FOLD_SECONDS_MAX
        for ledger in LEDGERS:
            while any(int(one.get("commits", 0)) < commits[ledger] for one in
                      self.ask(ledger, "admin", "projection", "list")):
                if time.monotonic() > until:
                    raise SystemExit(f"server {self.name}: read models do not come up to the ledger")
                time.sleep(0.2)
        found = {}
        for ledger in LEDGERS:
            for one in self.ask(ledger, "admin", "projection", "check"):
                info = one["info"]
                found[ledger, info["name"]] = (info["commits"], info.get("rows"), info["digest"], one["equal"],
                                               "parked" in info)
        return found

    def commits(self):
        command = self.run.command("--output", "json", "admin", "ledger", "list", "--operator-token-file",
                                   str(self.data / "operator.token"), address=self.address)
        listed = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["ledgers"]
        return {one["name"]: int(one["commits"]) for one in listed}


class History:
    """What is to be compared of a ledger's commits, read one after another."""

    def __init__(self, server):
        decided, exact = hashlib.sha256(), hashlib.sha256()
        self.commits, self.events, self.refusals = 0, 0, {}
        command = server.run.command("--output", "json", "history", "read", "--ledger", LEDGER, address=server.address,
                                     token="thanh-tra")
        with subprocess.Popen(command, stdout=subprocess.PIPE) as reading:
            for line in reading.stdout:
                exact.update(line)
                entry = json.loads(line)
                decided.update(json.dumps(self.decided(entry), sort_keys=True).encode())
                self.commits += 1
                self.events += len(entry["record"].get("events", {}).get("events", ()))
                if "refusal" in entry["record"]:
                    rules = sorted(rule["rule"] for rule in entry["record"]["refusal"]["rules"])
                    self.refusals[entry["record"]["submissionId"]] = rules
        if reading.returncode != 0:
            raise SystemExit(f"history of {server.name} cannot be read")
        self.decided_hash, self.exact_hash = decided.hexdigest(), exact.hexdigest()

    @staticmethod
    def decided(entry):
        record = {name: value for name, value in entry["record"].items() if name not in OF_THE_WRITER}
        for streams in ("writes", "reads"):
            record[streams] = [one["stream"] for one in record.get(streams, ())]
        return [entry["position"], entry["recordedAt"], record, entry.get("facts")]


def foretold(folder):
    with open(folder / "made/refusals.ndjson", encoding="utf-8") as lines:
        return {one["submissionId"]: sorted(one["rules"]) for one in map(json.loads, lines)}


def take_in(run, server, name, words):
    done = run.timed(name, run.command(*words, "--token-dir", str(run.folder / "made/tokens"), address=server.address),
                     allowed=(0, REFUSED))
    run.rows.append((f"{name}: s, lines/s, peak MB",
                     f"{done.seconds:.1f}, {run.lines / done.seconds:.0f}, {done.rss_mb:.0f}"))
    commits = server.commits()
    return History(server), server.digests(commits)


def compare(run):
    arguments, folder = run.arguments, run.folder
    span = ["--months", str(arguments.months)] if arguments.months else ["--years", str(arguments.years)]
    made = run.timed("generate", run.command("generate", "--communes", str(arguments.communes), *span, "--seed",
                                             str(arguments.seed), "--output", str(folder / "made")))
    file = folder / "made" / HISTORY
    with open(file, "rb") as lines:
        run.lines = sum(1 for _ in lines)
    run.rows.append(("lines of history", f"{run.lines}"))
    run.rows.append(("generate: s, peak MB", f"{made.seconds:.1f}, {made.rss_mb:.0f}"))

    with Server(run, "A") as a:
        a.found()
        by_import, digests_a = take_in(run, a, "import", ["import", str(file), "--calls"])
    with Server(run, "B") as b:
        b.found()
        by_stream, digests_b = take_in(run, b, "stream", ["submit", "--stream", str(file)])
    c = Server(run, "C", arguments.kafka)
    for ledger in LEDGERS:
        more = ["--single-broker"] if arguments.kafka else []
        done = run.timed(f"copy-{ledger}", run.command("admin", "ledger", "copy", ledger, "--from", a.place, "--to",
                                                       c.place, *more))
    run.rows.append(("copy: s, commits/s, peak MB",
                     f"{done.seconds:.1f}, {by_import.commits / done.seconds:.0f}, {done.rss_mb:.0f}"))
    with c:
        by_copy, digests_c = History(c), c.digests(c.commits())

    run.rows.append(("commits, events, refusals", f"{by_import.commits}, {by_import.events}, {len(by_import.refusals)}"))
    run.check("import and stream: the same commits", by_import.decided_hash == by_stream.decided_hash)
    run.check("import and copy: the same bytes", by_import.exact_hash == by_copy.exact_hash)
    run.check("the same digests of every read model", digests_a == digests_b == digests_c)
    run.check("digests are those of the rows, nothing is parked",
              all(one[3] and not one[4] for one in digests_a.values()))
    run.check("refused is what was foretold", by_import.refusals == foretold(folder))
    run.check("every line has its commit", by_import.commits > run.lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--communes", type=int, required=True)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--months", type=int, help="instead of years")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kafka", help="host:port of a broker: the copy goes there")
    parser.add_argument("--program", default=str(ROOT / "build/release/bin/nhanrong"))
    parser.add_argument("--keep", action="store_true", help="leave the folder of the run")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nhanrong-generated-"))
    run = Run(arguments, folder)
    try:
        compare(run)
    finally:
        for what, figure in run.rows:
            print(f"{what:50} {figure}")
        if arguments.keep or run.wrong:
            print(f"left for a look: {folder}")
        else:
            shutil.rmtree(folder)
    return 1 if run.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
