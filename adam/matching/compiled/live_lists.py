"""Lists of a live set: those of each record brought together, so that one or two places of memory hold them all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.layout import Rows
from adam.matching.compiled.texts import spans

Array = np.ndarray[Any, Any]
UNASKED = (at.RARE_WORDS, at.RARE_SAID)
"""What is not asked of a record that is met."""
ORDER = (*(column for column in sorted(at.POOLED.values()) if column not in UNASKED), *UNASKED)


def together(rows: Rows, workers: int) -> Rows:
    """The same rows with the lists of each record next to each other, which lay with those of their kind."""
    cuts = spans(len(rows.ints), workers)
    with ThreadPoolExecutor(workers) as pool:
        sizes = pool.map(lambda cut: sized(rows.ints, rows.pool, cut), cuts)
        begins = np.cumsum([at.NOTHING, *sizes]).tolist()
        room = np.zeros(begins[-1], rows.pool.dtype)
        jobs = zip(cuts, begins, strict=False)
        list(pool.map(lambda job: moved(rows.ints, rows.pool, room, job), jobs))
    return rows._replace(pool=room)


@njit(cache=True, nogil=True)
def length(ints, pool, n, column):  # type: ignore[no-untyped-def]
    """How much room a list takes with its length and signatures; none has none."""
    place = ints[n, column]
    return 1 + pool[place] + at.SIGNATURES * (column in at.ROLES) if place else 0


@njit(cache=True, nogil=True)
def sized(ints, pool, span):  # type: ignore[no-untyped-def]
    """How much room the lists of some records take."""
    found = 0
    for n in range(span[0], span[1]):
        for column in ORDER:
            found += length(ints, pool, n, column)
    return found


@njit(cache=True, nogil=True)
def moved(ints, pool, room, job):  # type: ignore[no-untyped-def]
    """Moves the lists of some records to other room: job is (span, where the first one goes)."""
    span, used = job
    for n in range(span[0], span[1]):
        for column in ORDER:
            begin, many = ints[n, column], length(ints, pool, n, column)
            if many:
                ints[n, column] = used
            for p in range(many):
                room[used + p] = pool[begin + p]
            used += many
