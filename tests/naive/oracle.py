"""Recomputes every answer of a ledger's read models from its history, and compares; see README.md.

    oracle.py --program build/release/bin/nhanrong --address 127.0.0.1:7400 --token-file FILE --ledger dong-thap

Exit codes: 0 all equal, 1 a difference (printed), 2 wrong command line, 3 it could not be compared.
"""

import argparse
import collections
import datetime
import random
import sys
import time

from compare import Program, comparable, first_difference, plain, told
from days import VIETNAM
from history import Ledger
from moment import Book, Moment, Reader
from questions import ROWS, Chance, answer, arguments

NATIONAL = "national"
PAGE_SIZES = (7, 100, 1000)
PAGES_MAX = 200  # small pages only where there are not too many of them
DAYS_BEFORE, DAYS_AFTER = 2500, 400  # around the as-of day, for effective days


def parsed(given):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="nhanrong")
    parser.add_argument("--address", required=True, help="HOST:PORT of the server")
    parser.add_argument("--token-file", required=True, help="of somebody who reads the history of the ledger")
    parser.add_argument("--national-token-file", help="of somebody who reads that of ledger national")
    parser.add_argument("--reader-token-file", action="append", default=[], help="of others who ask; may be repeated")
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--history", help="read this file instead of asking for the history")
    parser.add_argument("--moments", type=int, default=10)
    parser.add_argument("--filters", type=int, default=6, help="filters drawn for each list at each moment")
    parser.add_argument("--cards", type=int, default=40, help="model cards looked at at each moment")
    parser.add_argument("--differences", type=int, default=1, help="go on until so many queries differ")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args(given)


class Comparison:
    """One run; counts what was compared."""

    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.rows = collections.Counter()  # (moment, read model) -> rows
        self.asked = 0

    def read(self):
        """Both histories, and who asks."""
        options = self.options
        auditor = Program(options.program, options.address, options.token_file)
        if options.history:
            with open(options.history, encoding="utf-8") as lines:
                ledger = Ledger(options.ledger, lines)
        else:
            ledger = Ledger(options.ledger, auditor.lines("history", "read", "--ledger", options.ledger))
        national = None
        if options.national_token_file:
            reader = Program(options.program, options.address, options.national_token_file)
            national = Ledger(NATIONAL, reader.lines("history", "read", "--ledger", NATIONAL))
        self.book = Book(ledger, national, datetime.datetime.now(VIETNAM).date())
        self.readers = [self.reader(token_file) for token_file in [options.token_file, *options.reader_token_file]]

    def reader(self, token_file):
        """The program as this person, and what the ledger says that he may read."""
        with open(token_file, encoding="ascii") as token:
            reader = Reader(self.book, token.read())
        return Program(self.options.program, self.options.address, token_file), reader

    def effective_days(self, moment):
        """The day of the position, and one by chance."""
        other = moment.day + datetime.timedelta(days=self.random.randint(-DAYS_BEFORE, DAYS_AFTER))
        if self.random.random() < 0.5:  # within what the ledger speaks of
            first = self.book.ledger.commits[0].day
            other = first + datetime.timedelta(days=self.random.randint(0, max(1, (self.book.today - first).days)))
        return [None, other.isoformat()]

    def run(self):
        """Compares; the differences found, as text."""
        head = self.book.ledger.head
        positions = sorted(self.random.sample(range(head), min(head, self.options.moments - 1))) + [head]
        print("moment  position  read model               rows", flush=True)
        differences = []
        for number, position in enumerate(positions, 1):
            for query in self.queries_at(position):
                found = self.compare(number, *query)
                differences += [found] if found else []
                if len(differences) == self.options.differences:
                    return differences
            self.tell(number, position, "differs" if differences else "equal")
        return differences

    def queries_at(self, position):
        """Everything that is asked at a position: by each reader, of each day."""
        moment = Moment(self.book, position)
        for program, reader in self.readers:
            chance = Chance(self.book, reader, self.random, self.options.filters, self.options.cards)
            for effective_on in self.effective_days(moment):
                asked_by = moment.asked(reader, effective_on)
                for query, asked in [*chance.whole(), *chance.filtered()]:
                    yield program, asked_by, effective_on, query, asked

    def compare(self, number, program, moment, effective_on, query, asked):
        call = ["query", query, *arguments(query, asked), "--ledger", self.book.ledger.name,
                "--as-of", str(moment.position)]
        call += ["--effective-on", effective_on] if effective_on else []
        ours = self.ours(moment, query, asked)
        rows = {read_model: len(ours.get(field, [])) for field, read_model in ROWS[query].items()} \
            if isinstance(ours, dict) else {}
        sizes = [size for size in PAGE_SIZES if sum(rows.values()) <= size * PAGES_MAX] or PAGE_SIZES[-1:]
        theirs = self.theirs(program, [*call, "--all", "--page-size", str(self.random.choice(sizes))])
        self.asked += 1
        for read_model, count in rows.items():
            self.rows[number, read_model] += count
        found = first_difference(ours, theirs)
        if not found:
            return None
        path, one, other = found
        return (f"DIFFERENCE at position {moment.position}, effective on {moment.day}, "
                f"asked by {moment.reader.actor_id}\n  nhanrong {' '.join(call)}\n"
                f"  {' / '.join(path)}\n    oracle: {told(one)}\n    answer: {told(other)}")

    @staticmethod
    def ours(moment, query, asked):
        try:
            return plain(answer(moment, query, asked))
        except PermissionError:
            return "not allowed"

    @staticmethod
    def theirs(program, call):
        try:
            return comparable(program.ask(*call))
        except PermissionError:
            return "not allowed"

    def tell(self, number, position, equal):
        """The lines of one moment."""
        for (of_number, read_model), rows in sorted(self.rows.items()):
            if of_number == number:
                print(f"{number:6}  {position:8}  {read_model:18}  {rows:9}  {equal}", flush=True)


def main(given):
    options = parsed(given)
    comparison = Comparison(options)
    began = time.monotonic()
    try:
        comparison.read()
        read = time.monotonic()
        found = comparison.run()
    except (RuntimeError, ValueError, KeyError, OSError) as fault:
        print(f"cannot be compared: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 3
    if found:
        print("\n".join(found) + f"\n  --seed {options.seed}")
        return 1
    print(f"{comparison.book.ledger.head + 1} commits, {comparison.asked} queries, "
          f"{sum(comparison.rows.values())} rows: all equal (seed {options.seed}; history read in "
          f"{read - began:.0f} s, compared in {time.monotonic() - read:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
