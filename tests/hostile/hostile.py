"""The hostile hour: everything at once, for as long as asked; then what must hold is checked and a table is printed.

    /usr/bin/python3 hostile.py --program nhanrong --clock-library set_clock.so --folder DIR --seconds 60

Exit code 0: everything held. 1: something did not; the table says what, the folder keeps logs and notes."""

import argparse
import json
import os
import random
import sys
import time

import faults
import fuzz
import installation
import ledger_checks
import report
import scene as scenes
import watchdog as watchdogs
import workload

WORKERS = 2
END_SECONDS = 180        # for clients to finish when everything is there again
RESIDENT_MAX_KB = 1_500_000
STEADY_AFTER_SECONDS = 15


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--clock-library", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--between", type=float, default=60, help="seconds between the beginnings of two rounds")
    parser.add_argument("--rounds", type=int, default=1_000_000, help="at most")
    parser.add_argument("--fuzzers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


class Run:
    """The clients of one run."""

    def __init__(self, scene, asked):
        self.scene, self.asked = scene, asked
        self.deck = fuzz.Deck(scene.contract, scene.seed)
        self.fuzzers = [fuzz.Fuzzer(scene, self.deck, scene.tally, i) for i in range(asked.fuzzers)]
        self.workers = [workload.Worker(scene, scene.tally, i, scene.gateways, streams=i % 2 == 1)
                        for i in range(WORKERS)]
        self.watchdog = watchdogs.Watchdog(scene, scene.tally, scene.front, scene.reader)
        self.faults = faults.Faults(scene, asked.between, scene.seed)
        self.resident = []

    def go(self):
        begun = time.monotonic()
        clients = [*self.workers, self.watchdog, *self.fuzzers]
        for client in clients:
            client.start()
        time.sleep(min(STEADY_AFTER_SECONDS, self.asked.seconds / 10))
        self.resident.append(self.scene.resident())
        self.faults.run(begun + self.asked.seconds, self.asked.rounds)
        self.resident.append(self.scene.resident())
        for client in clients:
            client.stop()
        for client in clients:
            client.join(END_SECONDS)
            if client.is_alive():
                self.scene.tally.fault("a client waits for ever", client.name)
            client.close()  # a server that stops waits for connections that nobody looks after
        self.scene.look_after()
        for server, kilobytes in self.resident[-1].items():
            if kilobytes > RESIDENT_MAX_KB:
                self.scene.tally.fault("a process grows", f"{server}: {kilobytes} kB")


def check(run):
    """Compares what clients were told, what the ledgers hold, and what is made of the topics alone."""
    scene = run.scene
    checks = ledger_checks.Checks(scene.contract)
    ledgers = ["national", *scene.ledgers]
    lived = {ledger: read_models(run, scene.reader, ledger) for ledger in ledgers}
    voids = {ledger: {kind: scene.reader.metric(f"ledger_{kind}_records", ledger) for kind in ("void", "undecodable")}
             for ledger in scene.ledgers}
    check_voids(run, checks, voids)
    for server in scene.servers:
        ended = server.stop()
        if ended != 0:
            checks.find("a stop that is not clean", f"{server.name}: {ended}")
    rebuilt = scene.place.add("serve", "rebuilt")
    rebuilt.start()
    for ledger in ledgers:
        entries = ledger_checks.read_history(scene.contract, rebuilt, ledger, run_token(scene, ledger))
        checks.sound(ledger, entries)
        checks.noted(ledger, entries, scene.tally.notes)
        for position in faults.credentials_used(entries, run.faults.revocation.revoked, ledger):
            checks.find("signed with a revoked credential", f"{ledger} {position}")
        anew = read_models(run, rebuilt, ledger, lived[ledger])
        if lived[ledger] != anew or not anew:
            checks.find("digests differ from those of a rebuild", f"{ledger}: {lived[ledger]} and {anew}")
        if any(parked for *_, parked in anew.values()):
            checks.find("a read model has parked a stream", f"{ledger}: {anew}")
        if ledger == scene.work_ledger:
            for blind in ledger_checks.blind_checks(scene.contract, ledger, entries, scene.tally.notes):
                checks.find("a check sees nothing", blind)
    rebuilt.stop()
    return checks, voids


def run_token(scene, ledger):
    return scene.tokens["national"] if ledger == "national" else scene.place.token(ledger + "-administrator")


def read_models(run, server, ledger, like=None):
    """The digests, once all have folded the same commits: as many as `like`, or as the log has."""
    scene = run.scene
    want = max(commits for _, commits, *_ in like.values()) if like else scene.serve.metric("ledger_commits", ledger)

    def complete():
        found = ledger_checks.digests(scene.contract, server, ledger, run_token(scene, ledger))
        return found if found and {commits for _, commits, *_ in found.values()} == {want} else None
    return installation.until(complete, f"{server.name} has folded {want} commits of {ledger}")


def check_voids(run, checks, voids):
    """What was written into a topic from outside is void, counted and shown: not more, not less."""
    garbage = run.faults.garbage
    for ledger, seen in voids.items():
        if seen["undecodable"] != garbage.undecodable[ledger] or seen["void"] < garbage.written[ledger]:
            checks.find("garbage is not counted", f"{ledger}: {seen}, written {garbage.written[ledger]}, of which "
                        f"{garbage.undecodable[ledger]} no records")


def say(begun, text):
    print(f"[{time.monotonic() - begun:.0f} s] {text}", flush=True)


def main():
    asked = arguments()
    seed = asked.seed or random.randrange(1, 1 << 31)
    begun = time.monotonic()
    say(begun, f"seed {seed}")
    os.makedirs(asked.folder, exist_ok=True)
    say(begun, "starting a broker and four processes")
    scene = scenes.Scene(asked.program, asked.clock_library, asked.folder, seed)
    try:
        scene.open()
        run = Run(scene, asked)
        say(begun, f"{len(run.deck.cases)} mutations of {run.deck.fields} fields; {asked.seconds:.0f} s of everything")
        run.go()
        say(begun, "comparing what was told with what is there")
        with open(os.path.join(asked.folder, "notes.ndjson"), "w", encoding="utf-8") as file:
            for note in scene.tally.notes:
                file.write(json.dumps(note._asdict(), default=bytes.hex) + "\n")
        checks, voids = check(run)
    finally:
        scene.close()
    say(begun, "done")
    return report.write(run, checks, voids, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
