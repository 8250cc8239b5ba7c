"""The table of figures at the end of a run."""

import watchdog as watchdogs

ELSEWHERE_MAX = 15


def write(run, checks, voids, out):
    """Prints it; the exit code."""
    scene = run.scene
    seen = scene.tally

    def line(name, value):
        print(f"{name:<52} {value}", file=out)

    print("\nCalls by rpc and status", file=out)
    for rpc, codes in sorted(seen.calls.items()):
        line("  " + rpc, "  ".join(f"{code} {count}" for code, count in codes.most_common()))
    print("\nThe hostile", file=out)
    line("  calls", seen.total())
    line("  mutations in the deck; fields; passes begun",
         f"{len(run.deck.cases)}; {run.deck.fields}; {run.deck.passes}")
    told = sum(seen.named.values())
    missed = seen.named["elsewhere"] + seen.named["nowhere"]
    line("  INVALID_ARGUMENT to a broken field", told)
    line("  of these, the broken field is named", f"{(told - missed) / max(told, 1):.2%}  {dict(seen.named)}")
    print("\nFaults", file=out)
    line("  rounds; broker restarts; processes killed",
         f"{run.faults.rounds}; {scene.place.broker.restarts}; {run.faults.kills}")
    line("  clock set wrong; submissions refused for it", f"{run.faults.clock.times_set}; {run.faults.clock.refused}")
    revocation = run.faults.revocation
    line("  tokens revoked in use; accepted before; refused after",
         f"{len(revocation.revoked)}; {revocation.accepted}; {revocation.refused}")
    for ledger, counts in voids.items():
        line(f"  garbage in {ledger}; void; undecodable",
             f"{run.faults.garbage.written[ledger]}; {counts['void']}; {counts['undecodable']}")
    print("\nOthers", file=out)
    for name, seconds in (("submits", run.watchdog.submit_seconds), ("queries", run.watchdog.query_seconds)):
        line(f"  watchdog {name} undisturbed; p50; p99; longest",
             f"{len(seconds)}; {watchdogs.quantile(seconds, .5) * 1000:.0f} ms; "
             f"{watchdogs.quantile(seconds, .99) * 1000:.0f} ms; {max(seconds, default=0) * 1000:.0f} ms")
    line("  while something was away", run.watchdog.disturbed)
    line("  workers: answered; asked again; same answer again",
         "; ".join(str(sum(getattr(worker, name) for worker in run.workers))
                   for name in ("answered", "asked_again", "repeats")))
    for server in scene.servers:
        begin, end = (resident.get(server.name, 0) / 1024 for resident in (run.resident[0], run.resident[-1]))
        line(f"  {server.name}: RSS begin, end; starts", f"{begin:.0f} MiB, {end:.0f} MiB; {server.starts}")
    print("\nLedgers", file=out)
    for ledger, commits in checks.commits.items():
        line(f"  {ledger}: commits; running hash", f"{commits}; {checks.running[ledger].hex()[:16]}…")
    for outcome in ("accepted", "refused"):
        line(f"  acknowledged, {outcome}", sum(note.outcome == outcome for note in seen.notes))
    for what in ("acknowledged and lost", "done twice", "digests differ from those of a rebuild"):
        line(f"  {what}", checks.findings[what])
    return verdict(seen, checks, line, out)


def verdict(seen, checks, line, out):
    if seen.elsewhere:
        print("\nFields that were named elsewhere", file=out)
        for what, count in seen.elsewhere.most_common(ELSEWHERE_MAX):
            line(f"  {count}", what)
    wrong = {**seen.faults, **checks.findings}
    if not seen.named or not seen.notes or 0 in checks.commits.values():
        wrong["nothing was done"] = 1
    print("\n" + ("Everything held." if not wrong else "WHAT DID NOT HOLD"), file=out)
    for what, count in wrong.items():
        line(f"  {count}", what)
    for example in seen.examples + checks.examples:
        print(f"    {example[:400]}", file=out)
    return 1 if wrong else 0
