"""Rivals, compiled: as ../rivals.py, for the claims of a walk."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled.grades import GRADES, NUMBER
from adam.matching.compiled.scoring import RETURNED, Judge, evidence, sigmoid
from adam.matching.compiled.walk import Claims, chosen
from adam.matching.plenty import FURTHEST, KNOWN, TENTHS
from adam.matching.plenty import graded as graded_set
from adam.matching.policy import Policy
from adam.matching.rivals import BOUNDS, SURE, known

Array = np.ndarray[Any, Any]
RIVALS, PLENTY = NUMBER["rivals"], NUMBER["plenty"]
ONE_PROJECT = 2  # the columns below this one, and yearly returns, claim that two records are one project
BOTH_OUTDONE, JOINED, TOGETHER = (
    GRADES["rivals"].index(name) for name in ("both_outdone", "joined", "together")
)


@njit(cache=True, nogil=True)
def one_project(column):  # type: ignore[no-untyped-def]
    """Whether a column claims that two records are one project."""
    return column < ONE_PROJECT or column == RETURNED


@njit(cache=True, nogil=True)
def best_two(claims, told, size, counts):  # type: ignore[no-untyped-def]
    """The two strongest claims about each record."""
    i, j, column = claims
    first, second = np.full(size, -np.inf), np.full(size, -np.inf)
    for n in range(i.size):
        if not one_project(column[n]) or told[n] < counts:
            continue
        for side in (i[n], j[n]):
            if told[n] > first[side]:
                second[side], first[side] = first[side], told[n]
            elif told[n] > second[side]:
                second[side] = told[n]
    return first, second


@njit(cache=True, nogil=True)
def partners(claims, told, size):  # type: ignore[no-untyped-def]
    """For each record where its likely partners stand in a list, and the list."""
    i, j, column = claims
    at = np.zeros(size + 2, np.int64)
    for n in range(i.size):
        if one_project(column[n]) and told[n] >= SURE:
            at[i[n] + 2] += 1
            at[j[n] + 2] += 1
    for n in range(2, size + 2):
        at[n] += at[n - 1]
    others = np.empty(at[size + 1], np.int32)
    for n in range(i.size):
        if one_project(column[n]) and told[n] >= SURE:
            others[at[i[n] + 1]] = j[n]
            at[i[n] + 1] += 1
            others[at[j[n] + 1]] = i[n]
            at[j[n] + 1] += 1
    for n in range(size):
        others[at[n] : at[n + 1]].sort()
    return at, others


@njit(cache=True, nogil=True)
def joined(one, other, found):  # type: ignore[no-untyped-def]
    """Whether a third record is a likely partner of both."""
    at, others = found
    a, b = at[one], at[other]
    while a < at[one + 1] and b < at[other + 1]:
        if others[a] == others[b]:
            return True
        if others[a] < others[b]:
            a += 1
        else:
            b += 1
    return False


@njit(cache=True, nogil=True)
def summed(grades, column, judge):  # type: ignore[no-untyped-def]
    """The evidence of each claim."""
    told = np.empty(column.size)
    for n in range(column.size):
        told[n] = evidence(grades[n], column[n], judge)
    return told


@njit(cache=True, nogil=True)
def likely(told):  # type: ignore[no-untyped-def]
    """The probability of each claim, from its evidence."""
    score = np.empty(told.size)
    for n in range(told.size):
        score[n] = sigmoid(told[n])
    return score


@njit(cache=True, nogil=True)
def graded(worse, better, third):  # type: ignore[no-untyped-def]
    """The grade of the margins of both records, and of whether a third fits both."""
    if third:
        return JOINED if worse < 0 else TOGETHER
    if better < 0 and worse < BOUNDS[-1]:
        return BOTH_OUTDONE
    for at in range(len(BOUNDS)):
        if worse >= BOUNDS[at]:
            return at + 1
    return len(BOUNDS) + 1


@njit(cache=True, nogil=True)
def compared(claims, told, known, counts):  # type: ignore[no-untyped-def]
    """The grade of each claim among its rivals; 0 where it claims something else than one project."""
    i, j, column = claims
    first, second, likely = known
    found = np.zeros(i.size, np.int8)
    for n in range(i.size):
        if not one_project(column[n]):
            continue
        worse, better = np.inf, -np.inf
        for side in (i[n], j[n]):
            own = told[n] >= counts and told[n] == first[side]
            rival = second[side] if own else first[side]
            margin = told[n] - rival if rival > -np.inf else np.inf
            worse, better = min(worse, margin), max(better, margin)
        found[n] = graded(worse, better, joined(i[n], j[n], likely))
    return found


def of_set(claims: Claims, judge: Judge, size: int) -> Array:
    """How common partners are in the set, for each claim; 0 where that doesn't weigh."""
    alike = (claims.kind < ONE_PROJECT) | (claims.kind == RETURNED)
    told = summed(claims.grades[alike], claims.kind[alike], judge)
    at, many = np.unique(np.clip(np.rint(TENTHS * told), -FURTHEST, FURTHEST).astype(int), return_counts=True)
    how = GRADES["plenty"].index(graded_set(dict(zip(at.tolist(), many.tolist(), strict=True)), size))
    for feature, grade in KNOWN.items():
        alike = alike & (claims.grades[:, NUMBER[feature]] != GRADES[feature].index(grade))
    return np.where(alike, how, 0).astype(np.int8)


def rivalled(claims: Claims, judge: Judge, policy: Policy, size: int) -> Claims:
    """The claims with what their rivals and the set add; those that fall below the threshold by it are gone."""
    counts = log(policy.listed / (1 - policy.listed))
    told = summed(claims.grades, claims.kind, judge)
    parts = (claims.i, claims.j, claims.kind)
    if known(policy, size):
        others = (*best_two(parts, told, size, counts), partners(parts, told, size))
        claims.grades[:, RIVALS] = compared(parts, told, others, counts)
        if policy.adapts:
            claims.grades[:, PLENTY] = of_set(claims, judge, size)
    score = likely(summed(claims.grades, claims.kind, judge))
    asked = np.append(judge.wanted, judge.wanted[0])  # lines of yearly returns are record duplicates
    stays = (score >= judge.threshold) & asked[claims.kind]
    return chosen(claims._replace(score=score), stays)
