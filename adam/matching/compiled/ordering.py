"""Ordering: records in an order that only what they say decides, those of one place and time beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled.columns import LISTS, Columns
from adam.matching.compiled.tokens import PRIME, hashed_bytes, mixed
from adam.matching.compiled.vocabulary import digests

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def folded(content, more):  # type: ignore[no-untyped-def]
    """Takes one more column of hashes into the hashes of whole records."""
    for n in range(content.size):
        content[n] = mixed(content[n] * PRIME ^ np.uint64(more[n]))


def contents(columns: Columns) -> Array:
    """A hash of all that each record says, its id aside."""
    found = np.zeros(len(columns.ids), np.uint64)
    for name in ("title", "description"):
        folded(found, hashed_bytes(*columns.texts[name]))
    for name in (*LISTS, "reporter", "currency"):
        values = columns.lists[name].values
        told = digests(map("\x1f".join, values if name != "relations" else told_as_texts(values)))
        folded(found, told[columns.lists[name].which] if values else found)
    for day in columns.days.values():
        folded(found, day.astype(np.uint64))
    for amount in (columns.own, columns.usd):
        folded(found, np.nan_to_num(amount).view(np.uint64))
    return found


def told_as_texts(values: Iterable[Iterable[object]]) -> Iterable[Iterable[str]]:
    """Values of which each part is written as Python writes it."""
    return (map(str, value) for value in values)


def order(columns: Columns, content: Array) -> Array:
    """The numbers of the records by first country, start, content, and only at last by id."""
    places = columns.lists["countries"]
    first = [min(value, default="") for value in places.values]
    rank = {place: number for number, place in enumerate(sorted(set(first)))}
    place = np.array([rank[each] for each in first], np.int64)[places.which]
    found = np.lexsort((content, place << 32 | columns.days["start"]))
    told = content[found]
    same = np.flatnonzero(told[1:] == told[:-1])
    for at in same.tolist():
        low = at
        while low and content[found[low - 1]] == content[found[at]]:
            low -= 1
        high = at + 2
        found[low:high] = sorted(found[low:high].tolist(), key=lambda n: columns.ids[n])
    return found
