"""Buckets: which records share a key. Keys are sorted once, with their records; pairs of records never are.

A bucket that holds more than `full` records is split: its records meet in buckets of that key together with the
quarter of their start, the step of their amount, one of their bodies or one of their rare words, and, of the bucket as
it was, the next few in the order of place and start. So nothing common is dropped; it is asked more closely.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.keys import MOST, every_key, key_desk, splits
from adam.matching.compiled.seating import KIND, LINE, Seats, seated, seats, traits
from adam.matching.compiled.texts import spans
from adam.matching.compiled.tokens import mixed

Array = np.ndarray[Any, Any]
PARTS = 4096
LOTS = tuple(
    sum(1 << rule for rule in lot) for lot in ((0, 1, 4), (2, 3), (5,), (6,), (7, 11), (8,), (9,), (10, 12))
)  # rules by their numbers, in lots of which none gives many keys, for these are held at once


class Members(NamedTuple):
    """The buckets of a part on Spark: records with their keys, in this order, and where each record stands in there.

    `entries` are key bits above record bits (`bits` of them); entry e meets the next `meets[e]`;
    `places[at[i]:at[i + 1]]` are the entries of record i.
    """

    entries: Array
    bits: int
    meets: Array
    at: Array
    places: Array


@njit(cache=True, nogil=True)
def emitted(rows, home, job):  # type: ignore[no-untyped-def]
    """The keys of the records low to high, each with its record: job is (low, high, rules, bits)."""
    low, high, rules, bits = job
    keys, desk = np.empty(MOST * 4, np.uint64), key_desk()
    found = np.empty(max(1024, (high - low) * 48), np.uint64)
    used = 0
    mask = ~((np.uint64(1) << np.uint64(bits)) - np.uint64(1))
    for i in range(low, high):
        many = every_key(rows, home, i, (rules, keys, desk))
        if used + many > found.size:
            found = np.concatenate((found, np.empty(found.size // 2 + many, np.uint64)))
        for n in range(many):
            found[used + n] = keys[n] & mask | np.uint64(i)
        used += many
    return found[:used]


@njit(cache=True, nogil=True)
def scattered(entries, out, begins):  # type: ignore[no-untyped-def]
    """Entries brought to the part of their key's first bits, in order; `begins` is where each part begins."""
    for n in range(entries.size):
        part = entries[n] >> np.uint64(52)
        out[begins[part]] = entries[n]
        begins[part] += 1


@njit(cache=True, nogil=True)
def counted(entries):  # type: ignore[no-untyped-def]
    """How many entries belong to each part."""
    found = np.zeros(PARTS, np.int64)
    for n in range(entries.size):
        found[entries[n] >> np.uint64(52)] += 1
    return found


def sorted_parts(entries: Array, bounds: Sequence[int], span: tuple[int, int]) -> None:
    """Sorts the parts low to high, each in place; numpy does it faster than a kernel would."""
    for part in range(*span):
        entries[bounds[part] : bounds[part + 1]].sort()


def ordered(found: list[Array], workers: int) -> Array:
    """All entries in order: cast into parts by their first bits, then each part sorted."""
    counts = [counted(each) for each in found]
    bounds = np.zeros(PARTS + 1, np.int64)
    np.cumsum(np.sum(counts, axis=0), out=bounds[1:])
    out = np.empty(int(bounds[-1]), np.uint64)
    begins = []
    reached = bounds[:-1].copy()
    for count in counts:
        begins.append(reached.copy())
        reached += count
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda job: scattered(job[0], out, job[1]), zip(found, begins, strict=True)))
        list(pool.map(lambda span: sorted_parts(out, bounds.tolist(), span), spans(PARTS, workers)))
    return out


@njit(cache=True, nogil=True)
def sifted(entries, bits, full):  # type: ignore[no-untyped-def]
    """Entries of buckets with company; and for those of crowded ones the same once more, for splitting."""
    kept, crowded = np.empty_like(entries), np.empty(1024, np.uint64)
    many = more = 0
    n = 0
    while n < entries.size:
        end = n + 1
        while end < entries.size and entries[end] >> np.uint64(bits) == entries[n] >> np.uint64(bits):
            end += 1
        if end - n > 1:
            kept[many : many + end - n] = entries[n:end]
            many += end - n
        if end - n > full:
            while more + end - n > crowded.size:
                crowded = np.concatenate((crowded, np.empty_like(crowded)))
            crowded[more : more + end - n] = entries[n:end]
            more += end - n
        n = end
    return kept[:many], crowded[:more]


@njit(cache=True, nogil=True)
def split(rows, home, entries, bits):  # type: ignore[no-untyped-def]
    """Crowded keys joined with what splits them, for each of their records."""
    by = np.empty(64, np.uint64)
    found = np.empty(max(1024, entries.size * 12), np.uint64)
    low = (np.uint64(1) << np.uint64(bits)) - np.uint64(1)
    used = 0
    for n in range(entries.size):
        i = np.int64(entries[n] & low)
        many = splits(rows, home, i, by)
        for m in range(many):
            found[used] = mixed((entries[n] & ~low) ^ by[m]) & ~low | np.uint64(i)
            used += 1
    return found[:used]


@njit(cache=True, nogil=True)
def forward(entries, bits, job):  # type: ignore[no-untyped-def]
    """For each entry how many of the next in its bucket its record meets: job is (full, window)."""
    full, window = job
    found = np.zeros(entries.size, np.int32)
    n = 0
    while n < entries.size:
        end = n + 1
        while end < entries.size and entries[end] >> np.uint64(bits) == entries[n] >> np.uint64(bits):
            end += 1
        for m in range(n, end):
            found[m] = end - m - 1 if end - n <= full else min(window, end - m - 1)
        n = end
    return found


@njit(cache=True, nogil=True)
def placed(entries, meets, job):  # type: ignore[no-untyped-def]
    """For each record the places of its entries that meet others: job is (records, bits)."""
    n, bits = job
    low = (np.uint64(1) << np.uint64(bits)) - np.uint64(1)
    at = np.zeros(n + 1, np.int64)
    for e in range(entries.size):
        if meets[e]:
            at[np.int64(entries[e] & low) + 1] += 1
    for i in range(n):
        at[i + 1] += at[i]
    places = np.empty(at[n], np.int32)
    fill = at[:-1].copy()
    for e in range(entries.size):
        if meets[e]:
            row = np.int64(entries[e] & low)
            places[fill[row]] = e
            fill[row] += 1
    return at, places


class Limits(NamedTuple):
    """How many records a bucket may hold to be compared all with all, and how many neighbours are met beyond that."""

    full: int
    window: int


class Plan(NamedTuple):
    """Rules, as bits in the order of keys.RULES, and their limits; whether crowded buckets are split."""

    rules: int
    limits: Limits
    splits: bool


class Buckets(NamedTuple):
    """The buckets of a set: who sits with whom.

    `crowded` and `largest` say how many buckets are too large to compare all with all, and how many the largest holds.
    """

    seats: Seats
    crowded: int
    largest: int


def under(rows: Any, home: Array, job: tuple[int, int], span: tuple[int, int]) -> Array:
    """The entries of some records under some rules: job is (rules, bits)."""
    found: Array = emitted(rows, home, (*span, *job))
    return found


def buckets(rows: Any, home: Array, plans: Sequence[Plan], workers: int) -> Buckets:
    """The buckets of a set under all plans; for each some rules at a time, so that fewer keys are held at once."""
    n = len(rows.ints)
    bits = max(1, int(n - 1).bit_length())
    lots: list[Array] = []
    many, most = 0, 0
    with ThreadPoolExecutor(workers) as pool:
        spanned = spans(n, workers)
        told = np.empty((0, LINE), np.int32)
        if any(plan.splits for plan in plans):
            told = np.concatenate(list(pool.map(partial(traits, rows, home), spanned)))
        for number, plan in enumerate(plans, 1):
            job = (bits, (plan.limits.full, np.uint32(number << KIND)), plan.splits)
            for rules in filter(None, (plan.rules & lot for lot in LOTS)):
                entries = ordered(list(pool.map(partial(under, rows, home, (rules, bits)), spanned)), workers)
                parts = list(pool.map(seated, cut(entries, workers), repeat(told), repeat(job)))
                lots += [part[0] for part in parts]
                many, most = many + sum(part[1] for part in parts), max(most, *(part[2] for part in parts))
    return Buckets(seats(lots, n, [plan.limits.window for plan in plans], workers), many, most)


def cut(entries: Array, workers: int) -> list[Array]:
    """Entries in as many parts as there are workers, none of which ends within a bucket."""
    bounds = np.searchsorted(entries, np.array([low << 52 for low, _ in spans(PARTS, workers)], np.uint64))
    return np.split(entries, bounds[1:])
