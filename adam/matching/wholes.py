"""Wholes: what stated relations and outside identifiers say of how two records belong together."""

from __future__ import annotations

from collections.abc import Iterable

from adam.matching.amounts import to_the_cent
from adam.matching.profiles import Profile
from adam.matching.records import RELATIONS

Grade = str


def stated(a: Profile, b: Profile) -> str | None:
    """The relation that either reporter states with the other record, the first of RELATIONS if several; or None."""
    told: set[str] = set()
    for one, other in ((a, b), (b, a)):
        if one.record.relations:
            every = other.identifiers | other.frameworks
            known = every | {value.split(":", 1)[-1] for value in every}
            known |= {other.record.id.casefold()}
            told |= {kind for kind, target in one.record.relations if target.casefold() in known}
    return next((kind for kind in RELATIONS if kind in told), None) if told else None


def identifiers(a: Profile, b: Profile) -> Grade:
    """Both records carry one outside identifier, or one framework's; or one owner numbered them, apart or under one."""
    if a.identifiers & b.identifiers:
        return "same"
    if a.frameworks & b.frameworks:
        return "framework"
    if not (a.identifiers and b.identifiers):
        return "missing"
    if not a.owners & b.owners:
        return "different"
    if a.stems & b.stems:
        return "under" if (a.identifiers & b.stems) or (b.identifiers & a.stems) else "siblings"
    return "apart_alike" if to_the_cent(a, b) else "apart"


def whole(a: Profile, b: Profile) -> Grade:
    """If these are parts of a whole: one looks like a part of the other, or both like parts of one programme."""
    if not (a.title.total and b.title.total):
        return "missing"
    return "inside" if inside(a, b) else "beside"


def inside(a: Profile, b: Profile) -> str:
    """Why one looks like a part of the other, in words; empty where nothing says so."""
    if stated(a, b) == "component":
        return "a reporter states it"
    if identifiers(a, b) == "under":
        return f"one number stands under the other: {first(a)} and {first(b)}"
    if bool(a.parts) != bool(b.parts) and a.phases == b.phases:
        return "the title of one names a part of the work"
    if a.countries and b.countries and (a.countries < b.countries or b.countries < a.countries):
        return "the countries of one hold those of the other"
    return ""


def beside(a: Profile, b: Profile) -> str:
    """Why both look like parts of one programme, in words."""
    if a.stems & b.stems:
        return f"numbered under one number: {first(a)} and {first(b)}"
    if a.parts and b.parts and not a.parts & b.parts:
        return f"the titles number them as parts, {numbers(a.parts)} and {numbers(b.parts)}"
    told = {
        "other countries": a.countries != b.countries,
        "other sectors": a.sectors != b.sectors,
        "other amounts": a.own != b.own,
    }
    split = " and ".join(name for name, differs in told.items() if differs)
    return f"nearly one title, with {split}" if split else "nearly one title"


def first(p: Profile) -> str:
    """The first outside identifier as it was given, without its scheme."""
    return next(iter(p.record.identifiers), "").split(":", 1)[-1]


def numbers(found: Iterable[int], word: str = "") -> str:
    """Numbers in one line, after a word if there are any."""
    listed = ", ".join(map(str, sorted(found)))
    return word + listed if listed else ""
