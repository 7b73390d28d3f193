"""Chance: how many records of the set would agree with one by chance in all that it shares with another."""

from __future__ import annotations

from adam.matching.amounts import amount
from adam.matching.profiles import Bodies, Profile, Text
from adam.matching.rarity import MONTH

Grade = str
EXACT = frozenset(("exact", "round"))
NEAR = frozenset(("rounded", "converted"))
PERCENT = 100
# Bounds of the expected number, as thousandths of its natural logarithm: 10, 1, 0.1, ... each a tenth of the last.
BOUNDS = (
    ("many", 2303),
    ("ten", 0),
    ("one", -2303),
    ("tenth", -4605),
    ("hundredth", -6908),
    ("thousandth", -9210),
    ("myriadth", -11513),
)


def chance(a: Profile, b: Profile) -> Grade:
    """How many records would agree by chance in all that these two agree in."""
    shares = agreement(a, b)
    if not any(shares.values()):
        return "missing"
    logarithm = expected(a, shares)
    return next((grade for grade, bound in BOUNDS if logarithm > PERCENT * bound), "never")


def expected(a: Profile, shares: dict[str, int]) -> int:
    """The logarithm of how many records would share that much by chance, in hundred-thousandths."""
    counted = sum(a.known.shares[part] * rarity for part, rarity in shares.items())
    return PERCENT * a.known.log_size - counted


def agreement(a: Profile, b: Profile) -> dict[str, int]:
    """How rare what both share is, part by part, in thousandths of the natural logarithm."""
    return {
        "title": both(a.title, b.title),
        "amount": money(a, b),
        "start": day(a, b),
        "countries": rarest(a, a.countries & b.countries),
        "sectors": rarest(a, a.sectors & b.sectors),
        "implementers": max(
            body(a.implementers, b.implementers),
            body(a.reporter, b.implementers),
            body(b.reporter, a.implementers),
        ),
    }


def both(a: Text, b: Text) -> int:
    """The weight of the words that stand in both texts."""
    return sum(weight for word, weight in a.weights.items() if word in b.weights)


def money(a: Profile, b: Profile) -> int:
    """How rare an amount is that both carry, to the unit or within a few percent."""
    grade = amount(a, b)
    if grade in EXACT:
        return min(a.rare.amount, b.rare.amount)
    return min(a.rare.near, b.rare.near) if grade in NEAR else 0


def day(a: Profile, b: Profile) -> int:
    """How rare a day is that both start on, or the month around it."""
    if a.start is None or b.start is None or abs(a.start - b.start) > MONTH:
        return 0
    if a.start == b.start:
        return min(a.rare.day, b.rare.day)
    return min(a.rare.month, b.rare.month)


def rarest(a: Profile, shared: frozenset[str]) -> int:
    """The rarest of some shared codes."""
    return max((a.told[code] for code in shared), default=0)


def body(a: Bodies, b: Bodies) -> int:
    """The rarest body that two roles share."""
    here = (a.told[number] for number in a.ids & b.reach)
    there = (b.told[number] for number in b.ids & a.reach)
    return max((*here, *there), default=0)
