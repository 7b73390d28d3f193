"""One cell opened: commitment × kind of help, its projects in time, who pays how much, and whom to call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from adam.domain.coverage import Cell, Key
from adam.domain.money import apportioned
from adam.queries import comparing
from adam.services import contacts, grids, timelines
from adam.services.columns import NONE, Array, distinct
from adam.services.counting import Counted, dollars
from adam.services.coverage import Picture
from adam.services.work import Work


@dataclass(frozen=True, slots=True)
class Opening:
    """What is behind a cell. `inner` is commitment × kind of help; `donors` adds up to the cell's money."""

    key: Key
    cell: Cell
    inner: Mapping[Key, Cell]
    timeline: dict[str, Any]
    donors: list[tuple[str, Decimal]]
    contacts: list[dict[str, Any]]


def opened(w: Work, shown: Picture, key: Key) -> Opening:
    """A cell of a picture with all that is behind it."""
    cell = shown.cells.get(key, Cell())
    paid = _paid(shown.total, key)
    named = shown.total.columns.tables["donor"]
    standing = named["code"][np.isin(named["record"], np.array(cell.projects, np.int64))]
    texts = shown.total.columns.words.texts
    donors = [texts[code] for code in distinct(standing)]
    names = grids.names_of(w, [code for code in paid if code])
    lines = [(names[code] if code else "", dollars(cents)) for code, cents in paid.items() if cents]
    return Opening(
        key,
        cell,
        grids.inner(w, shown.total, key),
        _timeline(w, shown, key, cell),
        sorted(lines, key=lambda line: (not line[0], -line[1], line[0])),
        contacts.of_cell(w, *key, donors),
    )


def _here(counted: Counted, key: Key) -> Array:
    """Which places are in the cell, of records whose money is counted."""
    table, words = counted.columns.tables["place"], counted.columns.words
    country, pillar = (next(iter(words.known([code])), NONE - 1) if code else NONE for code in key)
    here = (table["country"] == country) & (table["pillar"] == pillar)
    return here & counted.counts[table["record"]]


def _paid(counted: Counted, key: Key) -> Counter[str | None]:
    """The cell's money by payer, in cents: what a record has here divides as the whole record's payments do."""
    table, payments = counted.columns.tables["place"], counted.columns.tables["payment"]
    here = _here(counted, key)
    cents: Counter[int] = Counter()
    for record, part in zip(table["record"][here].tolist(), table["cents"][here].tolist(), strict=True):
        cents[record] += part
    rows = np.isin(payments["record"], np.array(list(cents), np.int64))
    own: dict[int, list[tuple[int, int]]] = {}
    for record, payer, part in zip(
        *(payments[name][rows].tolist() for name in ("record", "payer", "cents")), strict=True
    ):
        own.setdefault(record, []).append((payer, part))
    found: Counter[str | None] = Counter()
    for record, part in cents.items():
        for payer, share in _divided(part, own.get(record, [])):
            found[counted.columns.words.text(payer)] += share
    return found


def _divided(cents: int, payments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    whole = sum(part for _, part in payments)
    if not whole or any(part < 0 for _, part in payments):
        return [(NONE, cents)]
    parts, _ = apportioned(cents, [part for _, part in payments], whole)
    return [(payer, part) for (payer, _), part in zip(payments, parts, strict=True)]


def _timeline(w: Work, shown: Picture, key: Key, cell: Cell) -> dict[str, Any]:
    """The cell's projects in time: those that end last, where there are many."""
    ends = shown.total.columns.own["ends"]
    chosen = sorted(cell.projects, key=lambda number: (-int(ends[number]), number))[: timelines.MOST]
    facts = comparing.facts(w.session, [shown.total.columns.ids[number] for number in chosen])
    items = [item for item in facts.values() if item.begins or item.ends]
    return timelines.of(w, key, items) | {
        "more": len(cell.projects) - len(items),
        "last_end": str(cell.last_end) if cell.last_end and not cell.open_end else None,
    }
