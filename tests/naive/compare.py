"""Runs the program's queries and finds the first difference between an answer and the oracle's."""

import json
import subprocess

NOT_THERE, NOT_ALLOWED = 7, 4  # exit codes of the program (services/cli/client/exit_codes.h)
WORDS = ("wrongVi", "wrongEn", "rightVi", "rightEn")
NAMES = ("modelId", "siteId", "figureId", "submissionId", "eventId", "key", "actorId", "grantId", "agencyId", "unitId")


class Program:
    """`nhanrong`, as one person with a token on one server."""

    def __init__(self, program, address, token_file):
        self.command = [program, "--output", "json", "--address", address, "--token-file", token_file]

    def run(self, *arguments):
        return subprocess.run([*self.command, *arguments], capture_output=True, text=True, check=False)

    def lines(self, *arguments):
        """Lines of an output that may be long; the command must succeed."""
        with subprocess.Popen([*self.command, *arguments], stdout=subprocess.PIPE, text=True) as process:
            yield from process.stdout
        if process.returncode != 0:
            raise RuntimeError(f"nhanrong {' '.join(arguments)}: exit code {process.returncode}")

    def ask(self, *arguments):
        """The answer as it is printed; None: not there. PermissionError: not allowed."""
        finished = self.run(*arguments)
        if finished.returncode == NOT_THERE:
            return None
        if finished.returncode == NOT_ALLOWED:
            raise PermissionError(finished.stderr.strip())
        if finished.returncode != 0:
            raise RuntimeError(f"nhanrong {' '.join(arguments)}: {finished.stderr.strip()}")
        return json.loads(finished.stdout)


def plain(value):
    """Without what the JSON form of Protobuf leaves out: empty values, zeros, "unspecified"."""
    if isinstance(value, dict):
        kept = {key: plain(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if not is_default(inner)}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


def is_default(value):
    return value in ("", "0", 0, False, None) or value == [] or value == {} or \
        isinstance(value, str) and value.endswith("_UNSPECIFIED")


def without_words(value):
    """Violations without their words, which must be there: a list of what has none comes beside."""
    wordless = []

    def strip(inner):
        if isinstance(inner, list):
            return [strip(one) for one in inner]
        if not isinstance(inner, dict):
            return inner
        if "rule" in inner and not (inner.get("wrongVi") and inner.get("wrongEn")):
            wordless.append(inner["rule"])
        return {key: strip(one) for key, one in inner.items() if "rule" not in inner or key not in WORDS}

    return strip(value), wordless


def comparable(answer):
    """An answer of the program in the form of the oracle's."""
    if answer is None:
        return None
    answer, wordless = without_words(answer)
    if wordless:
        answer["without words"] = wordless
    answer["meta"].pop("projectionVersion", None)
    for position in answer["meta"]["positions"]:
        position.pop("lagCommits", None)
    return plain(answer)


def name_of(value):
    """What a row is called in a difference."""
    if isinstance(value, dict):
        for key in NAMES:
            if key in value:
                return value[key]
        for inner in value.values():
            if isinstance(inner, dict) and name_of(inner):
                return name_of(inner)
    return ""


def first_difference(ours, theirs, path=()):
    """(path, ours, theirs) of the first place where they differ; None: they are equal."""
    if ours == theirs:
        return None
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            one, other = ours.get(key), theirs.get(key)
            if isinstance(one or other, list):  # an empty one is left out in JSON
                one, other = one or [], other or []
            found = first_difference(one, other, (*path, key))
            if found:
                return found
    if isinstance(ours, list) and isinstance(theirs, list):
        return first_of_lists(ours, theirs, path)
    return path, ours, theirs


def first_of_lists(ours, theirs, path):
    our_names, their_names = [name_of(one) for one in ours], [name_of(one) for one in theirs]
    for index, name in enumerate(our_names):
        if name and name not in their_names:
            return (*path, name), ours[index], None
    for index, name in enumerate(their_names):
        if name and name not in our_names:
            return (*path, name), None, theirs[index]
    for index, (one, other) in enumerate(zip(ours, theirs)):
        found = first_difference(one, other, (*path, our_names[index] or f"[{index}]"))
        if found:
            return found
    return (*path, "length"), len(ours), len(theirs)


def told(value):
    if value is None:
        return "nothing"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
