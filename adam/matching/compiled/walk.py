"""The walk: each record once, through its buckets, scoring each record it meets once; no pair is sorted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.buckets import Members
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.scoring import Judge, judged
from adam.matching.policy import COLUMNS, FEATURES

Array = np.ndarray[Any, Any]
CHUNK = 4096
FIRST = 1 << 12


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


@njit(cache=True, nogil=True)
def longer(array):  # type: ignore[no-untyped-def]
    """An array with as much room again."""
    return np.concatenate((array, np.empty_like(array)))


@njit(cache=True, nogil=True)
def meetings(members, i, votes, met):  # type: ignore[no-untyped-def]
    """The records that record i meets further on, each once, into `met`; `votes` counts the keys they share."""
    mask = (np.uint64(1) << np.uint64(members.bits)) - np.uint64(1)
    many = 0
    for place in range(members.at[i], members.at[i + 1]):
        entry = members.places[place]
        for other in range(entry + 1, entry + 1 + members.meets[entry]):
            j = np.int64(members.entries[other] & mask)
            if not votes[j]:
                met[many] = j
                many += 1
            votes[j] += 1
    return many


@njit(cache=True, nogil=True)
def walked(rows, shelf, members, job):  # type: ignore[no-untyped-def]
    """The claims of the records low to high: job is (low, high, votes, met, judge)."""
    low, high, votes, met, judge = job
    left, right = np.empty(FIRST, np.int32), np.empty(FIRST, np.int32)
    kind, score = np.empty(FIRST, np.int8), np.empty(FIRST, np.float64)
    grades = np.empty((FIRST, len(FEATURES)), np.int8)
    g, sums = np.zeros(len(FEATURES), np.int8), np.zeros(len(COLUMNS), np.float64)
    compared = np.zeros(8, np.int64)
    used = 0
    for i in range(low, high):
        for n in range(meetings(members, i, votes, met)):
            j = met[n]
            enough = votes[j] >= judge.needed
            votes[j] = 0
            if not enough:
                continue
            found, value = judged(rows, i, rows, j, (g, sums, shelf, judge))
            compared[-found if found < 0 else 0] += 1
            if found < 0:
                continue
            if used == left.size:
                left, right, kind, score = longer(left), longer(right), longer(kind), longer(score)
                grades = longer(grades)
            left[used], right[used], kind[used], score[used] = i, j, found, value
            grades[used] = g
            used += 1
    return left[:used], right[:used], kind[:used], score[:used], grades[:used], compared


def walk(rows: Rows, shelf: Shelf, members: Members, job: tuple[Judge, int]) -> Claims:
    """All claims of a set, in the order of its rows: `job` is the judge and how many threads walk."""
    judge, workers = job
    n = len(rows.ints)
    spans = [(low, min(low + CHUNK, n)) for low in range(0, n, CHUNK)]
    rooms = [(np.zeros(n, np.int16), np.empty(n, np.int32)) for _ in range(workers)]
    free = list(range(workers))

    def run(span: tuple[int, int]) -> Any:
        at = free.pop()
        try:
            return walked(rows, shelf, members, (*span, *rooms[at], judge))
        finally:
            free.append(at)

    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(run, spans))
    if not parts:
        none = np.zeros(0, np.int32)
        grades = np.zeros((0, len(FEATURES)), np.int8)
        return Claims(none, none, none, np.zeros(0), grades, np.zeros(8, np.int64))
    i, j, kind, score, grades = (np.concatenate([part[at] for part in parts]) for at in range(5))
    return Claims(i, j, kind, score, grades, sum(part[5] for part in parts))
