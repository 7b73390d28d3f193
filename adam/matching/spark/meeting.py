"""Meeting: the pairs of a part, each judged in one part only, with all keys that its two records share; compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow
import pyarrow.compute
from numba import njit

from adam.matching.compiled.buckets import Members
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.scoring import Judge, desk, judged
from adam.matching.compiled.walk import FIRST, none_kept, told, with_claim

Array = np.ndarray[Any, Any]


class Held(NamedTuple):
    """The buckets that each record is in, in all parts: record i has at[i] to at[i + 1], by round and key.

    `marks` are the bits of the key above the place of the record in the bucket; `sizes` how many the bucket holds.
    """

    at: Array
    rounds: Array
    marks: Array
    sizes: Array


class Bounds(NamedTuple):
    """What says whether two records of a bucket meet, and to which part the bucket belongs: bits of a record's number,
    bits that are no part, this part; for each round how many may meet all with all, and how many neighbours else."""

    bits: int
    above: int
    part: int
    full: Array
    window: Array


def held(column: pyarrow.ListArray) -> Held:
    """The buckets of each record from a column of lists."""
    items = column.flatten()
    at = np.zeros(len(column) + 1, np.int64)
    np.cumsum(np.array(pyarrow.compute.list_value_length(column)), out=at[1:])
    parts = (np.array(items.field(name)) for name in ("round", "mark", "held"))
    return Held(at, *parts)


@njit(cache=True, nogil=True)
def shared(held, i, j, bounds):  # type: ignore[no-untyped-def]
    """In how many buckets two records meet, and in which part first."""
    low = (np.int64(1) << np.int64(bounds.bits)) - np.int64(1)
    p, end, q, last = held.at[i], held.at[i + 1], held.at[j], held.at[j + 1]
    votes, first = 0, np.int64(-1)
    while p < end and q < last:
        step, other = held.rounds[p], held.rounds[q]
        key, another = held.marks[p] & ~low, held.marks[q] & ~low
        if step < other or step == other and key < another:
            p += 1
        elif step > other or key > another:
            q += 1
        else:
            apart = abs((held.marks[p] & low) - (held.marks[q] & low))
            if held.sizes[p] <= bounds.full[step] or apart <= bounds.window[step]:
                votes += 1
                part = np.int64(np.uint64(key) >> np.uint64(bounds.above))
                first = part if first < 0 or part < first else first
            p += 1
            q += 1
    return votes, first


@njit(cache=True, nogil=True)
def walked(rows, members, held, job):  # type: ignore[no-untyped-def]
    """The claims about all pairs that meet in this part first: job is (bounds, needed, shelf, judge)."""
    bounds, needed, shelf, judge = job
    mask = (np.uint64(1) << np.uint64(members.bits)) - np.uint64(1)
    n = rows.ints.shape[0]
    stamp = np.full(n, -1, np.int32)
    room = desk(shelf, judge)
    kept = none_kept(FIRST)
    for i in range(n):
        for place in range(members.at[i], members.at[i + 1]):
            entry = members.places[place]
            for other in range(entry + 1, entry + 1 + members.meets[entry]):
                j = np.int64(members.entries[other] & mask)
                if stamp[j] == i:
                    continue
                stamp[j] = i
                votes, first = shared(held, i, j, bounds)
                if first != bounds.part or votes < needed:
                    continue
                # Places of 32 bits, as the local engine has them: else `judged` is compiled once more.
                column, score = judged(rows, np.int32(i), rows, np.int32(j), room)
                if column >= 0:
                    kept = with_claim(kept, (i, j), (column, score, room[0]))
    return told(kept)


def claims(rows: Rows, members: Members, held: Held, job: tuple[Bounds, Shelf, Judge]) -> tuple[Array, ...]:
    """Left and right, kind, score and grades of what is claimed."""
    bounds, shelf, judging = job
    needed = getattr(judging, "needed", 1)
    found: tuple[Array, ...] = walked(rows, members, held, (bounds, needed, shelf, judging))
    return found
