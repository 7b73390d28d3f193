"""Packing: laid out rows cut loose from each other, each with its own lists, so that they can be sent; compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.layout import Rows
from adam.matching.spark.tables import BYTES, concatenated, whole

Array = np.ndarray[Any, Any]
POOLED = np.array(sorted(at.POOLED.values()))
MARKED = np.array(sorted(at.MARKED.values()))
WIDTHS = np.cumsum([at.INTS * 4, at.WIDE * 8, at.REALS * 8, at.MASKED * 8])
FIXED = int(WIDTHS[-1])
ROWS = pyarrow.schema([("number", pyarrow.int64()), ("fixed", BYTES), ("pool", BYTES), ("marks", BYTES)])


@njit(cache=True, nogil=True)
def room(ints, items, i, column):  # type: ignore[no-untyped-def]
    """How much of the items a list takes, its length and what belongs to it included; 0 for an empty one."""
    place = ints[i, column]
    if not place:
        return 0
    if column == at.TARGETS:
        return 2 * (1 + items[place])
    for role in at.ROLES:
        if column == role:
            return 1 + items[place] + at.SIGNATURES
    return 1 + items[place]


@njit(cache=True, nogil=True)
def loosened(ints, items, columns):  # type: ignore[no-untyped-def]
    """The lists of each row one after the other; their places in `ints` count as if only this row were there."""
    n = ints.shape[0]
    at_row = np.zeros(n + 1, np.int64)
    for i in range(n):
        for column in columns:
            at_row[i + 1] += room(ints, items, i, column)
        at_row[i + 1] += at_row[i]
    found = np.empty(at_row[n], items.dtype)
    for i in range(n):
        to = at_row[i]
        for column in columns:
            begin, many = ints[i, column], room(ints, items, i, column)
            for m in range(many):
                found[to + m] = items[begin + m]
            if many:
                ints[i, column] = at.NOTHING + to - at_row[i]
            to += many
    return at_row, found


def packed(rows: Rows, numbers: Array) -> pyarrow.Table:
    """Rows as a table, each with its number in the set."""
    ints = rows.ints.copy()
    pool_at, pool = loosened(ints, rows.pool, POOLED)
    marks_at, marks = loosened(ints, rows.marks, MARKED)
    masks = rows.masks[ints[:, at.MASKS]]
    ints[:, at.MASKS] = 0
    parts = [np.ascontiguousarray(part).view(np.uint8) for part in (ints, rows.wide, rows.reals, masks)]
    fixed = np.concatenate(parts, axis=1)
    return pyarrow.table(
        [
            pyarrow.array(numbers),
            strings(fixed.ravel(), np.arange(len(ints) + 1, dtype=np.int64) * FIXED),
            strings(pool.view(np.uint8), pool_at * 4),
            strings(marks.view(np.uint8), marks_at * 8),
        ],
        schema=ROWS,
    )


def strings(data: Array, begins: Array) -> pyarrow.Array:
    """Bytes cut where told."""
    buffers = [None, pyarrow.py_buffer(begins), pyarrow.py_buffer(data)]
    return pyarrow.Array.from_buffers(pyarrow.large_binary(), len(begins) - 1, buffers).cast(BYTES)


def unpacked(table: Any) -> Rows:
    """The rows of a table, in its order."""
    fixed = concatenated(whole(table["fixed"]))[0].reshape(-1, FIXED)
    parts = [part.copy() for part in np.split(fixed, WIDTHS[:-1], axis=1)]
    ints = parts[0].view(np.int32)
    pool, pool_at = concatenated(whole(table["pool"]))
    marks, marks_at = concatenated(whole(table["marks"]))
    for columns, begins in ((POOLED, pool_at[:-1] // 4), (MARKED, marks_at[:-1] // 8)):
        ints[:, columns] += (begins[:, None] * (ints[:, columns] > 0)).astype(np.int32)
    ints[:, at.MASKS] = np.arange(len(ints))
    return Rows(
        ints,
        parts[1].view(np.int64),
        parts[2].view(np.float64),
        behind_nothing(pool.view(np.int32)),
        behind_nothing(marks.view(np.int64)),
        parts[3].view(np.int64),
    )


def behind_nothing(items: Array) -> Array:
    """Lists behind the zeros that every pool begins with."""
    return np.concatenate((np.zeros(at.NOTHING, items.dtype), items))
