"""Tells a random tale into a new ledger with a simulated clock: everything that people may do, mostly in an order that
is allowed, with coarse and late dates, corrections, annulments, classifications, delegations and refusals.

    tell.py --program nhanrong --address HOST:PORT --operator-token-file FILE --national-token-file FILE \\
        --ledger NAME --folder FOLDER --deeds N --seed N

The tokens of those who take part are left in the folder: auditor.token, public.token, unit-reader.token, …
"""

import argparse
import json
import os
import subprocess
import sys

import ledger_deeds
import model_deeds
import site_deeds
from tale import Tale

# Deed -> how often
DEEDS = {
    model_deeds.register: 3, model_deeds.record_from_document: 2, model_deeds.step: 14, model_deeds.record_figure: 3,
    site_deeds.start: 2, site_deeds.record_from_document: 2, site_deeds.step: 10,
    ledger_deeds.change_map: 4, ledger_deeds.rename_agency: 1, ledger_deeds.agency_that_comes_and_goes: 0.3,
    ledger_deeds.actor_with_rights: 1, ledger_deeds.deputise: 0.5, ledger_deeds.act_for_agency: 0.5,
    ledger_deeds.correct: 8, ledger_deeds.annul: 3,
}
REFUSALS_SHOWN = 5
HIGH_LEVELS = ("UNIT_LEVEL_NATION", "UNIT_LEVEL_PROVINCE")


def units_of(program, token_file):
    """Ids of the units of `national`, and one below a province that has others below it, if there is any."""
    command = [*program, "--token-file", token_file, "--output", "json", "query", "units", "--ledger", "national",
               "--all"]
    units = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["units"]
    lower = [entry["unit"]["unitId"] for entry in units if entry["unit"]["level"] not in HIGH_LEVELS]
    above = [entry.get("parentUnitId") for entry in units]
    return [entry["unit"]["unitId"] for entry in units], max(lower, key=above.count)


def main(given):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "address", "operator-token-file", "national-token-file", "ledger", "folder"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--deeds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(given)
    os.makedirs(options.folder, exist_ok=True)
    program = [options.program, "--address", options.address]
    units, scope = units_of(program, options.national_token_file)
    tale = Tale(program, options.ledger, options.folder, units, scope, options.seed)
    tale.found(options.operator_token_file)
    for deed in tale.random.choices(list(DEEDS), DEEDS.values(), k=options.deeds):
        deed(tale)
    tale.end()
    print(f"{tale.accepted} accepted, {tale.refused} refused by a rule, {len(tale.invalid)} not recorded")
    for error in tale.invalid[:REFUSALS_SHOWN]:
        print(json.dumps(error, ensure_ascii=False), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
