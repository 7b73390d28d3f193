"""Meetings: who meets whom under which key, for a run of records at a time, compiled.

A crowded bucket is split where it lies: its records meet where they share one of their traits as well. A meeting is one
number, the later record's with the place of the earlier one in its chunk above; meetings of one chunk lie together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.keys import BODIES, QUARTER, WORDS, bodies, window

Array = np.ndarray[Any, Any]
BLOCK = 1024
USUAL = 640
"""So many meetings of a record are made room for at first."""
QUARTERS, SIZES, DOERS, SAID = range(1, 5)
TRAITS, LINE = 4 + BODIES + WORDS, 16


class Run(NamedTuple):
    """Records low to high, in chunks of so many bits, of a set whose records have numbers of so many bits."""

    low: int
    high: int
    chunk: int
    bits: int

    @property
    def chunks(self) -> int:
        """How many chunks the run has."""
        return ((self.high - self.low - 1) >> self.chunk) + 1


class Stream(NamedTuple):
    """Meetings in blocks: those of a chunk end in block `last` at `fill`; `before` is the block that precedes one."""

    pool: Array
    before: Array
    last: Array
    fill: Array
    used: Array


@njit(cache=True, nogil=True)
def traits(rows, home, span):  # type: ignore[no-untyped-def]
    """What a crowded bucket is split by: quarter of the start, step of the amount, bodies, rare words; 0 for none."""
    low, high = span
    found = np.zeros((high - low, LINE), np.int32)
    doers = np.empty(BODIES, np.int32)
    for i in range(low, high):
        many = 0
        if rows.ints[i, at.START]:
            for step in window(rows.ints[i, at.START], QUARTER):
                found[i - low, many] = step << 3 | QUARTERS
                many += 1
        if rows.ints[i, at.SIZE]:
            for column in (at.SIZE, at.NEAR_SIZE):
                found[i - low, many] = rows.ints[i, column] << 3 | SIZES
                many += 1
        for b in range(bodies(rows, home, i, doers)):
            found[i - low, many] = doers[b] << 3 | DOERS
            many += 1
        begin = rows.ints[i, at.RARE_WORDS]
        for n in range(min(rows.ints[i, at.RARE_WORDS + 1], WORDS)):
            found[i - low, many] = rows.pool[begin + n] << 3 | SAID
            many += 1
    return found


@njit(cache=True, nogil=True)
def opened(blocks, chunks):  # type: ignore[no-untyped-def]
    """A stream without any meeting."""
    return Stream(
        np.empty(blocks * BLOCK, np.uint32),
        np.empty(blocks, np.int32),
        np.full(chunks, -1, np.int32),
        np.full(chunks, BLOCK, np.int32),
        np.zeros(1, np.int64),
    )


@njit(cache=True, nogil=True)
def roomy(stream, more):  # type: ignore[no-untyped-def]
    """The stream with room for so many more meetings."""
    needed = stream.used[0] + stream.last.size + more // BLOCK + 1
    if needed <= stream.before.size:
        return stream
    found = opened(needed * 2, stream.last.size)
    found.pool[: stream.used[0] * BLOCK] = stream.pool[: stream.used[0] * BLOCK]
    found.before[: stream.used[0]] = stream.before[: stream.used[0]]
    return Stream(found.pool, found.before, stream.last, stream.fill, stream.used)


@njit(cache=True, nogil=True)
def put(stream, chunk, meeting):  # type: ignore[no-untyped-def]
    """One more meeting of a chunk."""
    if stream.fill[chunk] == BLOCK:
        stream.before[stream.used[0]] = stream.last[chunk]
        stream.last[chunk] = stream.used[0]
        stream.fill[chunk] = 0
        stream.used[0] += 1
    stream.pool[stream.last[chunk] * BLOCK + stream.fill[chunk]] = meeting
    stream.fill[chunk] += 1


@njit(cache=True, nogil=True)
def meet(records, size, limits, job):  # type: ignore[no-untyped-def]
    """The last records of a bucket of this size meet, all with all or each its next few: job is (run, stream)."""
    full, few = limits
    run, stream = job
    for a in range(records.size - 1):
        i = np.int64(records[a])
        if i >= run.high:
            return
        if i < run.low:
            continue
        chunk = (i - run.low) >> run.chunk
        place = np.uint32((i - run.low) & ((1 << run.chunk) - 1)) << np.uint32(run.bits)
        end = records.size if size <= full else min(records.size, a + 1 + few)
        for b in range(a + 1, end):
            put(stream, chunk, place | np.uint32(records[b]))


@njit(cache=True, nogil=True)
def slot_of(table, trait, mask):  # type: ignore[no-untyped-def]
    """Where a trait stands in the table, or may be put."""
    at = (np.int64(trait) * 0x9E3779B1 >> 12) & mask
    while table[at, 0] and table[at, 0] != trait:
        at = (at + 1) & mask
    return at


@njit(cache=True, nogil=True)
def counted(records, told, desk):  # type: ignore[no-untyped-def]
    """How many records have each of their traits, in the table; the slots used, in the order met: answers how many."""
    table, slots, used = desk
    mask = 64
    while mask < 2 * TRAITS * records.size:
        mask *= 2
    many = n = 0
    for record in records:
        for t in range(TRAITS):
            if not told[record, t]:
                break
            at = slot_of(table, told[record, t], mask - 1)
            if not table[at, 0]:
                table[at, 0], table[at, 1] = told[record, t], 0
                used[many] = at
                many += 1
            table[at, 1] += 1
            slots[n] = at
            n += 1
    return many


@njit(cache=True, nogil=True)
def split(records, told, desk, job):  # type: ignore[no-untyped-def]
    """The records of a crowded bucket meet those with which they share a trait: job is (limits, run, stream).

    Each trait's records are laid together; those before the run meet nobody any more, but count.
    """
    table, slots, used, together = desk
    limits, run, stream = job
    many = counted(records, told, (table, slots, used))
    room = 0
    for m in range(many):
        table[used[m], 2] = room
        room += table[used[m], 1]
    n = 0
    for record in records:
        for t in range(TRAITS):
            if not told[record, t]:
                break
            at = slots[n]
            n += 1
            if record >= run.low and table[at, 1] > 1:
                together[table[at, 2]] = record
                table[at, 2] += 1
    room = 0
    for m in range(many):
        size = table[used[m], 1]
        meet(together[room : table[used[m], 2]], size, limits, (run, stream))
        room += size
        table[used[m], 0] = 0


@njit(cache=True, nogil=True)
def desk_for(most):  # type: ignore[no-untyped-def]
    """Room to split a bucket of so many records: a table of traits, and lists."""
    size = 64
    while size < 2 * TRAITS * most:
        size *= 2
    return (
        np.zeros((size, 3), np.int32),
        np.empty(TRAITS * most, np.int32),
        np.empty(TRAITS * most, np.int32),
        np.empty(TRAITS * most, np.int32),
    )


@njit(cache=True, nogil=True)
def gathered(entries, told, job):  # type: ignore[no-untyped-def]
    """The meetings of a run under some keys: job is (limits, largest, whether crowded ones split, run, stream)."""
    limits, largest, splits, run, stream = job
    low = (np.uint64(1) << np.uint64(run.bits)) - np.uint64(1)
    bits = np.uint64(run.bits)
    desk = desk_for(largest if splits else 1)
    records = np.empty(largest, np.int32)
    n = 0
    while n < entries.size:
        key, end = entries[n] >> bits, n
        while end < entries.size and entries[end] >> bits == key:
            records[end - n] = np.int32(entries[end] & low)
            end += 1
        size = end - n
        n = end
        if records[0] >= run.high or records[size - 2] < run.low:
            continue
        crowded = splits and size > limits[0]
        most = size if size <= limits[0] else limits[1]
        stream = roomy(stream, size * (most + (TRAITS * max(limits) if crowded else 0)))
        meet(records[:size], size, limits, (run, stream))
        if crowded:
            split(records[:size], told, desk, (limits, run, stream))
    return stream
