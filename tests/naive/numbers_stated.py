"""Stated numbers (Quantity, Ratio in proto/nhanrong/v1/values.proto), exact."""

import re
from fractions import Fraction

# Knowledge only gets weaker; at least this and at most that together are only approximate.
WEAKNESS = {"BOUND_EXACT": 0, "BOUND_AT_LEAST": 1, "BOUND_AT_MOST": 1, "BOUND_APPROX": 2,
            "BOUND_ORDER_OF_MAGNITUDE": 3}


def number(quantity):
    return Fraction(int(quantity.get("value", 0)), 10 ** quantity.get("scale", 0))


def is_exact(quantity):
    return quantity.get("bound") == "BOUND_EXACT"


def at_least(quantity):
    return quantity["bound"] in ("BOUND_EXACT", "BOUND_AT_LEAST")


def at_most(quantity):
    return quantity["bound"] in ("BOUND_EXACT", "BOUND_AT_MOST")


def contradict(a, b):
    """Whether both cannot be true; two vague ones of one kind are when they differ."""
    if not (at_least(a) or at_most(a)) and a["bound"] == b["bound"]:
        return number(a) != number(b)
    return any(at_least(x) and at_most(y) and number(x) > number(y) for x, y in ((a, b), (b, a)))


def says_more(a, b):
    """Whether `a` is the better one to go by: the stronger bound, then the closer number."""
    if a["bound"] != b["bound"]:
        return list(WEAKNESS).index(a["bound"]) < list(WEAKNESS).index(b["bound"])
    return number(a) < number(b) if a["bound"] == "BOUND_AT_MOST" else number(a) > number(b)


def combined(a, b):
    """What is known of a sum of numbers with these bounds."""
    if WEAKNESS[a] != WEAKNESS[b]:
        return max(a, b, key=WEAKNESS.get)
    return a if a == b else "BOUND_APPROX"


def total(quantities):
    """Their sum at the largest scale."""
    scale = max(quantity.get("scale", 0) for quantity in quantities)
    bound = quantities[0]["bound"]
    for quantity in quantities[1:]:
        bound = combined(bound, quantity["bound"])
    value = sum(map(number, quantities)) * 10 ** scale
    return {"value": str(value), "scale": scale, "unit": quantities[0]["unit"], "bound": bound}


def percent_agrees(part, whole, printed):
    """Whether "60,6%" is part / whole, rounded half up at its own decimals; None: that cannot be said."""
    told = re.fullmatch(r"(\d{1,9})(?:[,.](\d{1,4}))? ?%", printed)
    if not told or not is_exact(part) or not is_exact(whole):
        return None
    if number(whole) == 0:
        return False
    decimals = len(told[2] or "")
    rounded = (number(part) / number(whole) * 100 * 10 ** decimals + Fraction(1, 2)) // 1
    return rounded == int(told[1] + (told[2] or ""))
