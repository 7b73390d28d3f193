"""Blocks: the keys of records, the buckets of some keys, and what is found where the records of a bucket meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow

from adam.matching.compiled.buckets import Members, Plan, emitted, forward, ordered, placed, sifted, split
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.scoring import Judge
from adam.matching.spark.meeting import Bounds, claims, held
from adam.matching.spark.packing import unpacked
from adam.matching.spark.tables import BYTES, whole

Array = np.ndarray[Any, Any]
ROUNDS = ("all", "split", "cells")
ENTRIES = pyarrow.schema([("round", pyarrow.int32()), ("part", pyarrow.int32()), ("entry", pyarrow.int64())])
MEMBERS = pyarrow.schema([*ENTRIES, ("held", pyarrow.int32()), ("place", pyarrow.int32())])
CLAIMS = pyarrow.schema(
    [
        ("i", pyarrow.int64()),
        ("j", pyarrow.int64()),
        ("kind", pyarrow.int32()),
        ("score", pyarrow.float64()),
        ("grades", BYTES),
    ]
)


class Blocking(NamedTuple):
    """How keys are told, and cut into parts: the plans, how many bits the number of a record has, bits of a part."""

    plans: Sequence[Plan]
    bits: int
    parts: int

    def plan(self, step: int) -> Plan:
        """The plan of a round: keys of all rules, these once split, cells."""
        return self.plans[-1 if step == 2 else 0]

    def bounds(self, part: int) -> Bounds:
        """What decides in a part whether two records meet."""
        limits = [self.plan(step).limits for step in range(len(ROUNDS))]
        full, window = (np.array(found, np.int64) for found in zip(*limits, strict=True))
        return Bounds(self.bits, 64 - self.parts, part, full, window)

    def low(self) -> np.uint64:
        """The bits of an entry that hold the number of the record."""
        return np.uint64((1 << self.bits) - 1)


def entries(rows: Rows, home: Array, first: int, blocking: Blocking) -> pyarrow.Table:
    """The keys of some records, of which the first has this number in the set."""
    found = [
        (step, emitted(rows, home, (0, len(rows.ints), plan.rules, blocking.bits)))
        for step, plan in zip((0, 2), blocking.plans, strict=False)
    ]
    return table_of([(step, numbered(each, first, blocking)) for step, each in found], blocking)


def entries_split(rows: Rows, home: Array, first: int, job: tuple[Blocking, Array]) -> pyarrow.Table:
    """The keys of some records once more where they are crowded, joined with what splits them."""
    blocking, crowded = job
    low = blocking.low()
    found = emitted(rows, home, (0, len(rows.ints), blocking.plans[0].rules, blocking.bits))
    keys = found & ~low
    place = np.minimum(np.searchsorted(crowded, keys), len(crowded) - 1)
    again = found[crowded[place] == keys] if len(crowded) else found[:0]
    finer = split(rows, home, again, blocking.bits)
    return table_of([(1, numbered(finer, first, blocking))], blocking)


def numbered(found: Array, first: int, blocking: Blocking) -> Array:
    """Entries by the numbers that their records have in the set."""
    low = blocking.low()
    return (found & ~low) | ((found & low) + np.uint64(first))


def table_of(found: Sequence[tuple[int, Array]], blocking: Blocking) -> pyarrow.Table:
    """Entries with the round they belong to, and the part that their key falls to."""
    steps = np.concatenate([np.full(len(each), step, np.int32) for step, each in found])
    every = np.concatenate([each for _, each in found])
    parts = (every >> np.uint64(64 - blocking.parts)).astype(np.int32) if blocking.parts else 0 * steps
    return pyarrow.table([steps, parts, every.view(np.int64)], schema=ENTRIES)


def sift(table: pyarrow.Table, blocking: Blocking) -> pyarrow.Table:
    """The entries of a part and round whose bucket holds more than one record: how many, and its place there."""
    if not table.num_rows:
        return MEMBERS.empty_table()
    step, part = table["round"][0].as_py(), table["part"][0].as_py()
    every = np.array(whole(table["entry"])).view(np.uint64)
    kept, _ = sifted(ordered([every], 1), blocking.bits, blocking.plan(step).limits.full)
    keys = kept >> np.uint64(blocking.bits)
    _, begins, which, held = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    n = len(kept)
    places = (np.arange(n) - begins[which]).astype(np.int32)
    columns = [np.full(n, step, np.int32), np.full(n, part, np.int32), kept.view(np.int64)]
    return pyarrow.table([*columns, held[which].astype(np.int32), places], schema=MEMBERS)


def compared(
    members: pyarrow.Table, rows: pyarrow.Table, blocking: Blocking, known: tuple[Shelf, Judge]
) -> pyarrow.Table:
    """The claims about records that meet in the buckets of a part; `rows` are the records of these buckets."""
    if not members.num_rows:
        return CLAIMS.empty_table()
    numbers = np.array(whole(rows["number"]))
    order = np.argsort(numbers)
    numbers = numbers[order]
    part = members["part"][0].as_py()
    rows = rows.take(pyarrow.array(order))
    left, right, kind, score, told = claims(
        unpacked(rows),
        met(members, numbers, blocking),
        held(whole(rows["buckets"])),
        (blocking.bounds(part), *known),
    )
    grades = [each.tobytes() for each in told]
    columns = [numbers[left], numbers[right], kind.astype(np.int32), score]
    return pyarrow.table([*columns, pyarrow.array(grades, BYTES)], schema=CLAIMS)


def met(members: pyarrow.Table, numbers: Array, blocking: Blocking) -> Members:
    """The buckets of a part, by the place of each record among those at hand."""
    low, bits = blocking.low(), blocking.bits
    rounds = np.array(whole(members["round"]))
    every = np.array(whole(members["entry"])).view(np.uint64)
    local = np.searchsorted(numbers, (every & low).view(np.int64)).astype(np.uint64)
    every = every & ~low | local
    found, ahead = [], []
    for step in range(len(ROUNDS)):
        each = np.sort(every[rounds == step])
        if len(each):
            found.append(each)
            ahead.append(forward(each, bits, blocking.plan(step).limits))
    together, meets = np.concatenate(found), np.concatenate(ahead)
    begins, places = placed(together, meets, (len(numbers), bits))
    return Members(together, bits, meets, begins, places)
