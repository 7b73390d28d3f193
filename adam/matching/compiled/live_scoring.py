"""One record against a set, compiled: those with most votes compared in full, and weighed as rivals of each other."""

from __future__ import annotations

from math import exp, inf, log
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.ahead import ahead
from adam.matching.compiled.lists import in_pool
from adam.matching.compiled.live_chains import met_in_chains
from adam.matching.compiled.live_kernels import likeliest, met_in_set
from adam.matching.compiled.live_laying import laid_out
from adam.matching.compiled.scoring import desk, evidence, judged
from adam.matching.policy import COLUMNS, Policy
from adam.matching.rivals import BOUNDS, GRADES, ONE_PROJECT, known

Array = np.ndarray[Any, Any]
A_LINE = 16
"""So many numbers of 32 bits come from memory together."""
INTS_AT = (*range(0, at.INTS, A_LINE), at.INTS - 1)
SOON, LINES = 8, 6
"""So many records ahead their numbers are fetched, and so many lines of the lists of each."""
ONLY = np.int32(0)
"""The place of the record that is asked for, of the width that makes `judged` one kernel for all who call it."""


class Claims(NamedTuple):
    """Claims about one record: the rows of the others, columns, evidence before rivals are weighed, probabilities."""

    rows: Array
    columns: Array
    told: Array
    scores: Array


class Rivalry(NamedTuple):
    """How claims about one record weigh each other: from which evidence one counts, what each grade and column adds."""

    counts: float
    added: Array
    bounds: Array
    one_project: Array


def rivalry(policy: Policy, size: int) -> Rivalry:
    """The rivalry of a set of so many; in a small one it adds nothing."""
    added = np.array([policy.weights["rivals", name] for name in GRADES])
    return Rivalry(
        log(policy.listed / (1 - policy.listed)),
        added if known(policy, size) else np.zeros_like(added),
        np.array(BOUNDS),
        np.array([name in ONE_PROJECT for name in COLUMNS]),
    )


@njit(cache=True, nogil=True)
def weighed(columns, told, rivals):  # type: ignore[no-untyped-def]
    """The probabilities of the claims about one record: those of one project also by how far each is ahead."""
    first = second = -inf
    for n in range(told.size):
        if rivals.one_project[columns[n]] and told[n] >= rivals.counts:
            if told[n] > first:
                first, second = told[n], first
            elif told[n] > second:
                second = told[n]
    found = np.empty(told.size)
    for n in range(told.size):
        evidence = told[n]
        if rivals.one_project[columns[n]]:
            margin, grade = evidence - (second if evidence >= first else first), 0
            for bound in rivals.bounds:
                grade += margin < bound
            evidence += rivals.added[grade, columns[n]]
        found[n] = 1 / (1 + exp(-evidence)) if evidence > -700 else 0.0
    return found


@njit(cache=True, nogil=True)
def soon(rows, j):  # type: ignore[no-untyped-def]
    """Has the numbers of a record fetched, which is compared soon."""
    for column in INTS_AT:
        ahead(rows.ints, np.int64(j) * at.INTS + column)
    for column in (0, at.WIDE - 1):
        ahead(rows.wide, np.int64(j) * at.WIDE + column)
    ahead(rows.reals, np.int64(j) * at.REALS)


@njit(cache=True, nogil=True)
def sooner(rows, j):  # type: ignore[no-untyped-def]
    """Has its lists fetched, which lie together from the words of its title on."""
    begin = np.int64(rows.ints[j, at.TITLE])
    for place in range(begin, min(begin + LINES * A_LINE, rows.pool.size), A_LINE):
        ahead(rows.pool, place)


@njit(cache=True, nogil=True)
def soonest(rows, j, shelf):  # type: ignore[no-untyped-def]
    """Has fetched what the shelf says of the words of its title."""
    begin, end = in_pool(rows, j, at.TITLE)
    for p in range(begin, end):
        word = np.int64(rows.pool[p])
        ahead(shelf.title_weights, word)
        ahead(shelf.letter_at, word)
        ahead(shelf.form_at, word)


@njit(cache=True, nogil=True)
def scored(row, rows, met, job):  # type: ignore[no-untyped-def]
    """The claims about a record and those met, with their evidence: job is (base, itself, shelf, judge).

    Rows are counted from `base`; the one passed over is `itself`.
    """
    base, itself, shelf, judge = job
    found, column, told = np.empty(met.size, np.int64), np.empty(met.size, np.int8), np.empty(met.size)
    for n in range(min(SOON, met.size)):
        soon(rows, met[n])
    room = desk(shelf, judge)
    many = 0
    for n in range(met.size):
        soon(rows, met[min(n + SOON, met.size - 1)])
        sooner(rows, met[min(n + SOON // 2, met.size - 1)])
        soonest(rows, met[min(n + SOON // 4, met.size - 1)], shelf)
        if base + met[n] == itself:
            continue
        kind, _ = judged(row, ONLY, rows, met[n], room)
        if kind >= 0:
            found[many], column[many], told[many] = base + met[n], kind, evidence(room[0], kind, judge)
            many += 1
    return found[:many], column[:many], told[:many]


@njit(cache=True, nogil=True)
def asked(draft, known, sets, job):  # type: ignore[no-untyped-def]
    """The Claims of a draft about a set and the records added since: job is (how, (judge, rivals)).

    Sets are (held, added), added is (rows, chains, alive, how many); how is (rooms, bounds, most, the row passed over).
    """
    (held, (rows, chains, alive, many)), (how, (judge, rivals)) = sets, job
    (room, more_room), bounds, most, itself = how
    shelf, base = known[0], held.alive.size
    row = laid_out(draft, known)
    query = (row, shelf.home)
    kept = likeliest(room, met_in_set(query, held, room, bounds), most)
    found, columns, told = scored(row, held.rows, room.met[:kept], (0, itself, shelf, judge))
    if many:
        met = met_in_chains(query, chains, alive, (more_room, bounds.rules, bounds.cell))
        late = more_room.met[: likeliest(more_room, met, most)]
        more = scored(row, rows, late, (base, itself, shelf, judge))
        found, columns = np.concatenate((found, more[0])), np.concatenate((columns, more[1]))
        told = np.concatenate((told, more[2]))
    return found, columns, told, weighed(columns, told, rivals)
