"""Gaps: needs that nobody answers, cells that will soon be empty, and places where no assistance is recorded.

The engine's own rule decides (matching/cells.py), as it does for the findings of these kinds; what differs is only
whose records are looked at: here those that the asking person may see. The page and the report both ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from adam.matching import Assistance, Gap, gaps
from adam.matching.cells import cells
from adam.models.findings import Need
from adam.queries import holdings as titles_of
from adam.queries import needs as questions
from adam.queries import recommendations
from adam.queries.projects import Filters
from adam.queries.recommendations import Stated
from adam.services import contacts, counting, grids, needs
from adam.services.columns import LATEST, Array, distinct, places_of
from adam.services.counting import Counted
from adam.services.coverage import PILLARS
from adam.services.work import Work

MOST = 60
Place = tuple[str, str, str | None]
"""Country, pillar and kind of help (None: any, or not given)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An open need, or what a recommendation asks for in one country; and whether an active project answers it."""

    need: Need | Stated
    answered: bool

    @property
    def recommended(self) -> bool:
        """Whether it is a recommendation."""
        return isinstance(self.need, Stated)


@dataclass(frozen=True, slots=True)
class Coming:
    """A cell whose last project ends soon: when, which projects (id, reference, title) and whom to ask."""

    place: Place
    ends: date
    projects: list[tuple[str, str, str]]
    donors: list[str]
    contacts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Gaps:
    """`silent` are countries and pillars without a need and without an active project: no recorded assistance.

    `coming` are those that end first, of `all_coming`.
    """

    needs: list[Answer]
    coming: list[Coming]
    all_coming: int
    silent: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rule says of the records that were looked at; `coming` are the engine's own, the nearest end first."""

    counted: Counted
    needs: list[Answer]
    coming: list[Gap]
    silent: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands in a country, a pillar and a kind of help: numbers of records, codes, one row for each of them."""

    record: Array
    place: Array
    places: list[Place]


def found(w: Work, countries: tuple[str, ...], pillars: tuple[str, ...] = ()) -> Gaps:
    """The gaps of these countries (of all, where none is named) and pillars today, with whom to ask."""
    said = ruled(w, countries, pillars)
    return Gaps(said.needs, _shown(w, said.counted, said.coming[:MOST]), len(said.coming), said.silent)


def ruled(
    w: Work, countries: tuple[str, ...], pillars: tuple[str, ...], organizations: tuple[str, ...] = ()
) -> Ruled:
    """What the rule says of these countries and pillars today; where organizations are named, of their records."""
    counted = counting.counted(w, Filters(organization=organizations))
    standing = _standing(counted)
    stated: list[Need | Stated] = [*questions.open_ones(w.session), *recommendations.needs(w.session)]
    asked = [need for need in stated if _within(need, countries, pillars)]
    held = _answering(w, counted, standing)
    open_ = {(gap.need, gap.country) for gap in gaps(needs.asked(w, organizations), held, w.today)}
    coming = [gap for gap in _coming(w, counted, standing) if _within(gap, countries, pillars)]
    coming.sort(key=lambda gap: (gap.ends, gap.country, gap.pillar, gap.assistance_type or ""))
    answers = [Answer(need, (_name(need), need.country) not in open_) for need in asked]
    places = ((country, pillar) for country in countries or _priority(w) for pillar in pillars or PILLARS)
    spoken_for = {(need.country, need.pillar) for need in asked} | {cell[:2] for cell in _places(held)}
    return Ruled(counted, answers, coming, [place for place in places if place not in spoken_for])


def _priority(w: Work) -> list[str]:
    found = [code for code, row in w.vocabulary.countries.items() if row.priority]
    return sorted(found, key=w.vocabulary.country)


def _places(held: list[Any]) -> Iterator[Place]:
    return ((cell.country, cell.pillar, cell.assistance_type) for cell in held)


def _name(need: Need | Stated) -> str:
    """What the engine knows it by (needs.asked)."""
    return need.reference if isinstance(need, Stated) else str(need.id)


def _within(one: Any, countries: tuple[str, ...], pillars: tuple[str, ...]) -> bool:
    return (not countries or one.country in countries) and (not pillars or one.pillar in pillars)


def answers(w: Work, countries: tuple[str, ...] = ()) -> dict[int, bool]:
    """Number of each open need of these countries to whether an active project answers it."""
    listed = found(w, countries).needs
    return {one.need.id: one.answered for one in listed if isinstance(one.need, Need)}


def _standing(counted: Counted) -> Standing:
    columns = counted.columns
    table = columns.tables["place"]
    here = counted.chosen[table["record"]] & table["stands"].astype(bool)
    here &= (table["country"] >= 0) & (table["pillar"] >= 0)
    kinds = columns.tables["kind"]
    at, kind = grids.crossed(table["record"][here], (kinds["record"], kinds["code"]))
    size = len(columns.words.texts) + 1
    codes = (table["country"][here][at] * size + table["pillar"][here][at]) * size + kind + 1
    keys, place = places_of(codes)
    text = columns.words.texts
    places = [
        (text[key // size // size], text[key // size % size], columns.words.text(key % size - 1))
        for key in keys.tolist()
    ]
    return Standing(table["record"][here][at], place, places)


def _active(w: Work, counted: Counted, standing: Standing) -> Array:
    own, today = counted.columns.own, w.today.toordinal()
    return (own["begins"][standing.record] <= today) & (today <= own["ends"][standing.record])


def _answering(w: Work, counted: Counted, standing: Standing) -> list[Any]:
    """The cells that have an active project, each with one of them: enough to answer a need."""
    rows = np.flatnonzero(_active(w, counted, standing))
    _, first = np.unique(standing.place[rows], return_index=True)
    return cells(_assistance(counted, standing, rows[first]))


def _coming(w: Work, counted: Counted, standing: Standing) -> list[Any]:
    """The coming gaps; only cells whose active projects all end in time are put before the engine."""
    own, today = counted.columns.own, w.today.toordinal()
    months = w.rules.policy.cells["coming_months"]
    horizon = today + timedelta(days=round(months * 30.4375)).days
    active = _active(w, counted, standing)
    last = np.zeros(len(standing.places), np.int64)
    np.maximum.at(last, standing.place[active], own["ends"][standing.record[active]])
    near = (last > 0) & (last <= horizon)
    rows = np.flatnonzero(near[standing.place])
    return gaps([], cells(_assistance(counted, standing, rows)), w.today, w.rules.policy)


def _assistance(counted: Counted, standing: Standing, rows: Array) -> Iterator[Assistance]:
    columns = counted.columns
    for row in rows.tolist():
        record = int(standing.record[row])
        begins, ends = int(columns.own["begins"][record]), int(columns.own["ends"][record])
        country, pillar, kind = standing.places[int(standing.place[row])]
        yield Assistance(
            columns.ids[record],
            country,
            pillar,
            kind,
            (),
            date.fromordinal(begins) if begins else None,
            None if ends == LATEST else date.fromordinal(ends),
        )


def _shown(w: Work, counted: Counted, listed: list[Any]) -> list[Coming]:
    """The coming gaps with their projects, donors and whom to ask, in as many statements as for one."""
    known = titles_of.titles(w.session, {key for gap in listed for key in gap.projects})
    paying = [_paying(counted, gap.projects) for gap in listed]
    names = grids.names_of(w, sorted({code for codes in paying for code in codes}))
    people = contacts.of_cells(
        w, [(gap.country, gap.pillar, codes) for gap, codes in zip(listed, paying, strict=True)]
    )
    return [
        Coming(
            (gap.country, gap.pillar, gap.assistance_type),
            gap.ends,
            [(key, *known[key][:2]) for key in gap.projects if key in known],
            sorted(names[code] for code in codes),
            who,
        )
        for gap, codes, who in zip(listed, paying, people, strict=True)
    ]


def _paying(counted: Counted, projects: tuple[str, ...]) -> list[str]:
    columns = counted.columns
    donors = columns.tables["donor"]
    numbers = np.array([columns.numbers[key] for key in projects], np.int64)
    codes = distinct(donors["code"][np.isin(donors["record"], numbers)])
    return [columns.words.texts[code] for code in codes]
