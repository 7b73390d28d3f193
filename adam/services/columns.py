"""Columns: what every record is counted with, as arrays, so that a hundred thousand are added up in milliseconds.

A record has a number, its place in the arrays about records; the arrays about places, payments and what it names hold
that number. Columns never change: others are made of them (`changed`) while whoever asks goes on with the old ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adam.domain.holdings import only, payments, places
from adam.queries.holdings import Said

Array = NDArray[Any]
NONE = -1
LATEST = date.max.toordinal()
_stands = count(1)


class Words:
    """Codes and ids as small numbers; what has a number once keeps it. None is NONE."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._known: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of a text, a new one where it has none."""
        if text is None:
            return NONE
        if text not in self._known:
            self.texts.append(text)
            self._known[text] = len(self.texts) - 1
        return self._known[text]

    def known(self, texts: Iterable[str]) -> list[int]:
        """The numbers of those that have one."""
        return [self._known[text] for text in texts if text in self._known]

    def text(self, number: int) -> str | None:
        """The text of a number."""
        return None if number == NONE else self.texts[number]


RECORDS = (
    "cents",
    "given",
    "unconverted",
    "level",
    "owner",
    "status",
    "begins",
    "ends",
    "type",
    "implementer",
)
TABLES = {
    "place": ("record", "country", "pillar", "commitment", "cents", "stands", "proposed"),
    "payment": ("record", "payer", "year", "cents"),
    "donor": ("record", "code"),
    "kind": ("record", "code"),
    "implementing": ("record", "code"),
}
"""The arrays about records, and those of which a record has any number of rows."""
Relation = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """`ids` and `numbers` are shared by all that follow from one another and only grow; `alive` says who counts.

    `type` and `implementer` are the only one that a record names, which all its money stands under, or NONE.
    `stand` is a number of its own for every state.
    """

    words: Words
    ids: list[str]
    numbers: dict[str, int]
    alive: Array
    own: Mapping[str, Array]
    tables: Mapping[str, Mapping[str, Array]]
    identifiers: dict[int, list[str]]
    relations: dict[int, list[Relation]]
    stand: int

    def __len__(self) -> int:
        return len(self.alive)

    def number_of(self, record_id: str) -> int | None:
        """The number of a record that counts here."""
        found = self.numbers.get(record_id, NONE)
        return found if found != NONE and found < len(self) and self.alive[found] else None

    def changed(self, said: Collection[Said], ids: Collection[str]) -> Columns:
        """These columns with the records of these ids as they are now; those of which nothing is said are gone."""
        for one in said:
            if one.id not in self.numbers:
                self.numbers[one.id] = len(self.ids)
                self.ids.append(one.id)
        size = len(self.ids)
        gone = np.zeros(size, bool)
        gone[[self.numbers[key] for key in ids if key in self.numbers]] = True
        alive = _longer(self.alive, size) & ~gone
        fresh = [(self.numbers[one.id], one) for one in said]
        alive[[number for number, _ in fresh]] = True
        rows = _rows(self.words, fresh)
        return replace(
            self,
            alive=alive,
            own=self._own(fresh, size),
            tables={name: _merged(self.tables[name], rows[name], gone) for name in TABLES},
            identifiers=_kept(self.identifiers, gone, ((at, one.identifiers) for at, one in fresh)),
            relations=_kept(self.relations, gone, ((at, one.relations) for at, one in fresh)),
            stand=next(_stands),
        )

    def _own(self, fresh: list[tuple[int, Said]], size: int) -> dict[str, Array]:
        numbers = [number for number, _ in fresh]
        values = list(zip(*(_record(self.words, one) for _, one in fresh), strict=True))
        found = {}
        for at, name in enumerate(RECORDS):
            found[name] = _longer(self.own[name], size)
            if values:
                found[name][numbers] = values[at]
        return found


def empty() -> Columns:
    """Columns of no record."""
    none = np.zeros(0, np.int64)
    tables = {name: dict.fromkeys(columns, none) for name, columns in TABLES.items()}
    own = dict.fromkeys(RECORDS, none)
    return Columns(Words(), [], {}, np.zeros(0, bool), own, tables, {}, {}, next(_stands))


def distinct(values: Array) -> Array:
    """Each value once, sorted; by sorting, which for numbers like ours is quicker than what numpy does itself."""
    found = np.sort(values)
    return found[np.concatenate(([True], found[1:] != found[:-1]))] if len(found) else found


def places_of(values: Array) -> tuple[Array, Array]:
    """Each value once, sorted, and for every value its place among them."""
    found = distinct(values)
    return found, np.searchsorted(found, values)


def _longer(array: Array, size: int) -> Array:
    found = np.zeros(size, array.dtype)
    found[: len(array)] = array
    return found


def _record(words: Words, one: Said) -> tuple[int, ...]:
    """The values of RECORDS."""
    return (
        one.usd or 0,
        one.usd is not None,
        one.without_rate,
        words.number(one.visibility),
        words.number(one.owner),
        words.number(one.status),
        one.begins.toordinal() if one.begins else 0,
        one.ends.toordinal() if one.ends else LATEST,
        words.number(only(one.types)),
        words.number(only(one.implementers)),
    )


def _rows(words: Words, fresh: Iterable[tuple[int, Said]]) -> dict[str, list[tuple[int, ...]]]:
    rows: dict[str, list[tuple[int, ...]]] = {name: [] for name in TABLES}
    number = words.number
    for at, one in fresh:
        for place in places(one.usd or 0, one.countries, one.pillars):
            codes = [number(code) for code in place[:3]]
            rows["place"].append((at, *codes, place.cents, place.stands, place.proposed))
        for part in payments(one.usd or 0, one.paid, one.donors):
            rows["payment"].append((at, number(part.payer), part.year or NONE, part.cents))
        for name, listed in (("donor", one.donors), ("kind", one.types), ("implementing", one.implementers)):
            rows[name] += [(at, number(code)) for code in dict.fromkeys(listed)]
    return rows


def _merged(table: Mapping[str, Array], rows: list[tuple[int, ...]], gone: Array) -> dict[str, Array]:
    records = table["record"]
    kept = ~gone[records]
    new = np.array(rows, np.int64).reshape(len(rows), len(table)).T
    return {
        name: np.concatenate((array[kept], new[at]) if len(rows) else (array[kept],))
        for at, (name, array) in enumerate(table.items())
    }


def _kept(
    known: Mapping[int, list[Any]], gone: Array, fresh: Iterable[tuple[int, list[Any]]]
) -> dict[int, list[Any]]:
    """What the records list, by their numbers; those that list nothing are left out."""
    found = {at: listed for at, listed in known.items() if not gone[at]}
    found.update({at: listed for at, listed in fresh if listed})
    return found
