"""The walk: each record once, through its buckets, scoring each record it meets once; no pair is sorted."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.chance import PERCENT
from adam.matching.compiled import layout as at
from adam.matching.compiled.ahead import ahead
from adam.matching.compiled.buckets import Buckets
from adam.matching.compiled.glances import GLANCE, LINE, glances, weighed, worth
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.scoring import NO_BOUND, Judge, desk, judged
from adam.matching.compiled.seating import company
from adam.matching.policy import FEATURES

Array = np.ndarray[Any, Any]
Part = tuple[tuple[Array, ...], Array]
CHUNK = 1024  # so many records at a time
FIRST = 1 << 12
AHEAD = 2
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
    """The claims alone, without the room for more: left, right, kind, score, grades."""
    n = kept.used[0]
    parts = kept.left[:n].copy(), kept.right[:n].copy(), kept.kind[:n].copy(), kept.score[:n].copy()
    return *parts, kept.grades[:n].copy()


@njit(cache=True, nogil=True)
def worthy(rows, shelf, seats, job):  # type: ignore[no-untyped-def]
    """The pairs of the records low to high that are worth being judged, and how many more meet often enough.

    Job is (low, high, glances, room, judge).
    """
    low, high, lines, (votes, every, met, own), judge = job
    left, right = np.empty(FIRST, np.int32), np.empty(FIRST, np.int32)
    used = passed = 0
    least = PERCENT * judge.shares[6] - judge.bound
    for i in range(low, high):
        many = company(seats, i, judge.needed, (votes, every, met))
        if lines.size and many:
            weighed(rows, i, own, shelf.title_weights)
            stay = worth(lines, i, met[:many], (rows.pool, own, judge.shares, least))
            weighed(rows, i, own, NOTHING)
            passed += many - stay
            many = stay
        met[:many].sort()
        while used + many > left.size:
            left, right = longer(left), longer(right)
        left[used : used + many] = i
        right[used : used + many] = met[:many]
        used += many
    return left[:used], right[:used], passed


@njit(cache=True, nogil=True, _nrt=False)
def soon(rows, j):  # type: ignore[no-untyped-def]
    """Has what is asked first of a record fetched."""
    for column in range(0, at.INTS, LINE // 4):
        ahead(rows.ints, np.int64(j) * at.INTS + column)
    for column in range(0, at.WIDE, LINE // 8):
        ahead(rows.wide, np.int64(j) * at.WIDE + column)
    ahead(rows.reals, np.int64(j) * at.REALS)


@njit(cache=True, nogil=True, _nrt=False)
def sooner(rows, j):  # type: ignore[no-untyped-def]
    """Has the lists of a record fetched."""
    for column in (at.TITLE, at.WORDS):
        ahead(rows.pool, np.int64(rows.ints[j, column]))


@njit(cache=True, nogil=True, _nrt=False)
def next_claim(rows, pairs, n, job):  # type: ignore[no-untyped-def]
    """The next pair from n on about which a claim is made: which one, column and score; none behind the last."""
    left, right = pairs
    compared, desk = job
    while n < left.size:
        soon(rows, right[min(n + 2 * AHEAD, left.size - 1)])
        sooner(rows, right[min(n + AHEAD, left.size - 1)])
        column, score = judged(rows, left[n], rows, right[n], desk)
        compared[-column if column < 0 else 0] += 1
        if column >= 0:
            return n, column, score
        n += 1
    return n, 0, 0.0


@njit(cache=True, nogil=True)
def walked(rows, shelf, pairs, judge):  # type: ignore[no-untyped-def]
    """The claims about some pairs (left, right), and how many were given up at which stage."""
    left, right = pairs
    kept, compared = none_kept(FIRST), np.zeros(8, np.int64)
    room = desk(shelf, judge)
    g, job = room[0], (compared, room)
    n, column, score = next_claim(rows, pairs, 0, job)
    while n < left.size:
        kept = with_claim(kept, (left[n], right[n]), (column, score, g))
        n, column, score = next_claim(rows, pairs, n + 1, job)
    return told(kept), compared


def walk(rows: Rows, shelf: Shelf, found: Buckets, job: tuple[Judge, int]) -> Claims:
    """All claims of a set, in the order of its rows: `job` is the judge and how many threads walk."""
    return together(in_chunks(rows, shelf, found, job))


def in_chunks(rows: Rows, shelf: Shelf, found: Buckets, job: tuple[Judge, int]) -> list[Part]:
    """The claims of each chunk of the rows; what the threads wrote on is let go before they are put together."""
    judge, workers = job
    n = len(rows.ints)
    rooms = [room(n, len(shelf.title_weights)) for _ in range(workers)]
    few = judge.bound < NO_BOUND and not judge.asks_coordination
    lines = glances(rows, shelf) if few else np.empty(0, GLANCE)

    def judge_chunk(low: int) -> Any:
        desk = rooms.pop()
        try:
            job = (low, min(low + CHUNK, n), lines, desk, judge)
            *pairs, passed = worthy(rows, shelf, found.seats, job)
        finally:
            rooms.append(desk)
        claims, compared = walked(rows, shelf, tuple(pairs), judge)
        compared[1] += passed
        return claims, compared

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(judge_chunk, range(0, n, CHUNK)))


def room(records: int, words: int) -> tuple[Array, ...]:
    """What a thread writes on: votes, whom a record meets and how often, the weights of its words."""
    met = np.empty(records, np.int32), np.empty(records, np.int32)
    return np.zeros(records, np.uint8), *met, np.zeros(words, np.int32)


def together(parts: Sequence[Part]) -> Claims:
    """The claims of all parts, and how many pairs were given up at which stage."""
    if not parts:
        i, j, kind, score, grades = told(none_kept(0))
        return Claims(i, j, kind, score, grades, np.zeros(8, np.int64))
    i, j, kind, score, grades = (np.concatenate([claims[at] for claims, _ in parts]) for at in range(5))
    return Claims(i, j, kind, score, grades, np.sum([compared for _, compared in parts], axis=0))
