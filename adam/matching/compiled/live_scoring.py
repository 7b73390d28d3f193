"""One record against a set, compiled: those with most votes compared in full, and weighed as rivals of each other."""

from __future__ import annotations

from math import exp, inf, log
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import in_pool
from adam.matching.compiled.live_kernels import likeliest, met_in_chains, met_in_set
from adam.matching.compiled.live_laying import laid_out
from adam.matching.compiled.scoring import desk, evidence, judged
from adam.matching.policy import COLUMNS, Policy
from adam.matching.rivals import BOUNDS, GRADES, ONE_PROJECT, known

Array = np.ndarray[Any, Any]
A_LINE = 16
"""So many numbers of 32 bits come from memory together."""
LISTS = tuple(sorted(at.POOLED.values()))
NEVER = np.int64(-(1 << 62))
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
def fetched(rows, met):  # type: ignore[no-untyped-def]
    """Reads a little of all that is soon compared, so that memory brings it at once and not piece by piece."""
    told = np.int64(0)
    for n in range(met.size):
        for column in range(0, at.INTS, A_LINE):
            told += rows.ints[met[n], column]
        for column in range(0, at.WIDE, A_LINE // 2):
            told += rows.wide[met[n], column]
    for n in range(met.size):
        for column in LISTS:
            begin, end = in_pool(rows, met[n], column)
            for place in range(begin, end, A_LINE):
                told += rows.pool[place]
    return told


@njit(cache=True, nogil=True)
def scored(row, rows, met, job):  # type: ignore[no-untyped-def]
    """The claims about a record and those met, with their evidence: job is (base, itself, shelf, judge).

    Rows are counted from `base`; the one passed over is `itself`.
    """
    base, itself, shelf, judge = job
    found, column, told = np.empty(met.size, np.int64), np.empty(met.size, np.int8), np.empty(met.size)
    if fetched(rows, met) == NEVER:
        return found, column, told
    room = desk(shelf, judge)
    many = 0
    for n in range(met.size):
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
