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
FIXED = at.INTS * 4 + at.WIDE * 8 + at.REALS * 8
ROWS = pyarrow.schema([("number", pyarrow.int64()), ("fixed", BYTES), ("pool", BYTES), ("marks", BYTES)])


@njit(cache=True, nogil=True)
def loosened(ints, items, columns, double):  # type: ignore[no-untyped-def]
    """The lists of each row one after the other; their places in `ints` count from the row's own beginning.

    The column `double` holds lists that are followed by as many items more.
    """
    n = ints.shape[0]
    at = np.zeros(n + 1, np.int64)
    for i in range(n):
        for column in columns:
            at[i + 1] += ints[i, column + 1] * (2 if column == double else 1)
        at[i + 1] += at[i]
    found = np.empty(at[n], items.dtype)
    for i in range(n):
        to = at[i]
        for column in columns:
            begin, many = ints[i, column], ints[i, column + 1] * (2 if column == double else 1)
            ints[i, column] = to - at[i]
            for m in range(many):
                found[to + m] = items[begin + m]
            to += many
    return at, found


def packed(rows: Rows, numbers: Array) -> pyarrow.Table:
    """Rows as a table, each with its number in the set."""
    ints = rows.ints.copy()
    pool_at, pool = loosened(ints, rows.pool, POOLED, at.WORDS)
    marks_at, marks = loosened(ints, rows.marks, MARKED, at.TARGETS)
    parts = [np.ascontiguousarray(part).view(np.uint8) for part in (ints, rows.wide, rows.reals)]
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
    wide, reals = at.INTS * 4, at.INTS * 4 + at.WIDE * 8
    ints = fixed[:, :wide].copy().view(np.int32)
    pool, pool_at = concatenated(whole(table["pool"]))
    marks, marks_at = concatenated(whole(table["marks"]))
    ints[:, POOLED] += (pool_at[:-1] // 4).astype(np.int32)[:, None]
    ints[:, MARKED] += (marks_at[:-1] // 8).astype(np.int32)[:, None]
    return Rows(
        ints,
        fixed[:, wide:reals].copy().view(np.int64),
        fixed[:, reals:].copy().view(np.float64),
        pool.view(np.int32),
        marks.view(np.int64),
    )
