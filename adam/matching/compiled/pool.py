"""Pools: the lists of all records in one array, and the place of each in the rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import placed
from adam.matching.compiled.vocabulary import Lists

Array = np.ndarray[Any, Any]
NOTHING = np.zeros(0, np.int32)


class Pool:
    """Lists of all records, one kind after the other, each with its length before it, and the place of each."""

    def __init__(self, ints: Array, kind: type):
        self.ints = ints
        self.parts: list[Array] = [np.zeros(at.NOTHING, kind)]
        self.used = at.NOTHING
        self.kind = kind

    def put(self, column: int, lists: Lists, which: Array | None = None, sizes: Any = None) -> None:
        """One list a record, or one for each distinct value, of which each record has one; `sizes` as for `placed`."""
        places = self.add(lists, sizes)
        self.ints[:, column] = places if which is None else places[which]

    def put_some(self, column: int, span: tuple[int, int], lists: Lists) -> None:
        """One list a record, for the records of a span."""
        self.ints[slice(*span), column] = self.add(lists, None)

    def add(self, lists: Lists, sizes: Array | None) -> Array:
        """Adds lists; answers the place of each."""
        sizes = np.diff(lists.at) if sizes is None else sizes
        items, places = placed(Lists(lists.at, lists.items.astype(self.kind, copy=False)), self.used, sizes)
        self.parts.append(items)
        self.used += len(items)
        found: Array = places
        return found

    def whole(self, workers: int = 1) -> Array:
        """All in one; each part is let go once it is copied."""
        found: Array = np.empty(self.used, self.kind)
        ends = np.cumsum([len(part) for part in self.parts]).tolist()

        def copy(number: int) -> None:
            part, self.parts[number] = self.parts[number], NOTHING
            found[ends[number] - len(part) : ends[number]] = part

        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(copy, range(len(ends))))
        return found
