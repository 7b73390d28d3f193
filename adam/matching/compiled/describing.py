"""Descriptions, compiled: as texts.description."""

from __future__ import annotations

from numba import njit

from adam.matching import texts
from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import in_pool, reached
from adam.matching.compiled.wording import share

MISSING = 0
SAID_RARE, SAID_COMMON, MUCH, PART, HARDLY, OTHER, EACH = range(1, 8)
RARELY = texts.RARELY


@njit(cache=True, nogil=True, _nrt=False)
def said(a, i, b, j, weights):  # type: ignore[no-untyped-def]
    """The weight of the words that two descriptions share: those marked so among all words."""
    (p, end), (q, last) = in_pool(a, i, at.WORDS), in_pool(b, j, at.WORDS)
    found = 0
    while p < end and q < last:
        left, right = a.pool[p], b.pool[q]
        if left >> at.MARKS == right >> at.MARKS:
            if left & right & at.IN_SAID:
                found += weights[left >> at.MARKS]
            p += 1
            q += 1
        elif left < right:
            p += 1
        else:
            q += 1
    return found


@njit(cache=True, nogil=True, _nrt=False)
def told_alone(a, i, b, j, weights):  # type: ignore[no-untyped-def]
    """Whether the description of i has a rare word that record j never says: as texts.told_alone."""
    (p, end), (q, last) = in_pool(a, i, at.WORDS), in_pool(b, j, at.WORDS)
    for n in range(p, end):
        item = a.pool[n]
        if not item & at.IN_SAID or weights[item >> at.MARKS] < RARELY:
            continue
        q, says = reached(b.pool, (q, last), item >> at.MARKS)
        if not says:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def description(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As texts.description: job is (the weight of the words they share, weights of words)."""
    both, weights = job
    x, y = a.ints[i], b.ints[j]
    if not x[at.DESCRIPTION_TOTAL] or not y[at.DESCRIPTION_TOTAL]:
        return MISSING
    alike = share(both, x[at.DESCRIPTION_TOTAL], y[at.DESCRIPTION_TOTAL])
    same = a.wide[i, at.DESCRIPTION_KEY] == b.wide[j, at.DESCRIPTION_KEY]
    if alike >= 0.45 and not same and told_alone(a, i, b, j, weights) and told_alone(b, j, a, i, weights):
        return EACH
    if same or alike > 0.8:
        return SAID_COMMON if max(x[at.DESCRIPTION_CARRIERS], y[at.DESCRIPTION_CARRIERS]) > 3 else SAID_RARE
    if alike >= 0.25:
        return MUCH if alike >= 0.45 else PART
    return HARDLY if alike >= 0.1 else OTHER
