"""One record against a set, compiled: its keys looked up, the votes counted."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.ahead import ahead
from adam.matching.compiled.keys import CELL, MOST, keys_of, splits
from adam.matching.compiled.tokens import mixed

Array = np.ndarray[Any, Any]
VOTES, GONE = 1024, -1
SOON, A_LINE = 16, 8
"""So many votes are fetched ahead; so many entries come from memory together."""
PLAIN, FINER, CELLS = range(3)
SPLITS = 64
"""What crowds are split by is less than so many."""
RAREST_KEY = 9
"""The votes that a key held by one record alone gives; by two or three one less, and so on, at least one."""


class Sorted(NamedTuple):
    """Entries in order (key bits above `bits` record bits), and where those of each lot of first bits begin."""

    entries: Array
    begins: Array
    shift: int
    bits: int


class Held(NamedTuple):
    """The set: its rows, which of them still stand, their entries, those of split buckets, and those of cells."""

    rows: Any
    alive: Array
    plain: Sorted
    finer: Sorted
    cells: Sorted


class Bounds(NamedTuple):
    """How many records of a bucket are looked at, and how many neighbours in a fuller one; the same for cells."""

    rules: int
    full: int
    window: int
    cell: int
    near: int


class Room(NamedTuple):
    """Where a query counts: votes for each row (GONE: it is out), the rows met, its keys, what crowds are split by.

    `spans` are those of entries that share a key: which part of the entries, where it begins and ends there.
    """

    votes: Array
    met: Array
    keys: Array
    by: Array
    spans: Array


def room(size: int) -> Room:
    """Room for a set of so many."""
    return Room(
        np.zeros(size, np.int16),
        np.empty(size, np.int32),
        np.empty(MOST * 4, np.uint64),
        np.empty(SPLITS, np.uint64),
        np.empty((MOST * (4 + SPLITS), 3), np.int64),
    )


def in_lots(entries: Array, bits: int) -> Sorted:
    """Entries with where each lot begins: about thirty a lot, so that a key is found in few steps."""
    shift = lot_of(len(entries))
    lots = np.arange(1 << (64 - shift), dtype=np.uint64) << np.uint64(shift)
    begins = np.append(np.searchsorted(entries, lots), len(entries)).astype(np.int64)
    return Sorted(entries, begins, shift, bits)


def lot_of(many: int) -> int:
    """By how many bits keys are shifted to tell their lot, where there are so many entries."""
    return 64 - max(1, many.bit_length() - 5)


@njit(cache=True, nogil=True)
def reached(entries, low, high, wanted):  # type: ignore[no-untyped-def]
    """The first place from low to high where an entry is no less than the one wanted."""
    while low < high:
        middle = (low + high) // 2
        if entries[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def sought(found, keys):  # type: ignore[no-untyped-def]
    """Has the lots of some keys fetched, whose entries are sought soon."""
    for n in range(keys.size):
        ahead(found.begins, np.int64(keys[n] >> np.uint64(found.shift)))
    for n in range(keys.size):
        lot = np.int64(keys[n] >> np.uint64(found.shift))
        for place in range(found.begins[lot], found.begins[lot + 1], A_LINE):
            ahead(found.entries, place)


@njit(cache=True, nogil=True)
def bucket(found, key):  # type: ignore[no-untyped-def]
    """Where the entries of a key begin and end."""
    low = (np.uint64(1) << np.uint64(found.bits)) - np.uint64(1)
    lot = np.int64(key >> np.uint64(found.shift))
    end = found.begins[lot + 1]
    begin = reached(found.entries, found.begins[lot], end, key & ~low)
    last, step = key | low, 1
    while begin + step < end and found.entries[begin + step] <= last:
        step *= 2
    place = reached(found.entries, begin + step // 2, min(begin + step, end), last)
    return begin, place + (place < end and found.entries[place] == last)


@njit(cache=True, nogil=True)
def telling(many):  # type: ignore[no-untyped-def]
    """The votes of a key that so many records hold."""
    told = RAREST_KEY
    while many > 1 and told > 1:
        many >>= 1
        told -= 1
    return told


@njit(cache=True, nogil=True)
def upcoming(found, span, votes):  # type: ignore[no-untyped-def]
    """Has the votes fetched of the records of some entries."""
    low = (np.uint64(1) << np.uint64(found.bits)) - np.uint64(1)
    for n in range(span[0], span[1]):
        ahead(votes, np.int64(found.entries[n] & low))


@njit(cache=True, nogil=True)
def voted(found, span, job):  # type: ignore[no-untyped-def]
    """Votes for each record of some entries: job is (votes, met, how many were met); returns how many now."""
    votes, met, many = job
    each = telling(span[1] - span[0])
    low = (np.uint64(1) << np.uint64(found.bits)) - np.uint64(1)
    for n in range(span[0], span[1]):
        if n + SOON < span[1]:
            ahead(votes, np.int64(found.entries[n + SOON] & low))
        j = np.int64(found.entries[n] & low)
        if votes[j] == GONE:
            continue
        if not votes[j]:
            met[many] = j
            many += 1
        votes[j] = min(votes[j] + each, VOTES - 1)
    return many


@njit(cache=True, nogil=True)
def beside(found, span, place, window):  # type: ignore[no-untyped-def]
    """The entries of a crowded bucket that stand next to a place in the order of the set."""
    low = (np.uint64(1) << np.uint64(found.bits)) - np.uint64(1)
    middle = reached(found.entries, span[0], span[1], found.entries[span[0]] & ~low | np.uint64(place))
    return max(span[0], middle - window), min(span[1], middle + window)


@njit(cache=True, nogil=True)
def first_country(rows, i):  # type: ignore[no-untyped-def]
    """The first country of a record, -1 where it has none."""
    place = rows.ints[i, at.COUNTRIES]
    return rows.pool[place + 1] if place else -1


@njit(cache=True, nogil=True)
def placed(query, rows):  # type: ignore[no-untyped-def]
    """Where a record would stand in the order of the set: by first country, then by start."""
    country, start = first_country(query, 0), query.ints[0, at.START]
    low, high = 0, rows.ints.shape[0]
    while low < high:
        middle = (low + high) // 2
        other = first_country(rows, middle)
        if other < country or other == country and rows.ints[middle, at.START] < start:
            low = middle + 1
        else:
            high = middle
    return min(low, rows.ints.shape[0] - 1)


@njit(cache=True, nogil=True)
def noted(spans, many, part, span):  # type: ignore[no-untyped-def]
    """Writes down a span of a part of the entries, unless it is empty; answers how many spans there are then."""
    if span[0] == span[1]:
        return many
    spans[many, 0], spans[many, 1], spans[many, 2] = part, span[0], span[1]
    return many + 1


@njit(cache=True, nogil=True)
def spanned(query, held, room, bounds):  # type: ignore[no-untyped-def]
    """The spans of entries whose records get votes, into the room: query is (its row, home); returns how many."""
    row, home = query
    known = keys_of(row, home, 0, (bounds.rules & ~(1 << CELL), room.keys))
    sought(held.plain, room.keys[:known])
    place, more = placed(row, held.rows), splits(row, home, 0, room.by)
    low = (np.uint64(1) << np.uint64(held.plain.bits)) - np.uint64(1)
    many = 0
    for n in range(known):
        span = bucket(held.plain, room.keys[n])
        if span[1] - span[0] <= bounds.full:
            many = noted(room.spans, many, PLAIN, span)
            continue
        many = noted(room.spans, many, PLAIN, beside(held.plain, span, place, bounds.window))
        for m in range(more):
            finer = mixed((room.keys[n] & ~low) ^ room.by[m]) & ~low
            span = bucket(held.finer, finer)
            if span[1] - span[0] > bounds.full:
                span = beside(held.finer, span, place, bounds.window)
            many = noted(room.spans, many, FINER, span)
    for n in range(keys_of(row, home, 0, (bounds.rules & 1 << CELL, room.keys))):
        span = bucket(held.cells, room.keys[n])
        if span[1] - span[0] > bounds.cell:
            span = beside(held.cells, span, place, bounds.near)
        many = noted(room.spans, many, CELLS, span)
    return many


@njit(cache=True, nogil=True)
def met_in_set(query, held, room, bounds):  # type: ignore[no-untyped-def]
    """Counts the votes of a set: query is (its row, home); returns how many records were met."""
    parts = (held.plain, held.finer, held.cells)
    met = 0
    last = spanned(query, held, room, bounds)
    for n in range(last):
        if n + 1 < last:
            begin, end = room.spans[n + 1, 1], room.spans[n + 1, 2]
            upcoming(parts[room.spans[n + 1, 0]], (begin, min(end, begin + SOON)), room.votes)
        span = room.spans[n, 1], room.spans[n, 2]
        met = voted(parts[room.spans[n, 0]], span, (room.votes, room.met, met))
    return met


@njit(cache=True, nogil=True)
def keys_alone(rows, home, rules):  # type: ignore[no-untyped-def]
    """The keys of a single row."""
    found = np.empty(MOST * 4, np.uint64)
    return found[: keys_of(rows, home, 0, (rules, found))].copy()


@njit(cache=True, nogil=True)
def likeliest(room, many, most):  # type: ignore[no-untyped-def]
    """Brings those with most votes to the front, so many at most, and clears all votes; returns how many are left."""
    counts = np.zeros(VOTES + 1, np.int64)
    for n in range(many):
        counts[room.votes[room.met[n]]] += 1
    bar, taken = VOTES, 0
    while bar > 1 and taken + counts[bar - 1] <= most:
        bar -= 1
        taken += counts[bar]
    spare = most - taken if bar > 1 else 0
    kept = 0
    for n in range(many):
        j = room.met[n]
        votes = room.votes[j]
        room.votes[j] = 0
        if votes < bar:
            if votes != bar - 1 or not spare:
                continue
            spare -= 1
        room.met[kept] = j
        kept += 1
    return kept
