"""Amounts: how well the money of two records agrees, as a grade of the policy."""

from __future__ import annotations

from adam.matching.profiles import Profile
from adam.matching.texts import ALIKE, shared

Grade = str
MONTHS = 124


def amount(a: Profile, b: Profile) -> Grade:
    """The amounts are the same to the unit, the same when rounded, near, or one is a part of the other."""
    left, right = money(a, b)
    if not (left and right):
        return "missing"
    small, large = sorted((abs(left), abs(right)))
    if left * right < 0:
        return "far"
    share = small / large
    if share < 0.85 and two_years(a, b):
        return "other_year"
    if share >= 0.99995 or large - small < 1:
        return "round" if plain(a, b) else "exact"
    if share >= 0.97:
        return "rounded" if a.record.currency == b.record.currency else "converted"
    if share >= 0.85:
        return "near" if share >= 0.9 else "about"
    if portion(a, b):
        return "portion"
    return "half" if share >= 0.45 else "part" if share >= 0.05 else "far"


def portion(a: Profile, b: Profile) -> bool:
    """Whether two amounts under nearly one title and from about one day are one a part of the other.

    Two bodies report them, for one pays a part of it; or one title says that it is a part; or one is a payment, and
    the money of both was given on one day.
    """
    if a.start is None or b.start is None or abs(a.start - b.start) > MONTHS:
        return False
    two = a.reporter.ids and b.reporter.ids and not a.reporter.meets(b.reporter)
    if not (two or a.in_part or b.in_part or paid_of(a, b)):
        return False
    return shared(a.title, b.title)[0] >= ALIKE


def paid_of(a: Profile, b: Profile) -> bool:
    """Whether one is a payment, the other is not, and the money of both was given on one day, which is no usual one."""
    one_day = a.money_on is not None and a.money_on == b.money_on and not a.money_usual
    return one_day and is_payment(a) != is_payment(b)


def is_payment(p: Profile) -> bool:
    """Whether a record is a flow of money and no undertaking: it starts on the day of its money and has no end."""
    return p.money_on is not None and p.money_on == p.start and p.end is None


def money(a: Profile, b: Profile) -> tuple[float | None, float | None]:
    """Both amounts in one currency: their own where it is the same, else US dollars; None where not given."""
    if a.record.currency and a.record.currency == b.record.currency:
        return a.own, b.own
    return a.usd, b.usd


def plain(a: Profile, b: Profile) -> bool:
    """Whether either amount is a round one, in the currency they are compared in."""
    if a.record.currency and a.record.currency == b.record.currency:
        return a.round_own or b.round_own
    return a.round_usd or b.round_usd


def reported(a: Profile, b: Profile) -> Grade:
    """One reporter gives both for one year with other amounts, so means two things; or for two years."""
    if two_years(a, b):
        return "two_years"
    one_return = a.money_year and b.money_year and a.reporter.meets(b.reporter)
    return "one_year" if one_return and amount(a, b) in ("half", "part", "far") else "missing"


def two_years(a: Profile, b: Profile) -> bool:
    """Whether both are unnumbered lines of one reporter for different years: their amounts need not agree."""
    if not (a.money_year and b.money_year) or a.money_year == b.money_year:
        return False
    return not (a.identifiers or b.identifiers) and a.reporter.meets(b.reporter)


def returns(a: Profile, b: Profile) -> bool:
    """Whether both are lines of one reporter's yearly returns: their money stands for a year, nothing numbers them."""
    return a.yearly and b.yearly and a.reporter.meets(b.reporter)


def to_the_cent(a: Profile, b: Profile) -> bool:
    """Whether both carry one amount, to the cent and in one currency, of four figures or more: hardly by chance."""
    return bool(a.own) and a.own == b.own and a.record.currency == b.record.currency and a.telling
