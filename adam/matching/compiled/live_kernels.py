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


class Chains(NamedTuple):
    """Entries of the records added since, newest first: `heads` by the first bits of a key, then `next` by `next`."""

    heads: Array
    keys: Array
    rows: Array
    next: Array
    shift: int


class Bounds(NamedTuple):
    """How many records of a bucket are looked at, and how many neighbours in a fuller one; the same for cells."""

    rules: int
    full: int
    window: int
    cell: int
    near: int


class Room(NamedTuple):
    """Where a query counts: votes for each row (GONE: it is out), the rows met, its keys, what crowds are split by."""

    votes: Array
    met: Array
    keys: Array
    by: Array


def room(size: int) -> Room:
    """Room for a set of so many."""
    return Room(
        np.zeros(size, np.int16),
        np.empty(size, np.int32),
        np.empty(MOST * 4, np.uint64),
        np.empty(64, np.uint64),
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
def voted(found, span, job):  # type: ignore[no-untyped-def]
    """Votes for each record of some entries: job is (votes, met, how many were met); returns how many now."""
    votes, met, many = job
    each = telling(span[1] - span[0])
    low = (np.uint64(1) << np.uint64(found.bits)) - np.uint64(1)
    for n in range(span[0], span[1]):
        ahead(votes, np.int64(found.entries[min(n + SOON, span[1] - 1)] & low))
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
def met_in_set(query, held, room, bounds):  # type: ignore[no-untyped-def]
    """Counts the votes of a set: query is (its row, home); returns how many records were met."""
    row, home = query
    known = keys_of(row, home, 0, (bounds.rules & ~(1 << CELL), room.keys))
    sought(held.plain, room.keys[:known])
    place, more = placed(row, held.rows), splits(row, home, 0, room.by)
    low = (np.uint64(1) << np.uint64(held.plain.bits)) - np.uint64(1)
    many = 0
    for n in range(known):
        span = bucket(held.plain, room.keys[n])
        if span[1] - span[0] <= bounds.full:
            many = voted(held.plain, span, (room.votes, room.met, many))
            continue
        near = beside(held.plain, span, place, bounds.window)
        many = voted(held.plain, near, (room.votes, room.met, many))
        for m in range(more):
            finer = mixed((room.keys[n] & ~low) ^ room.by[m]) & ~low
            span = bucket(held.finer, finer)
            if span[1] - span[0] > bounds.full:
                span = beside(held.finer, span, place, bounds.window)
            many = voted(held.finer, span, (room.votes, room.met, many))
    for n in range(keys_of(row, home, 0, (bounds.rules & 1 << CELL, room.keys))):
        span = bucket(held.cells, room.keys[n])
        if span[1] - span[0] > bounds.cell:
            span = beside(held.cells, span, place, bounds.near)
        many = voted(held.cells, span, (room.votes, room.met, many))
    return many


@njit(cache=True, nogil=True)
def met_in_chains(query, chains, alive, job):  # type: ignore[no-untyped-def]
    """Counts the votes of the records added since, the newest of each key: job is (room, rules, how many of a key)."""
    row, home = query
    room, rules, most = job
    many = 0
    for n in range(keys_of(row, home, 0, (rules, room.keys))):
        key = room.keys[n]
        entry, seen = chains.heads[key >> np.uint64(chains.shift)], 0
        while entry >= 0 and seen < most:
            j = chains.rows[entry]
            if chains.keys[entry] == key and alive[j]:
                seen += 1
                if not room.votes[j]:
                    room.met[many] = j
                    many += 1
                room.votes[j] = min(room.votes[j] + 1, VOTES - 1)
            entry = chains.next[entry]
    return many


@njit(cache=True, nogil=True)
def chained(chains, used, row, keys):  # type: ignore[no-untyped-def]
    """Puts a record under its keys, from entry `used` on."""
    for n in range(keys.size):
        lot = keys[n] >> np.uint64(chains.shift)
        chains.keys[used + n], chains.rows[used + n] = keys[n], row
        chains.next[used + n] = chains.heads[lot]
        chains.heads[lot] = used + n


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
