"""Coverage: who helps where, under which pillar, with how much; counted once, each for what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import Select

from adam.domain.coverage import Cell, Key
from adam.queries import comparing, projects
from adam.queries.comparing import Facts
from adam.queries.projects import Filters
from adam.services import counting, grids
from adam.services.columns import distinct
from adam.services.counting import LIVING, Counted
from adam.services.grids import APART, PILLAR
from adam.services.work import Work

PILLARS = ("I", "II", "III", "IV")
BESIDE = ("commitment", "role", "assistance_type", "sector", "owner")
"""Filters of the list that a scope may have beside its own; coverage by the API takes them."""


@dataclass(frozen=True)
class Picture:
    """The records of a scope with their total, their cells, and the rows and columns that it has.

    A column is a pillar or, opened, a pillar and what is finer (grids.APART between them).
    """

    w: Work
    filters: Filters
    total: Counted
    cells: dict[Key, Cell]
    countries: list[str]
    pillars: list[str]

    @cached_property
    def facts(self) -> dict[str, Facts]:
        """What the records say, by id: read when it is first asked for, which takes long for many."""
        return comparing.facts(self.w.session, projects.ids(self.w.actor, self.filters))

    def __len__(self) -> int:
        return len(self.total)

    def together(self, keys: Iterable[Key]) -> dict[str, Any]:
        """What stands in some cells together, every record and donor counted once."""
        there = [self.cells[key] for key in keys if key in self.cells]
        records = [cell.projects for cell in there if len(cell.projects)]
        return {
            "projects": len(distinct(np.concatenate(records))) if records else 0,
            "donors": len(set().union(*(cell.donors for cell in there))),
            "money": sum((cell.usd for cell in there), Decimal(0)),
        }


def picture(w: Work, scope: Mapping[str, Any], by: str = PILLAR) -> Picture:
    """The picture of a scope (countries, pillars, organizations, date_from, date_to; empty means everything)."""
    filters = filters_of(scope)
    total = counting.counted(w, filters)
    cells = grids.cells(w, total, by)
    named = scope["countries"] or sorted({key[0] for key in cells if key[0]}, key=w.vocabulary.country)
    pillars = list(scope["pillars"] or PILLARS)
    return Picture(
        w, filters, total, cells, list(named), pillars if by == PILLAR else _columns(w, cells, pillars, by)
    )


def filters_of(scope: Mapping[str, Any]) -> Filters:
    """A scope as filters, with those of the list that stand beside it; cancelled records are left out.

    Who asks for a status gets that one.
    """
    return Filters(
        **{name: tuple(scope.get(name, ())) for name in BESIDE},
        country=tuple(scope["countries"]),
        pillar=tuple(scope["pillars"]),
        organization=tuple(scope["organizations"]),
        status=tuple(scope.get("status", ())) or LIVING,
        text=scope.get("q", ""),
        active_from=scope["date_from"],
        active_to=scope["date_to"],
    )


def chosen(w: Work, scope: Mapping[str, Any]) -> Select[str]:
    """The ids of the visible records in a scope; cancelled ones are left out."""
    return projects.ids(w.actor, filters_of(scope))


def _columns(w: Work, cells: Mapping[Key, Cell], pillars: list[str], by: str) -> list[str]:
    """The columns of these pillars: every commitment or kind of help there is, then what is none of them."""
    finer = w.vocabulary.assistance_types if by == grids.TYPE else w.vocabulary.commitments
    found = []
    for pillar in pillars:
        found += [
            f"{pillar}{APART}{code}"
            for code, row in finer.items()
            if by == grids.TYPE or row.pillar == pillar
        ]
        used = sorted(key[1] for key in cells if key[1] and key[1].partition(APART)[0] == pillar)
        found += [column for column in dict.fromkeys(used) if column not in found]
    return found


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
    """A column's name: a pillar's short title, the title of what is finer, or what stands under none."""
    code, _, finer = (pillar or "").partition(APART)
    if finer in w.vocabulary.commitments:
        return str(w.vocabulary.commitments[finer].title)
    if finer:
        return w.vocabulary.assistance_type(finer)
    return w.vocabulary.pillars[code].short_title if code in w.vocabulary.pillars else "Not assigned"


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
