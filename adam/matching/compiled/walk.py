"""The walk: each record once, through its buckets, scoring each record it meets once; no pair is sorted."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.chance import PERCENT
from adam.matching.compiled.buckets import PARTS, Buckets
from adam.matching.compiled.glances import GLANCE, glances, weighed, worth
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.meetings import BLOCK, USUAL, Run, Stream, gathered, opened
from adam.matching.compiled.scoring import NO_BOUND, Judge, judged
from adam.matching.compiled.texts import spans
from adam.matching.policy import COLUMNS, FEATURES

Array = np.ndarray[Any, Any]
CHUNK = 10  # bits of the records of a chunk
RUN = 1 << 18  # so many records meet at a time: more take more memory, fewer split a crowded bucket oftener
FIRST = 1 << 12
NOTHING = np.zeros(0, np.int32)


class Claims(NamedTuple):
    """Claims found: rows i < j, column of the weights that makes the claim, score, grades of all features.

    `compared` counts the pairs by the stage at which they were given up (0: claimed).
    """

    i: Array
    j: Array
    kind: Array
    score: Array
    grades: Array
    compared: Array


def chosen(claims: Claims, which: Array) -> Claims:
    """Some of the claims, or all in another order."""
    parts = (claims.i[which], claims.j[which], claims.kind[which], claims.score[which])
    return Claims(*parts, claims.grades[which], claims.compared)


class Kept(NamedTuple):
    """Claims as they are found, with room for more; `used` says how many there are."""

    left: Array
    right: Array
    kind: Array
    score: Array
    grades: Array
    used: Array


@njit(cache=True, nogil=True)
def none_kept(room):  # type: ignore[no-untyped-def]
    """No claims, and room for so many."""
    left, right = np.empty(room, np.int32), np.empty(room, np.int32)
    kind, score = np.empty(room, np.int8), np.empty(room, np.float64)
    return Kept(left, right, kind, score, np.empty((room, len(FEATURES)), np.int8), np.zeros(1, np.int64))


@njit(cache=True, nogil=True)
def longer(array):  # type: ignore[no-untyped-def]
    """An array with as much room again."""
    return np.concatenate((array, np.empty_like(array)))


@njit(cache=True, nogil=True)
def with_claim(kept, pair, claim):  # type: ignore[no-untyped-def]
    """The claims with one more: about a pair (i, j), (column, score, grades)."""
    n = kept.used[0]
    if n == kept.left.size:
        parts = longer(kept.left), longer(kept.right), longer(kept.kind), longer(kept.score)
        kept = Kept(*parts, longer(kept.grades), kept.used)
    kept.left[n], kept.right[n] = pair
    kept.kind[n], kept.score[n] = claim[0], claim[1]
    kept.grades[n] = claim[2]
    kept.used[0] += 1
    return kept


@njit(cache=True, nogil=True)
def told(kept):  # type: ignore[no-untyped-def]
    """The claims alone: left, right, kind, score, grades."""
    n = kept.used[0]
    return kept.left[:n], kept.right[:n], kept.kind[:n], kept.score[:n], kept.grades[:n]


@njit(cache=True, nogil=True)
def counted(stream, chunk, job):  # type: ignore[no-untyped-def]
    """Counts the meetings of each record of a chunk: job is (bits of a record, counts)."""
    bits, counts = job
    block, fill = stream.last[chunk], stream.fill[chunk]
    while block >= 0:
        for n in range(block * BLOCK, block * BLOCK + fill):
            counts[stream.pool[n] >> np.uint32(bits)] += 1
        block, fill = stream.before[block], BLOCK


@njit(cache=True, nogil=True)
def placed(stream, chunk, job):  # type: ignore[no-untyped-def]
    """Puts whom each record of a chunk meets where it belongs: job is (bits of a record, next places, all)."""
    bits, reached, found = job
    low = (np.uint32(1) << np.uint32(bits)) - np.uint32(1)
    block, fill = stream.last[chunk], stream.fill[chunk]
    while block >= 0:
        for n in range(block * BLOCK, block * BLOCK + fill):
            place = stream.pool[n] >> np.uint32(bits)
            found[reached[place]] = stream.pool[n] & low
            reached[place] += 1
        block, fill = stream.before[block], BLOCK


def by_record(streams: list[Stream], chunk: int, run: Run) -> tuple[Array, Array]:
    """Where the meetings of each record of a chunk begin, and whom it meets, once for each key."""
    begins = np.zeros((1 << run.chunk) + 1, np.int64)
    for stream in streams:
        counted(stream, chunk, (run.bits, begins[1:]))
    np.cumsum(begins, out=begins)
    found, reached = np.empty(int(begins[-1]), np.int32), begins[:-1].copy()
    for stream in streams:
        placed(stream, chunk, (run.bits, reached, found))
    return begins, found


@njit(cache=True, nogil=True)
def agreed(met, votes, needed):  # type: ignore[no-untyped-def]
    """Brings the records that are met under so many keys to the front, in order; `votes` counts; answers how many."""
    many = 0
    for n in range(met.size):
        j = met[n]
        if votes[j] < needed:
            votes[j] += 1
            if votes[j] == needed:
                votes[j] += 1
                met[many], met[n] = j, met[many]
                many += 1
    for n in range(met.size):
        votes[met[n]] = 0
    met[:many].sort()
    return many


@njit(cache=True, nogil=True)
def walked(rows, shelf, meetings, job):  # type: ignore[no-untyped-def]
    """The claims of some records: meetings are (begins, whom each meets), job (first record, glances, room, judge)."""
    begins, found = meetings
    first, lines, (votes, own), judge = job
    g, sums = np.zeros(len(FEATURES), np.int8), np.zeros(len(COLUMNS), np.float64)
    kept, compared = none_kept(FIRST), np.zeros(8, np.int64)
    least = PERCENT * judge.shares[6] - judge.bound
    for place in range(begins.size - 1):
        i, met = first + place, found[begins[place] : begins[place + 1]]
        many = agreed(met, votes, judge.needed)
        if lines.size and many:
            weighed(rows, i, own, shelf.title_weights)
            worthy = worth(lines, i, met[:many], (rows.pool, own, judge.shares, least))
            weighed(rows, i, own, NOTHING)
            compared[1] += many - worthy
            many = worthy
        for n in range(many):
            column, score = judged(rows, i, rows, met[n], (g, sums, shelf, judge))
            compared[-column if column < 0 else 0] += 1
            if column >= 0:
                kept = with_claim(kept, (i, met[n]), (column, score, g))
    return told(kept), compared


def walk(rows: Rows, shelf: Shelf, found: Buckets, job: tuple[Judge, int]) -> Claims:
    """All claims of a set, in the order of its rows: `job` is the judge and how many threads walk."""
    judge, workers = job
    n = len(rows.ints)
    chunk = min(CHUNK, 32 - found.bits)
    words = len(shelf.title_weights)
    rooms = [(np.zeros(n, np.uint8), np.zeros(words, np.int32)) for _ in range(workers)]
    few = judge.bound < NO_BOUND and not judge.asks_coordination
    lines = glances(rows, shelf) if few else np.empty(0, GLANCE)

    def judge_chunk(run: Run, streams: list[Stream], number: int) -> Any:
        meetings, room = by_record(streams, number, run), rooms.pop()
        try:
            first = run.low + (number << run.chunk)
            return walked(rows, shelf, meetings, (first, lines, room, judge))
        finally:
            rooms.append(room)

    parts: list[Any] = []
    with ThreadPoolExecutor(workers) as pool:
        for low in range(0, n, RUN):
            run = Run(low, min(low + RUN, n), chunk, found.bits)
            streams = list(pool.map(partial(met, found, run), spans(PARTS, workers)))
            parts += pool.map(partial(judge_chunk, run, streams), range(run.chunks))
    return together(parts)


def together(parts: Sequence[tuple[tuple[Array, ...], Array]]) -> Claims:
    """The claims of all parts, and how many pairs were given up at which stage."""
    if not parts:
        i, j, kind, score, grades = told(none_kept(0))
        return Claims(i, j, kind, score, grades, np.zeros(8, np.int64))
    i, j, kind, score, grades = (np.concatenate([claims[at] for claims, _ in parts]) for at in range(5))
    return Claims(i, j, kind, score, grades, np.sum([compared for _, compared in parts], axis=0))


def met(found: Buckets, run: Run, span: tuple[int, int]) -> Stream:
    """The meetings of a run under the keys of some parts."""
    low, high = span
    stream = opened((run.high - run.low) * USUAL // (BLOCK * PARTS) * (high - low) + 1, run.chunks)
    for lot in found.lots:
        begin = np.searchsorted(lot.entries, np.uint64(low << 52))
        end = np.searchsorted(lot.entries, np.uint64(high << 52)) if high < PARTS else len(lot.entries)
        if begin < end:
            job = (tuple(lot.limits), lot.largest, lot.splits, run, stream)
            stream = gathered(lot.entries[begin:end], found.traits, job)
    return stream
