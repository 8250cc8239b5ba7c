"""Plays a demonstration, or a generated province, on a new server and gives tokens to those who will ask: of `national`
an auditor; of the other ledger an auditor, a reader of what is public, and one of one unit. Prints that ledger's name.

    prepare.py --program nhanrong --address HOST:PORT --operator-token-file FILE --demo FOLDER --folder FOLDER

`--demo`: a folder with demo.json. `--folder`: where tokens go.
"""

import argparse
import json
import os
import subprocess
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "story"))
from tell import units_of

NATIONAL = "national"
DONE, REFUSED = 0, 2  # exit codes; of what a generated province does a part is refused by rules


def run(*command):
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode not in (DONE, REFUSED):
        raise RuntimeError(f"{' '.join(command)}: {finished.stderr}{finished.stdout}")
    return finished.stdout


def add_reader(program, administrator, ledger, grant, token_file):
    """An actor of the administrator's agency, recorded at the last moment of a simulated ledger."""
    as_administrator = [*program, "--token-file", administrator]
    asked = json.loads(run(*as_administrator, "--output", "json", "query", "submissions", "--ledger", ledger,
                           "--page-size", "1"))
    run(*as_administrator, "admin", "actor", "add", "--ledger", ledger, "--agency", asked["agency"]["agencyId"],
        "--title", "Người đọc", "--grant", grant, "--token-out", token_file,
        "--recorded-at", asked["meta"]["positions"][0]["recordedAt"])


def main(given):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "address", "operator-token-file", "demo", "folder"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args(given)
    with open(f"{options.demo}/demo.json", encoding="utf-8") as plan_file:
        plan = json.load(plan_file)
    tokens = f"{options.demo}/{plan['tokenFolder']}" if "tokenFolder" in plan else options.folder
    os.makedirs(options.folder, exist_ok=True)
    program = [options.program, "--address", options.address]
    run(*program, "demo", os.path.basename(options.demo), "--demo-dir", os.path.dirname(options.demo),
        "--token-dir", tokens, "--operator-token-file", options.operator_token_file)
    administrators = {ledger["create"]["name"]: f"{tokens}/{ledger['token']}.token" for ledger in plan["ledgers"]}
    add_reader(program, administrators.pop(NATIONAL), NATIONAL, "auditor:internal",
               f"{options.folder}/national-auditor.token")
    (ledger, administrator), = administrators.items()
    _, unit = units_of(program, f"{options.folder}/national-auditor.token")
    for name, grant in (("auditor", "auditor:sensitive"), ("public", "public-reader:public"),
                        ("unit-reader", f"auditor@{unit}:internal")):
        add_reader(program, administrator, ledger, grant, f"{options.folder}/{name}.token")
    print(ledger)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
