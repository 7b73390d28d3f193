"""Comparing a whole set: laid out, brought into buckets, walked once, put in order."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol

import numpy as np
from numba import njit

from adam.matching import keys
from adam.matching.compiled.buckets import Buckets, Limits, Plan, buckets
from adam.matching.compiled.columns import Columns, after
from adam.matching.compiled.grades import GRADES, MOST
from adam.matching.compiled.prepare import Prepared, prepared
from adam.matching.compiled.releasing import release
from adam.matching.compiled.rivals import rivalled
from adam.matching.compiled.scoring import judge
from adam.matching.compiled.walk import Claims, chosen, walk
from adam.matching.compiled.writing import Found
from adam.matching.compiled.writing_phrases import grades as in_policy
from adam.matching.keys import RULES, full, splitting
from adam.matching.policy import FEATURES, KINDS, RECORD_KINDS, Policy
from adam.matching.rivals import followed

Array = np.ndarray[Any, Any]
CELL = 1 << list(RULES).index("cell")


class Crowded(Protocol):
    """Buckets of which it is known how many are too large to compare all with all, and what the largest holds."""

    @property
    def crowded(self) -> int: ...

    @property
    def largest(self) -> int: ...


@dataclass
class Result:
    """What comparing a set found, and the seconds each part of it took."""

    found: Found
    made: Prepared
    notes: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    compared: int = 0


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def compare(columns: Columns, policy: Policy, wanted: frozenset[str], threshold: float) -> Result:
    """Every claim about two records of a set, best first: the same whatever the order of its records."""
    workers = cores()
    begun = perf_counter()
    made = prepared(columns, policy, workers)
    release(len(columns.ids))
    laid_out = perf_counter()
    found = buckets(made.rows, made.shelf.home, plans(policy, len(columns.ids), wanted), workers)
    made.let_go_of_rarest()
    crowds = crowding(found, policy, len(made.order))
    claims = claimed(made, found, policy, (wanted, threshold))
    made.let_go()
    del found
    kept, left_out = thinned(ordered(claims), policy.limits["claims"], len(columns.ids))
    answer = told(kept, made, columns, policy)
    seconds = {"prepare": laid_out - begun, "compare": perf_counter() - laid_out}
    return Result(answer, made, (*crowds, *left_out), seconds, int(claims.compared.sum()))


def claimed(made: Prepared, found: Buckets, policy: Policy, asked: tuple[frozenset[str], float]) -> Claims:
    """The claims of a walk through the buckets, with what their rivals add."""
    wanted, threshold = asked
    size = len(made.order)
    first = judge(policy, size, followed(wanted), min(threshold, policy.listed))
    claims = walk(made.rows, made.shelf, found, (first, cores()))
    return rivalled(claims, judge(policy, size, wanted, threshold), policy, size)


def plans(policy: Policy, size: int, wanted: frozenset[str]) -> list[Plan]:
    """Which rules are asked with which limits; cells only where a coordination question is asked."""
    rules = sum(1 << number for number, name in enumerate(RULES) if name in policy.rules)
    limits = Limits(full(policy, size), policy.limits["neighbours"])
    found = [Plan(rules & ~CELL, limits, splitting(policy, size))]
    if rules & CELL and not wanted <= set(RECORD_KINDS):
        found.append(Plan(CELL, Limits(policy.limits["cell"], policy.limits["near"]), False))
    return found


def ordered(claims: Claims) -> Claims:
    """Best first; of equal scores those that come first in the set."""
    order = np.lexsort((claims.j, claims.i, -claims.score))
    return chosen(claims, order)


@njit(cache=True, nogil=True)
def strongest(claims, records, most, size):  # type: ignore[no-untyped-def]
    """Which claims stay: of the coordination claims, numbered from `records`, the `most` strongest of either record."""
    i, j, kind = claims
    seen = np.zeros(size, np.int32)
    stays = np.ones(i.size, np.bool_)
    for n in range(i.size):
        if not records[0] <= kind[n] < records[1]:
            continue
        if seen[i[n]] < most or seen[j[n]] < most:
            seen[i[n]] += 1
            seen[j[n]] += 1
        else:
            stays[n] = False
    return stays


def thinned(claims: Claims, most: int, size: int) -> tuple[Claims, list[str]]:
    """The claims that are kept, and a sentence on how many are not."""
    stays = strongest((claims.i, claims.j, claims.kind), (len(RECORD_KINDS), len(KINDS)), most, size)
    left_out = int(len(stays) - stays.sum())
    kept = chosen(claims, stays) if left_out else claims
    said = (
        f"{left_out} weaker overlaps are left out: each record keeps its {most} strongest in crowded cells."
    )
    return kept, [said] if left_out else []


def told(claims: Claims, made: Prepared, columns: Columns, policy: Policy) -> Found:
    """Claims by the numbers of the records in the columns, the smaller id first, grades in the order of the policy."""
    a, b = made.order[claims.i], made.order[claims.j]
    turned = after(columns.ids, a, b)
    names = in_policy(policy)
    places = np.zeros((len(FEATURES), MOST), np.int8)
    for number, feature in enumerate(FEATURES):
        for grade, name in enumerate(GRADES[feature]):
            places[number, grade] = names[feature].index(name) if name else 0
    grades = places[np.arange(len(FEATURES))[None, :], claims.grades]
    left, right = np.where(turned, b, a), np.where(turned, a, b)
    return Found(
        left.astype(np.int32), right.astype(np.int32), claims.kind.astype(np.int8), claims.score, grades
    )


def crowding(buckets: Crowded, policy: Policy, size: int) -> list[str]:
    """What was not compared all with all, in a sentence."""
    split = splitting(policy, size)
    return [keys.crowding(buckets.crowded, buckets.largest, split)] if buckets.crowded else []
