"""Comparisons: how well two records agree in one respect, as a grade of the policy; the docstring is the reason."""

from __future__ import annotations

from collections.abc import Callable

from adam.matching.amounts import amount, reported
from adam.matching.chance import chance
from adam.matching.profiles import Bodies, Profile
from adam.matching.texts import (
    codes,
    description,
    mentions,
    names,
    phases,
    retold,
    spelling,
    title,
    wording,
)
from adam.matching.wholes import identifiers, stated, whole

Grade = str
YEAR = 365


def relations(a: Profile, b: Profile) -> Grade:
    """A reporter states how the two records belong together."""
    return "stated" if stated(a, b) else "none"


def reporter(a: Profile, b: Profile) -> Grade:
    """The same body reports both records."""
    if not (a.reporter.ids and b.reporter.ids):
        return "missing"
    return "same" if a.reporter.meets(b.reporter) else "different"


def funders(a: Profile, b: Profile) -> Grade:
    """The same organizations fund both."""
    return together(a.funders, b.funders)


def implementers(a: Profile, b: Profile) -> Grade:
    """The same organizations implement both."""
    return together(a.implementers, b.implementers)


def beneficiaries(a: Profile, b: Profile) -> Grade:
    """Both benefit the same institution."""
    return together(a.beneficiaries, b.beneficiaries)


def together(a: Bodies, b: Bodies) -> Grade:
    """All, some or none of the bodies are the same."""
    if not (a.ids and b.ids):
        return "missing"
    if not a.meets(b):
        return "different"
    return "same" if a.within(b) and b.within(a) else "some"


def roles(a: Profile, b: Profile) -> Grade:
    """The funder or implementer of one record reports the other: one passes money on, the other uses it."""
    if not (a.reporter.ids and b.reporter.ids) or a.reporter.meets(b.reporter):
        return "missing"
    if not any(side.ids for side in (a.funders, b.funders, a.implementers, b.implementers)):
        return "missing"
    down = a.reporter.meets(b.funders) or b.reporter.meets(a.funders)
    up = a.reporter.meets(b.implementers) or b.reporter.meets(a.implementers)
    none = "missing" if a.collected or b.collected else "none"
    return "both" if down and up else "crossed" if down or up else none


def assistance_types(a: Profile, b: Profile) -> Grade:
    """Both give the same type of assistance."""
    return sets(a.assistance_types, b.assistance_types)


def sets(a: frozenset[str], b: frozenset[str]) -> Grade:
    """Two sets of codes are equal, share some, or share none."""
    if not (a and b):
        return "missing"
    return "same" if a == b else "some" if a & b else "different"


def countries(a: Profile, b: Profile) -> Grade:
    """Both work in the same countries, or the countries of one lie among those of the other."""
    if not (a.countries and b.countries):
        return "one_sided" if a.countries or b.countries else "missing"
    if a.countries == b.countries:
        return "same"
    if a.countries <= b.countries or b.countries <= a.countries:
        return "contained"
    return "some" if a.countries & b.countries else "different"


def pillars(a: Profile, b: Profile) -> Grade:
    """Both serve the same commitment, or the same pillar where a commitment is not given."""
    if not (a.pillars and b.pillars):
        return "missing"
    if a.commitments & b.commitments:
        return "same"
    shared = a.pillars & b.pillars
    if not shared:
        return "different"
    told = ({code.split(".")[0] for code in side.commitments} & shared for side in (a, b))
    return "other" if all(told) else "pillar"


def sectors(a: Profile, b: Profile) -> Grade:
    """Both carry the same sector code, or one of the same group."""
    grade = sets(a.sectors, b.sectors)
    return "group" if grade == "different" and a.groups & b.groups else grade


def start(a: Profile, b: Profile) -> Grade:
    """Both start on one day, within weeks, months, or about a year apart as instalments do."""
    if a.start is None or b.start is None:
        return "missing"
    days = abs(a.start - b.start)
    if days == 0:
        return "new_year" if a.first_day else "same_day"
    if days <= 31:
        return "weeks"
    if days <= 124:
        return "months"
    if abs(days - YEAR) <= 20 or abs(days - 2 * YEAR) <= 20:
        return "instalment"
    return "year" if days < 1.5 * YEAR else "far"


def value_date(a: Profile, b: Profile) -> Grade:
    """The money was given on the same day, by the value dates."""
    if a.money_on is None or b.money_on is None or a.money_usual or b.money_usual:
        return "missing"
    days = abs(a.money_on - b.money_on)
    return "same_day" if days == 0 else "weeks" if days <= 31 else "apart"


def period(a: Profile, b: Profile) -> Grade:
    """Both are active in the same months, or one follows the other."""
    if a.start is None or b.start is None:
        return "missing"
    first, last = sorted((a, b), key=lambda p: (p.start or 0, p.end or 0))
    if first.end is not None and last.start is not None and first.end < last.start:
        return "follows" if last.start - first.end <= 200 else "apart"
    if a.end is None or b.end is None:
        return "open"
    if one_term(a, b):
        return "term"
    shared = min(a.end, b.end) - max(a.start, b.start) + 1
    whole = max(a.end, b.end) - min(a.start, b.start) + 1
    return "same" if shared >= 0.9 * whole else "long" if shared >= 0.5 * whole else "short"


def one_term(a: Profile, b: Profile) -> bool:
    """Whether both start within a month and end within days of each other, on no day that everybody uses."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return not (a.last_day or b.last_day) and abs(a.start - b.start) <= 31 and abs(a.end - b.end) <= 3


def rivals(a: Profile, b: Profile) -> Grade:
    """Either record has another partner that fits it as well or better; two records alone can't tell."""
    return "missing"


def plenty(a: Profile, b: Profile) -> Grade:
    """How many of the records in the whole set have a partner; two records alone can't tell."""
    return "missing"


COMPARISONS: dict[str, Callable[[Profile, Profile], Grade]] = {
    comparison.__name__: comparison
    for comparison in (
        whole,
        relations,
        identifiers,
        reporter,
        funders,
        implementers,
        roles,
        beneficiaries,
        assistance_types,
        countries,
        pillars,
        sectors,
        start,
        period,
        amount,
        value_date,
        reported,
        title,
        spelling,
        retold,
        phases,
        codes,
        names,
        mentions,
        wording,
        description,
        chance,
        rivals,
        plenty,
    )
}

LEVELS = {
    "missing": frozenset(("missing", "none", "open")),
    "exact": frozenset(
        (
            "same",
            "stated",
            "same_day",
            "exact",
            "same_rare",
            "both",
            "nearly_all",
            "term",
            "inside",
            "wholly",
            "named",
            "never",
            "clear",
            "together",
        )
    ),
    "different": frozenset(
        (
            "different",
            "apart",
            "apart_alike",
            "far",
            "other",
            "follows",
            "one_sided",
            "instalment",
            "year",
            "part",
            "one_year",
            "parts",
            "one_part",
            "numbered",
            "each",
            "hardly",
            "many",
            "behind",
            "outdone",
            "both_outdone",
        )
    ),
}


LEVEL_OF = {
    ("roles", "none"): "different",
    ("countries", "one_sided"): "missing",
    ("amount", "other_year"): "missing",
    ("mentions", "none"): "different",
    ("spelling", "scripts"): "missing",
}


def level(feature: str, grade: Grade) -> str:
    """The level of a grade: missing, different, close or exact."""
    if (feature, grade) in LEVEL_OF:
        return LEVEL_OF[feature, grade]
    return next((name for name, grades in LEVELS.items() if grade in grades), "close")
