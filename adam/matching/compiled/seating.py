"""Seating, compiled: buckets laid one after the other, and where each record sits in them: who meets whom.

A crowded bucket may be split where it lies: its records sit together once more wherever they share one of their traits.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.ahead import ahead
from adam.matching.compiled.keys import BODIES, QUARTER, WORDS, bodies, window
from adam.matching.compiled.lists import in_pool
from adam.matching.compiled.texts import spans

Array = np.ndarray[Any, Any]
LAST = np.uint32(1 << 31)
"""The mark of the last record of a bucket."""
KIND = 29
"""Two bits say how many a record meets: 0 for all that sit behind it, else the number of a plan with a window."""
RECORD = np.uint32((1 << KIND) - 1)
EVERYBODY = 1 << 31
SOON = 8
QUARTERS, SIZES, DOERS, SAID = range(1, 5)
TRAITS, LINE = 4 + BODIES + WORDS, 16


class Seats(NamedTuple):
    """Buckets one after the other: the records of each as `members`, the last one marked.

    Record i sits at places[at[i]:at[i + 1]], wherever somebody sits behind it; `windows` says for each of the marks
    above a member how many of these it meets.
    """

    members: Array
    at: Array
    places: Array
    windows: Array


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
        begin, end = in_pool(rows, i, at.RARE_WORDS)
        for p in range(begin, min(end, begin + WORDS)):
            found[i - low, many] = rows.pool[p] << 3 | SAID
            many += 1
    return found


@njit(cache=True, nogil=True)
def seat(members, taken, records, mark):  # type: ignore[no-untyped-def]
    """Puts the records of a bucket behind all others; answers how many seats are taken then."""
    for n in range(records.size):
        members[taken + n] = np.uint32(records[n]) | mark
    members[taken + records.size - 1] |= LAST
    return taken + records.size


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
    """Seats the records of a crowded bucket once more by each trait that they share: job is (members, taken, plan)."""
    table, slots, used, together = desk
    members, taken, (full, mark) = job
    many = counted(records, told, (table, slots, used))
    room = n = 0
    for m in range(many):
        table[used[m], 2] = room
        room += table[used[m], 1]
    for record in records:
        for t in range(TRAITS):
            if not told[record, t]:
                break
            at = slots[n]
            together[table[at, 2]] = record
            table[at, 2] += 1
            n += 1
    room = 0
    for m in range(many):
        size = table[used[m], 1]
        if size > 1:
            rest = np.uint32(0) if size <= full else mark
            taken = seat(members, taken, together[room : room + size], rest)
        room += size
        table[used[m], 0] = 0
    return taken


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


@njit(cache=True, nogil=True, _nrt=False)
def seated_whole(entries, reached, desk):  # type: ignore[no-untyped-def]
    """Seats buckets with company as they are, up to the first that is to be split: answers how far it came.

    Reached are (entries read, seats taken, crowded buckets, records of the largest), before and after.
    """
    n, taken, many, most = reached
    members, bits, (full, mark), splits = desk
    low = (np.uint64(1) << bits) - np.uint64(1)
    while n < entries.size:
        begin, key = n, entries[n] >> bits
        n += 1
        while n < entries.size and entries[n] >> bits == key:
            n += 1
        if n - begin == 1:
            continue
        crowded = n - begin > full
        if crowded and splits:
            return begin, taken, many, most
        rest = mark if crowded else np.uint32(0)
        for m in range(begin, n):
            members[taken] = np.uint32(entries[m] & low) | rest
            taken += 1
        members[taken - 1] |= LAST
        many, most = many + crowded, max(most, n - begin)
    return n, taken, many, most


@njit(cache=True, nogil=True)
def seated(entries, told, job):  # type: ignore[no-untyped-def]
    """The members of the buckets that hold company, how many buckets are crowded, and how many the largest holds.

    Job is (bits of a record, (full, mark of crowded ones), whether these are split).
    """
    bits, plan, splits = job
    low, bits = (np.uint64(1) << np.uint64(bits)) - np.uint64(1), np.uint64(bits)
    members, records, room = np.empty(entries.size, np.uint32), np.empty(64, np.int32), 64
    desk = desk_for(room if splits else 1)
    n = taken = many = most = 0
    while True:
        n, taken, many, most = seated_whole(entries, (n, taken, many, most), (members, bits, plan, splits))
        if n == entries.size:
            return members[:taken], many, most
        begin = n
        while n < entries.size and entries[n] >> bits == entries[begin] >> bits:
            n += 1
        size = n - begin
        if size > room:
            room = 2 * size
            records, desk = np.empty(room, np.int32), desk_for(room)
        for m in range(size):
            records[m] = np.int32(entries[begin + m] & low)
        needed = taken + size * (1 + TRAITS) + entries.size - n
        if needed > members.size:
            more = np.empty(2 * needed, np.uint32)
            more[:taken] = members[:taken]
            members = more
        taken = seat(members, taken, records[:size], plan[1])
        taken = split(records[:size], told, desk, (members, taken, plan))
        many, most = many + 1, max(most, size)


@njit(cache=True, nogil=True)
def having(members, size):  # type: ignore[no-untyped-def]
    """At how many places each record sits with somebody behind it."""
    found = np.zeros(size, np.int32)
    for member in members:
        if member < LAST:
            found[member & RECORD] += 1
    return found


@njit(cache=True, nogil=True)
def placed(members, span, reached, places):  # type: ignore[no-untyped-def]
    """Writes down where the members from span[0] to span[1] sit, each behind what is reached for its record."""
    for n in range(span[0], span[1]):
        if members[n] < LAST:
            record = members[n] & RECORD
            places[reached[record]] = n
            reached[record] += 1


def seats(lots: list[Array], size: int, windows: Sequence[int], workers: int) -> Seats:
    """The seats of a set of so many records, from the members of its buckets, which are let go."""
    members = np.empty(sum(map(len, lots)), np.uint32)
    reached = 0
    for number, lot in enumerate(lots):
        members[reached : reached + len(lot)] = lot
        reached, lots[number] = reached + len(lot), members[:0]
    parts = spans(len(members), workers)
    with ThreadPoolExecutor(workers) as pool:
        counts = list(pool.map(lambda span: having(members[slice(*span)], size), parts))
        begins = np.zeros(size + 1, np.int64)
        np.cumsum(sum(counts), out=begins[1:])
        places, first = np.empty(int(begins[-1]), np.uint32), [begins[:-1].copy()]
        for count in counts[:-1]:
            first.append(first[-1] + count)
        list(pool.map(lambda job: placed(members, job[0], job[1], places), zip(parts, first, strict=True)))
    return Seats(members, begins, places, np.array([EVERYBODY, *windows], np.int64))


@njit(cache=True, nogil=True, _nrt=False)
def company(seats, i, needed, room):  # type: ignore[no-untyped-def]
    """Whom record i meets under so many keys, brought into met: room is (votes, all met, met); answers how many."""
    votes, every, met = room
    members, places = seats.members, seats.places
    many = seen = 0
    for p in range(seats.at[i], seats.at[i + 1]):
        ahead(members, np.int64(places[min(p + SOON, places.size - 1)]))
        e = np.int64(places[p])
        left = seats.windows[members[e] >> KIND & 3]
        while left and members[e] < LAST:
            e += 1
            left -= 1
            j = members[e] & RECORD
            if votes[j] < needed:
                if not votes[j]:
                    every[seen] = j
                    seen += 1
                votes[j] += 1
                if votes[j] == needed:
                    met[many] = j
                    many += 1
    for n in range(seen):
        votes[every[n]] = 0
    return many
