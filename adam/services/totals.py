"""Totals that explain themselves: the money of any records by one grouping, and what was left out of it and why.

The grand total is the same by every grouping: a record's figure is divided in whole cents, and what it doesn't divide
has a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from adam.domain.totals import WORDS
from adam.queries.projects import Filters
from adam.services import counting
from adam.services.columns import NONE, Array, Columns, distinct, places_of
from adam.services.counting import Counted, dollars
from adam.services.grids import names_of
from adam.services.work import Work

GROUPINGS = ("country", "pillar", "commitment", "donor", "implementer", "year", "assistance_type", "status")
UNDIVIDED = {
    "country": "Not allocated to a country",
    "pillar": "Not assigned to a pillar",
    "commitment": "Not assigned to a commitment",
    "donor": "Donor not stated",
    "implementer": "Not allocated to an implementer",
    "year": "Year not stated",
    "assistance_type": "Not allocated to a kind of help",
    "status": "Status not stated",
}
"""What the line is called in which lies what a grouping can't divide."""
IN_ORDER = ("pillar", "commitment", "year")
"""Groupings whose lines stand by their codes; the others by their money."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Parts of records: of which record, under which code, how many cents; a part of none says that it stands there."""

    record: Array
    code: Array
    cents: Array


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a total: `key` is None for what isn't divided; `left_out` is what its records say beyond `usd`."""

    key: str | None
    name: str
    records: int
    usd: Decimal
    left_out: Decimal


def lines(w: Work, counted: Counted, by: str) -> list[Line]:
    """The lines of one of GROUPINGS; what they count adds up to the grand total, and what they leave out too."""
    laid = inside(counted, by)
    codes, at = places_of(laid.code)
    sums = np.zeros((2, len(codes)), np.int64)
    np.add.at(sums, (counted.out[laid.record].astype(int), at), laid.cents)
    pairs = distinct(at * len(counted.columns) + laid.record)
    many = np.bincount(pairs // max(len(counted.columns), 1), minlength=len(codes))
    keys = [_key(counted.columns, by, int(code)) for code in codes]
    named = names(w, by, [key for key in keys if key is not None])
    found = [
        Line(
            key,
            UNDIVIDED[by] if key is None else named[key],
            int(many[n]),
            dollars(sums[0, n]),
            dollars(sums[1, n]),
        )
        for n, key in enumerate(keys)
    ]
    return sorted(found, key=_order(by))


def inside(counted: Counted, by: str) -> Laid:
    """The parts of the chosen records by a grouping, every record at least once."""
    columns = counted.columns
    parts = [_money(columns, by), *_named(columns, by)]
    record, code, cents = (np.concatenate([part[at] for part in parts]) for at in range(3))
    there = counted.chosen[record]
    missing = counted.chosen & ~counting.flags(columns, record)
    alone = np.flatnonzero(missing)
    nothing = np.zeros(len(alone), np.int64)
    return Laid(
        np.concatenate((record[there], alone)),
        np.concatenate((code[there], nothing + NONE)),
        np.concatenate((cents[there], nothing)),
    )


Part = tuple[Array, Array, Array]
PLACES = ("country", "pillar", "commitment")
SOLE = {"implementer": "implementing", "assistance_type": "kind"}
"""Groupings in which a record's money stands under the only code that it names, and the tables of what it names."""


def _money(columns: Columns, by: str) -> Part:
    """Where the money lies."""
    if by in PLACES:
        table = columns.tables["place"]
        there = (table["cents"] != 0) | (table["stands"] != 0)
        return table["record"][there], table[by][there], table["cents"][there]
    if by in ("donor", "year"):
        table = columns.tables["payment"]
        there = table["cents"] != 0
        return table["record"][there], table["payer" if by == "donor" else by][there], table["cents"][there]
    own = columns.own["type" if by == "assistance_type" else by]
    there = columns.own["cents"] != 0
    return np.flatnonzero(there), own[there], columns.own["cents"][there]


def _named(columns: Columns, by: str) -> list[Part]:
    """What the records name, whether money lies there or not."""
    table = columns.tables.get("donor" if by == "donor" else SOLE.get(by, ""))
    if table is not None:
        return [(table["record"], table["code"], np.zeros(len(table["code"]), np.int64))]
    if by == "status":
        everyone = np.arange(len(columns))
        return [(everyone, columns.own["status"], np.zeros(len(everyone), np.int64))]
    return []


def _key(columns: Columns, by: str, code: int) -> str | None:
    if code == NONE:
        return None
    return str(code) if by == "year" else columns.words.text(code)


def names(w: Work, by: str, keys: list[str]) -> dict[str, str]:
    """What the lines of a grouping are called, by their keys."""
    if by in ("donor", "implementer"):
        return names_of(w, keys)
    words = w.vocabulary
    known: dict[str, Callable[[str], Any]] = {
        "country": words.country,
        "pillar": words.pillar,
        "commitment": lambda code: words.commitments[code].title if code in words.commitments else code,
        "assistance_type": words.assistance_type,
        "status": str.capitalize,
    }
    return {key: known.get(by, str)(key) for key in keys}


def _order(by: str) -> Callable[[Line], Any]:
    """Largest first, or by code; what isn't divided last."""
    if by in IN_ORDER:
        return lambda line: (line.key is None, line.key or "")
    return lambda line: (line.key is None, -line.usd, line.name)


def ledger(w: Work, filters: Filters, counted: Counted) -> dict[str, Any]:
    """What a total counted and what it left out, and why; amounts as text."""
    cents = counted.columns.own["cents"]
    left = [
        {
            "kind": kind,
            "words": words,
            "records": len(own := [out for out in counted.left_out if out.kind == kind]),
            "usd": text(sum((out.usd for out in own), Decimal(0))),
        }
        for kind, words in WORDS.items()
    ]
    cancelled = (
        None
        if filters.status
        else counting.selected(w, counted.columns, replace(filters, status=("cancelled",)))
    )
    return {
        "records": len(counted),
        "reported": text(counted.reported),
        "counted": text(counted.grand),
        "left_out": left,
        "left_out_usd": text(counted.reported - counted.grand),
        "without_amount": int(counted.silent.sum()),
        "not_converted": int(counted.unconverted.sum()),
        "partly_converted": int(counted.partly.sum()),
        "cancelled": None if cancelled is None else int(cancelled.sum()),
        "cancelled_usd": None if cancelled is None else text(dollars(cents[cancelled].sum())),
        "not_allocated": text(_undivided(counted, "country")),
        "not_assigned": text(_undivided(counted, "pillar")),
        "elsewhere": text(_elsewhere(counted, filters)),
    }


def _undivided(counted: Counted, name: str) -> Decimal:
    table = counted.columns.tables["place"]
    return dollars(table["cents"][counted.counts[table["record"]] & (table[name] == NONE)].sum())


def _elsewhere(counted: Counted, filters: Filters) -> Decimal:
    """What the chosen records hold outside the places that are asked for, where some are."""
    table = counted.columns.tables["place"]
    outside = np.zeros(len(table["record"]), bool)
    for name in PLACES:
        codes = getattr(filters, name)
        if codes:
            outside |= ~np.isin(table[name], counted.columns.words.known(codes))
    return dollars(table["cents"][counted.counts[table["record"]] & outside].sum())


def text(amount: Decimal) -> str:
    """An amount as documents hold it."""
    return format(amount, ".2f")


def table(w: Work, filters: Filters, by: str) -> dict[str, Any]:
    """The total of the records that pass the filters, by one grouping: its lines, its sum, and its ledger."""
    counted = counting.counted(w, filters)
    found = lines(w, counted, by)
    return {
        "by": by,
        "items": [
            {
                "key": line.key,
                "name": line.name,
                "records": line.records,
                "usd": text(line.usd),
                "left_out_usd": text(line.left_out),
                "share": text(100 * line.usd / counted.grand) if counted.grand else None,
            }
            for line in found
        ],
        "total": text(counted.grand),
        "ledger": ledger(w, filters, counted),
    }
