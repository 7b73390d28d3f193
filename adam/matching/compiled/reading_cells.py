"""Cells that repeat: each distinct one is read once, by the rules of `Record.from_mapping`; ValueError if refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow

from adam.matching.compiled.arrow import numbers
from adam.matching.compiled.columns import Array, Coded, Ids
from adam.matching.compiled.reading_texts import trimmed
from adam.matching.compiled.tokens import hashed_bytes
from adam.matching.countries import iso2
from adam.matching.records import RELATIONS

Cell = str | tuple[str, ...]


class Money(NamedTuple):
    """What says how an amount is to be converted: currencies, and days by name."""

    currency: Coded
    days: dict[str, Array]


def distinct(column: pyarrow.ChunkedArray) -> Coded:
    """The distinct texts of a column in the order met."""
    if not len(column):
        return Coded([], np.zeros(0, np.int32))
    encoded = column.dictionary_encode()
    if len({len(chunk.dictionary) for chunk in encoded.chunks}) > 1:
        encoded = encoded.unify_dictionaries()
    which = np.concatenate([numbers(chunk.indices, np.int32) for chunk in encoded.chunks])
    return Coded(texts(encoded.chunk(0).dictionary), which)


def texts(column: Any) -> list[str]:
    """The texts of a column as Python's."""
    found: list[str] = column.to_pylist()
    return found


def identities(column: pyarrow.ChunkedArray) -> Ids:
    """The ids; ValueError where one is missing or stands twice."""
    ids = Ids(trimmed(column))
    hashes = np.sort(hashed_bytes(*ids.told))
    alike = bool((hashes[1:] == hashes[:-1]).any())
    if not np.diff(ids.told.at).all() or alike and len(set(ids)) < len(ids):
        raise ValueError("an id is missing or stands twice")
    return ids


def read(name: str, cells: Coded) -> Coded:
    """The distinct values of a field, each once in the order met."""
    seen: dict[Any, int] = {}
    tell = READERS.get(name, items)
    renamed = [seen.setdefault(tell(cell), len(seen)) for cell in cells.values]
    if len(seen) == len(renamed):
        return Coded(list(seen), cells.which)
    return Coded(list(seen), np.array(renamed, np.int32)[cells.which])


def items(cell: Cell) -> tuple[str, ...]:
    """The items of a list: stripped, each once, in order; a text is cut at semicolons."""
    if isinstance(cell, str) and ";" not in cell:
        text = cell.strip()
        return (text,) if text else ()
    parts: Iterable[str] = cell.split(";") if isinstance(cell, str) else cell
    return tuple(dict.fromkeys(text for part in parts if (text := part.strip())))


def one(cell: str) -> tuple[str, ...]:
    """A single text as a list of one, or of none."""
    text = cell.strip()
    return (text,) if text else ()


def countries(cell: Cell) -> tuple[str, ...]:
    """Country codes of two letters; ValueError for what is none."""
    codes = [iso2(given) for given in items(cell)]
    if None in codes:
        raise ValueError("not a country")
    return tuple(dict.fromkeys(code for code in codes if code))


def relations(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Stated relations "kind>target"; ValueError for another kind, and for relations that are no text."""
    if cell and not isinstance(cell, str):
        raise ValueError("relations as a structure")
    pairs = [part.partition(">") for part in items(cell)]
    if any(not sign or kind.strip() not in RELATIONS for kind, sign, _ in pairs):
        raise ValueError("not a relation")
    return tuple((kind.strip(), target.strip()) for kind, _, target in pairs)


def currency(cell: str) -> str:
    """A code of three letters, or nothing; ValueError for what is neither."""
    code = cell.strip().upper()
    if code and not (len(code) == 3 and code.isalpha() and code.isascii()):
        raise ValueError("not a currency")
    return code


READERS: dict[str, Callable[[Any], Any]] = {
    "countries": countries,
    "relations": relations,
    "currency": currency,
    "reporter": one,
}


def ordinals(cells: Coded) -> Array:
    """Days as ordinals of the calendar, 0 where not given; ValueError for what is no date."""
    found = [date.fromisoformat(text).toordinal() if (text := cell.strip()) else 0 for cell in cells.values]
    return np.array(found, np.int32)[cells.which]
