"""Counting: the records that a question chooses, each dollar of them once, and what is left out and why.

The one place that turns filters into sums; totals, coverage and reports ask here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from adam.domain.totals import LeftOut
from adam.domain.visibility import may_see
from adam.queries import projects, visibility
from adam.queries.projects import Filters
from adam.services import holdings, linked
from adam.services.columns import Array, Columns, places_of
from adam.services.work import Work

LIVING = ("pipeline", "active", "suspended", "completed")
"""What is counted unless a status is asked for: not what was cancelled."""


@dataclass(frozen=True)
class Counted:
    """The records of a question. `chosen` are all of them (bools by number), `left_out` those that don't count."""

    columns: Columns
    chosen: Array
    left_out: tuple[LeftOut, ...]

    def __len__(self) -> int:
        return int(self.chosen.sum())

    @cached_property
    def out(self) -> Array:
        """The records that are chosen and not counted, as bools by number."""
        found = np.zeros(len(self.chosen), bool)
        found[[self.columns.numbers[one.id] for one in self.left_out]] = True
        return found

    @cached_property
    def counts(self) -> Array:
        """The records whose money is counted."""
        return self.chosen & ~self.out

    @cached_property
    def reported(self) -> Decimal:
        """All that the records say."""
        return dollars(self.columns.own["cents"][self.chosen].sum())

    @cached_property
    def grand(self) -> Decimal:
        """What is counted, each dollar once."""
        return dollars(self.columns.own["cents"][self.counts].sum())

    @cached_property
    def unconverted(self) -> Array:
        """Records that give amounts for which no rate is known, and no other."""
        return self.chosen & ~self.columns.own["given"].astype(bool) & (self.columns.own["unconverted"] > 0)

    @cached_property
    def partly(self) -> Array:
        """Records that are counted with less than they say: some amounts have no rate."""
        return self.chosen & self.columns.own["given"].astype(bool) & (self.columns.own["unconverted"] > 0)

    @cached_property
    def without_amount(self) -> tuple[str, ...]:
        """The ids of all that are counted with nothing because no amount is known in US dollars."""
        return tuple(self.ids(self.chosen & ~self.columns.own["given"].astype(bool)))

    @cached_property
    def silent(self) -> Array:
        """Records that give no amount at all."""
        return self.chosen & ~self.columns.own["given"].astype(bool) & (self.columns.own["unconverted"] == 0)

    def ids(self, which: Array) -> list[str]:
        """The ids of the records that an array of bools names."""
        return [self.columns.ids[number] for number in np.flatnonzero(which)]


def dollars(cents: Any) -> Decimal:
    """Whole cents as an amount."""
    return Decimal(int(cents)).scaleb(-2)


def counted(w: Work, filters: Filters) -> Counted:
    """The records that pass the filters, as this actor may see them; without a status all but the cancelled."""
    columns = holdings.current(w)
    chosen = selected(w, columns, filters if filters.status else replace(filters, status=LIVING))
    return Counted(columns, chosen, linked.left_out(w, columns, chosen))


def selected(w: Work, columns: Columns, filters: Filters) -> Array:
    """The records that pass the filters (queries/projects.matching says the same in SQL), as bools by number."""
    found = columns.alive & _visible(w, columns)
    for name in ("status", "owner"):
        if getattr(filters, name):
            found &= np.isin(columns.own[name], columns.words.known(getattr(filters, name)))
    for name, table in (("country", "place"), ("pillar", "place"), ("commitment", "place")):
        if getattr(filters, name):
            found &= _named(columns, (table, name), getattr(filters, name))
    if filters.assistance_type:
        found &= _named(columns, ("kind", "code"), filters.assistance_type)
    if filters.active_to:
        found &= columns.own["begins"] <= filters.active_to.toordinal()
    if filters.active_from:
        found &= columns.own["ends"] >= filters.active_from.toordinal()
    return found & _asked(w, columns, filters) if _in_words(filters) else found


def _visible(w: Work, columns: Columns) -> Array:
    """The records that are there for this actor: judged once for each visibility and owner that there is."""
    actor = w.actor
    if actor.sees_all_records:
        return columns.alive
    level, owner = columns.own["level"], columns.own["owner"]
    size = len(columns.words.texts)
    pairs = level * size + owner
    kinds, at = places_of(pairs)
    texts = columns.words.texts
    seen = [may_see(actor, texts[one // size], texts[one % size]) for one in kinds]
    found = np.array(seen, bool)[at] if len(kinds) else columns.alive
    return found | _took_in(w, columns) if actor.writes_for else found


def _took_in(w: Work, columns: Columns) -> Array:
    """The records into which one of the actor's own partner was merged."""
    numbers = [columns.number_of(key) for key in w.session.scalars(visibility.took_in(w.actor))]
    return flags(columns, np.array([number for number in numbers if number is not None], np.int64))


def _named(columns: Columns, where: tuple[str, str], codes: Iterable[str]) -> Array:
    """The records that name one of the codes in a column of a table."""
    table = columns.tables[where[0]]
    rows = np.isin(table[where[1]], columns.words.known(codes))
    if where[0] == "place":
        rows &= table["stands"].astype(bool)
    return flags(columns, table["record"][rows])


def flags(columns: Columns, numbers: Array) -> Array:
    """These records as bools by number."""
    found = np.zeros(len(columns), bool)
    found[numbers] = True
    return found


def _in_words(filters: Filters) -> bool:
    """Whether something is asked that only the database knows."""
    return bool(filters.organization or filters.role or filters.sector or filters.text or filters.ids)


def _asked(w: Work, columns: Columns, filters: Filters) -> Array:
    names = ("organization", "role", "sector", "text", "ids")
    asked = Filters(**{name: getattr(filters, name) for name in names})
    # A page counts the same records by status, by time and all together.
    known, key = w.known, (columns.stand, len(w.changes), asked)
    if key not in known:
        numbers = [columns.number_of(one) for one in w.session.scalars(projects.ids(w.actor, asked))]
        known[key] = flags(columns, np.array([number for number in numbers if number is not None], np.int64))
    found: Array = known[key]
    return found
