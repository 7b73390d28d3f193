"""Rivals, compiled: as ../rivals.py, for the claims of a walk."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled.grades import NUMBER
from adam.matching.compiled.scoring import Judge, evidence, sigmoid
from adam.matching.compiled.walk import Claims, chosen
from adam.matching.policy import Policy
from adam.matching.rivals import BOUNDS, known

Array = np.ndarray[Any, Any]
RIVALS = NUMBER["rivals"]
ONE_PROJECT = 2  # the columns below this one claim that two records are one project


@njit(cache=True, nogil=True)
def best_two(claims, told, size, counts):  # type: ignore[no-untyped-def]
    """The two strongest claims about each record."""
    i, j, column = claims
    first, second = np.full(size, -np.inf), np.full(size, -np.inf)
    for n in range(i.size):
        if column[n] >= ONE_PROJECT or told[n] < counts:
            continue
        for side in (i[n], j[n]):
            if told[n] > first[side]:
                second[side], first[side] = first[side], told[n]
            elif told[n] > second[side]:
                second[side] = told[n]
    return first, second


@njit(cache=True, nogil=True)
def summed(grades, column, judge):  # type: ignore[no-untyped-def]
    """The evidence of each claim."""
    told = np.empty(column.size)
    for n in range(column.size):
        told[n] = evidence(grades[n], column[n], judge)
    return told


@njit(cache=True, nogil=True)
def compared(claims, told, best, counts):  # type: ignore[no-untyped-def]
    """The grade of each claim among its rivals; 0 where it claims something else than one project."""
    i, j, column = claims
    first, second = best
    found = np.zeros(i.size, np.int8)
    for n in range(i.size):
        if column[n] >= ONE_PROJECT:
            continue
        worst = np.inf
        for side in (i[n], j[n]):
            own = told[n] >= counts and told[n] == first[side]
            rival = second[side] if own else first[side]
            if rival > -np.inf:
                worst = min(worst, told[n] - rival)
        found[n] = len(BOUNDS) + 1
        for at in range(len(BOUNDS)):
            if worst >= BOUNDS[at]:
                found[n] = at + 1
                break
    return found


def rivalled(claims: Claims, judge: Judge, policy: Policy, size: int) -> Claims:
    """The claims with what their rivals add; those that fall below the threshold by it are gone."""
    counts = log(policy.listed / (1 - policy.listed))
    told = summed(claims.grades, claims.kind, judge)
    parts = (claims.i, claims.j, claims.kind)
    if known(policy, size):
        claims.grades[:, RIVALS] = compared(parts, told, best_two(parts, told, size, counts), counts)
    score = np.array([sigmoid(each) for each in summed(claims.grades, claims.kind, judge)])
    asked = np.append(judge.wanted, judge.wanted[0])  # lines of yearly returns are record duplicates
    stays = (score >= judge.threshold) & asked[claims.kind]
    return chosen(claims._replace(score=score), stays)
