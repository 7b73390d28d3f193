"""The filters of lists: an unknown code is refused in words, because an empty page would say "there is none"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import or_

from adam.errors import Invalid, Problem
from adam.models.partners import Organization
from adam.models.project_parts import ProjectSector
from adam.models.projects import Project
from adam.queries import directory, visibility
from adam.services.work import Work

WORDS = {
    "country": ("countries", "country"),
    "commitment": ("commitments", "commitment"),
    "assistance_type": ("assistance_types", "assistance type"),
    "owner": ("partners", "partner"),
    "partner": ("partners", "partner"),
}
"""Filter → the list of the vocabulary that it is held against, and its word."""


def refuse_unknown(w: Work, asked: Mapping[str, Any]) -> None:
    """Raises Invalid with every code of these filters that is not known, or not for this actor to know."""
    found = [
        Problem(f"?{name}", "unknown_code", f"{code} is no {word} that ADAM knows: look it up in {where}.")
        for name, word, where, known in _lists(w, asked)
        for code in _given(asked, name)
        if code not in known
    ]
    if found:
        raise Invalid(found)


def _lists(w: Work, asked: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Collection[str]]]:
    for name, (listed, word) in WORDS.items():
        if asked.get(name):
            place = "/partners" if listed == "partners" else f"/vocabulary/{listed.replace('_', '-')}"
            yield name, word, place, getattr(w.vocabulary, listed)
    if asked.get("sector"):
        yield "sector", "sector", "/vocabulary/sectors", _sectors(w, asked["sector"])
    if asked.get("organization"):
        yield "organization", "organization", "/organizations", _organizations(w, asked["organization"])


def _given(asked: Mapping[str, Any], name: str) -> Collection[str]:
    value = asked[name]
    return (value,) if isinstance(value, str) else value


def _sectors(w: Work, codes: Collection[str]) -> set[str]:
    """Those of the vocabulary, and those of other vocabularies that a record of this actor's carries."""
    known = {code for _vocabulary, code in w.vocabulary.sectors}
    rest = set(codes) - known
    if rest:
        query = w.session.query(ProjectSector.code).join(Project, Project.id == ProjectSector.project_id)
        query = query.where(ProjectSector.code.in_(rest), visibility.projects(w.actor))
        known |= {code for (code,) in query.distinct()}
    return known


def _organizations(w: Work, given: Collection[str]) -> set[str]:
    """By code, by id, or the partner whose agencies are meant."""
    named = or_(Organization.code.in_(given), Organization.id.in_(given))
    rows = w.session.scalars(directory.organizations(w.actor).where(named))
    return set(w.vocabulary.partners) | {name for row in rows for name in (row.code, row.id) if name}
