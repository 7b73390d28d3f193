"""Coverage: who helps where, under which pillar, with how much; counted once, each for what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select

from adam.domain.coverage import Cell, Key, Line, matrix
from adam.domain.totals import SAME, Link, Total, once
from adam.models.projects import Project
from adam.queries import comparing, projects
from adam.queries import findings as questions
from adam.queries.comparing import Facts
from adam.services.cells import donor
from adam.services.work import Work

LIVING = ("pipeline", "active", "suspended", "completed")
PILLARS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Picture:
    """The records of a scope with their total, their matrix, and the countries it has rows for."""

    facts: dict[str, Facts]
    total: Total
    cells: dict[Key, Cell]
    countries: list[str]
    pillars: list[str]


def picture(w: Work, scope: Mapping[str, Any]) -> Picture:
    """The picture of a scope (countries, pillars, organizations, date_from, date_to; empty means everything)."""
    facts = comparing.facts(w.session, chosen(w, scope))
    total = once({key: item.usd for key, item in facts.items()}, links(w, facts))
    cells = matrix(line_of(w, item, total.counted.get(key, Decimal(0))) for key, item in facts.items())
    named = scope["countries"] or sorted({key[0] for key in cells if key[0]}, key=w.vocabulary.country)
    return Picture(facts, total, cells, list(named), list(scope["pillars"] or PILLARS))


def chosen(w: Work, scope: Mapping[str, Any]) -> Select[str]:
    """The ids of the visible records in a scope; cancelled ones are left out."""
    filters = projects.Filters(
        country=tuple(scope["countries"]),
        pillar=tuple(scope["pillars"]),
        organization=tuple(scope["organizations"]),
        status=LIVING,
        active_from=scope["date_from"],
        active_to=scope["date_to"],
    )
    return projects.matching(w.actor, filters).with_only_columns(Project.id)


def links(w: Work, facts: Mapping[str, Facts]) -> list[Link]:
    """Why some money is counted once: verdicts that stand, and what the reporters themselves state.

    Two parts of one programme are not a part and its whole: both count.
    """
    verdicts = questions.standing(w.session)
    judged = {frozenset((a, b)) for _, a, b, _ in verdicts}
    found = [
        Link(kind, a, b, "a coordinator")
        for kind, a, b, beside in verdicts
        if not (kind == "component" and beside)
    ]
    by_identifier = {value: item.id for item in facts.values() for _, value, _ in item.identifiers}
    for item in facts.values():
        for kind, target, role in item.relations:
            bare = by_identifier.get(target.split(":", 1)[-1])
            other = target if target in facts else by_identifier.get(target, bare)
            if other and other != item.id and frozenset((item.id, other)) not in judged:
                whole = {"whole": item.id, "part": other}.get(role or "")
                found.append(Link(kind, item.id, other, "the reporter", whole))
    return [link for link in found if link.kind in (*SAME, "component")]


def line_of(w: Work, item: Facts, usd: Decimal) -> Line:
    """A record for the matrix; commitments of one pillar are added up."""
    pillars: dict[str, tuple[Decimal | None, bool]] = {}
    for pillar, _, share, proposed in item.pillars:
        known, still = pillars.get(pillar, (Decimal(0), True))
        pillars[pillar] = (None if share is None or known is None else known + share, still and proposed)
    donors = frozenset(donor(w, item, row) for row in item.organizations if row[0] == "funding")
    return Line(item.id, usd, dict(item.countries), pillars, donors, item.ends)


def table(w: Work, shown: Picture) -> dict[str, Any]:
    """The matrix as a document: rows of cells with figures as text, the not assigned column and not allocated row."""
    rows: list[str | None] = list(shown.countries)
    if any(key[0] is None for key in shown.cells):
        rows.append(None)
    columns: list[str | None] = [*shown.pillars, None]
    others = [key for key in shown.cells if key[0] not in rows or key[1] not in columns]
    return {
        "columns": [{"pillar": pillar, "name": column_name(w, pillar)} for pillar in columns],
        "rows": [
            {
                "country": country,
                "name": w.vocabulary.country(country) if country else "Not allocated to a country",
                "cells": [_cell(w, shown, (country, pillar)) for pillar in columns],
                "usd": text(sum((_usd(shown, (country, pillar)) for pillar in columns), Decimal(0))),
            }
            for country in rows
        ],
        "elsewhere": text(sum((_usd(shown, key) for key in others), Decimal(0))),
        "total": text(shown.total.grand),
    }


def column_name(w: Work, pillar: str | None) -> str:
    """A pillar's short title, or what stands under none."""
    return w.vocabulary.pillars[pillar].short_title if pillar in w.vocabulary.pillars else "Not assigned"


def _usd(shown: Picture, key: Key) -> Decimal:
    return shown.cells[key].usd if key in shown.cells else Decimal(0)


def _cell(w: Work, shown: Picture, key: Key) -> dict[str, Any]:
    cell = shown.cells.get(key, Cell())
    return {
        "country": key[0],
        "pillar": key[1],
        "projects": len(cell.projects),
        "donors": len(cell.donors),
        "donor_names": sorted(cell.donors),
        "usd": text(cell.usd),
        "state": cell.state,
        "proposed": cell.proposed,
        "ends_soon": cell.ends_soon(w.today),
    }


def text(amount: Decimal | None) -> str | None:
    """An amount as the documents hold it."""
    return None if amount is None else format(amount, ".2f")


def in_cell(shown: Iterable[Facts], country: str | None, pillar: str | None) -> list[Facts]:
    """The records of one cell."""
    return [
        item
        for item in shown
        if (country in {code for code, _ in item.countries} or not (country or item.countries))
        and (pillar in {row[0] for row in item.pillars} or not (pillar or item.pillars))
    ]
