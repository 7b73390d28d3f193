"""Kinds: which claim a pair supports, by the tests of DOMAIN.md; record questions before coordination questions."""

from __future__ import annotations

from collections.abc import Mapping

from adam.matching.amounts import money, returns
from adam.matching.policy import Policy
from adam.matching.profiles import Profile
from adam.matching.texts import held
from adam.matching.wholes import stated

Grades = Mapping[str, str]
STATED = {
    "component": "component",
    "continuation": "continuation",
    "same_money": "same_money",
    "co_financed": "same_money",
}
TELLING = frozenset(("same_rare", "near_rare", "much_rare"))
PLAIN = frozenset(("same_common", "near_common"))
ALIKE = frozenset(("same_rare", "same_common", "near_rare", "near_common", "formula"))
SHARED = frozenset(("same", "contained", "some"))


def record_kind(a: Profile, b: Profile, grades: Grades, policy: Policy) -> str:
    """The record question a pair answers best: what a reporter states, else successor, part, same money, duplicate."""
    told = STATED.get(stated(a, b) or "")
    if told:
        return told
    if grades["identifiers"] == "same":
        return "same_money" if is_same_money(grades) else "record_duplicate"
    if is_continuation(a, b, grades, policy):
        return "continuation"
    if is_component(a, b, grades, policy):
        return "component"
    return "same_money" if is_same_money(grades) else "record_duplicate"


def is_continuation(a: Profile, b: Profile, grades: Grades, policy: Policy) -> bool:
    """Another phase, additional financing or the next year's instalment under nearly the same title.

    Among yearly returns the next year under one title is the next line of one project, and no successor.
    """
    strangers = grades["reporter"] == "different" and grades["roles"] == "none"
    if not one_undertaking(grades) or grades["countries"] == "different" or strangers:
        return False
    if grades["phases"] == "parts" or grades["identifiers"] == "under" or together(a, b, policy):
        return False
    if grades["phases"] == "different":
        return in_order(a, b)
    if grades["phases"] == "one_sided":
        another = max(a.phases, default=1) != max(b.phases, default=1)
        told = another and held(a.title, b.title) >= policy.kinds["held"] and in_order(a, b)
        return told and apart(a, b) > 31 and grades["amount"] not in ("exact", "rounded")
    if grades["title"] not in ALIKE or grades["amount"] in ("exact", "round") or returns(a, b):
        return False
    if grades["phases"] == "numbered" and in_order(a, b) and apart(a, b) >= policy.kinds["year_days"]:
        return True
    return grades["period"] == "follows" and min(days(a), days(b)) >= policy.kinds["project_days"]


def together(a: Profile, b: Profile, policy: Policy) -> bool:
    """Whether both begin and end about together: parts of one programme, not one after the other."""
    if None in (a.start, a.end, b.start, b.end):
        return False
    most = policy.kinds["together_days"]
    return apart(a, b) <= most and abs(a.end - b.end) <= 2 * most  # type: ignore[operator]


def apart(a: Profile, b: Profile) -> int:
    """Days between the starts; 0 where one is not given."""
    return abs(a.start - b.start) if a.start is not None and b.start is not None else 0


def in_order(a: Profile, b: Profile) -> bool:
    """Whether the higher phase or later year starts later; a title without a phase is the first."""
    if a.start is None or b.start is None:
        return True
    for left, right in (
        (max(a.phases, default=1), max(b.phases, default=1)),
        (max(a.years, default=0), max(b.years, default=0)),
        (max(a.numbered, default=0), max(b.numbered, default=0)),
    ):
        if left and right and left != right:
            return a.start != b.start and (left < right) == (a.start < b.start)
    return True


def one_undertaking(grades: Grades) -> bool:
    """Whether titles say enough to speak of one undertaking: "Frame agreement" or "Highway Project" alone don't."""
    if grades["title"] in TELLING or grades["wording"] in ("nearly_all", "most"):
        return True
    told_apart = grades["description"] in ("little", "different")
    return grades["title"] in PLAIN and grades["countries"] in SHARED and not told_apart


def days(p: Profile) -> int:
    """How long a project lasts, in days; a purchase of a few days has no successor. 0 where it is not given."""
    return p.end - p.start if p.end is not None and p.start is not None else 0


def is_component(a: Profile, b: Profile, grades: Grades, policy: Policy) -> bool:
    """A part of a larger whole: fewer of its countries or part of its money, in its period; siblings; or shares."""
    if grades["identifiers"] == "under" or is_sibling(a, b, grades, policy):
        return True
    if grades["period"] in ("apart", "follows") or grades["names"] == "each":
        return False
    if is_share(grades):
        return True
    if grades["amount"] in ("exact", "round", "rounded", "near", "about"):
        return False
    left, right = money(a, b)
    smaller = bool(left and right and 0 < min(left, right) / max(left, right) <= policy.kinds["share"])
    fewer = grades["countries"] == "contained"
    return fewer and smaller and (grades["reporter"] == "same" or grades["roles"] in ("both", "crossed"))


def is_share(grades: Grades) -> bool:
    """Two bodies report two shares of one programme: one funder, two implementers, other money."""
    if (
        grades["reporter"] != "different"
        or grades["funders"] != "same"
        or grades["implementers"] != "different"
    ):
        return False
    return one_undertaking(grades) and grades["amount"] in ("near", "about", "portion", "half", "part", "far")


def is_sibling(a: Profile, b: Profile, grades: Grades, policy: Policy) -> bool:
    """Parts of one programme: numbered under one number, apart under one title, or as parts or years side by side."""
    if not one_undertaking(grades):
        return False
    if grades["identifiers"] == "siblings":
        return grades["title"] in ALIKE | TELLING
    if grades["phases"] in ("parts", "different"):
        same_year = not (a.years and b.years and not a.years & b.years) or together(a, b, policy)
        return grades["reporter"] == "same" and same_year and together_or_part(a, b, grades, policy)
    return (
        grades["identifiers"] == "apart"
        and grades["title"] in ALIKE
        and grades["amount"] not in ("exact", "round")
    )


def together_or_part(a: Profile, b: Profile, grades: Grades, policy: Policy) -> bool:
    """Numbered as parts by the titles, or as phases of which both run at once."""
    return grades["phases"] == "parts" or together(a, b, policy)


def is_same_money(grades: Grades) -> bool:
    """A funds, B implements: two bodies report, each in its own role."""
    return grades["reporter"] == "different"


def coordination_kind(a: Profile, b: Profile, grades: Grades) -> str | None:
    """Whether two different projects do one job: same country and pillar, active at the same time; or None."""
    if not (a.countries & b.countries) or grades["pillars"] not in ("same", "pillar"):
        return None
    if grades["period"] in ("follows", "apart", "missing") or stated(a, b):
        return None
    one_job = grades["beneficiaries"] in ("same", "some") and grades["assistance_types"] in ("same", "some")
    return "duplicate_assistance" if one_job and grades["pillars"] == "same" else "overlap"
