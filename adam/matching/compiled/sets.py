"""Sets, compiled: what two records share in one of their lists. Lists are sorted; a, i and b, j name the records."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import in_marks, in_pool, many

MISSING, SAME, SOME, DIFFERENT, CONTAINED, ONE_SIDED, GROUP, OTHER = range(8)


@njit(cache=True, nogil=True, _nrt=False)
def shared(left, right, job):  # type: ignore[no-untyped-def]
    """How many items two sorted lists share: job is (where one begins and ends, where the other does)."""
    (p, end), (q, last) = job
    found = 0
    while p < end and q < last:
        if left[p] == right[q]:
            found += 1
            p += 1
            q += 1
        elif left[p] < right[q]:
            p += 1
        else:
            q += 1
    return found


@njit(cache=True, nogil=True, _nrt=False)
def pooled(a, i, b, j, column):  # type: ignore[no-untyped-def]
    """How many items two records share in a list of the pool."""
    return shared(a.pool, b.pool, (in_pool(a, i, column), in_pool(b, j, column)))


@njit(cache=True, nogil=True, _nrt=False)
def marked(a, i, b, j, columns):  # type: ignore[no-untyped-def]
    """How many hashes a list of one record shares with a list of the other."""
    return shared(a.marks, b.marks, (in_marks(a, i, columns[0]), in_marks(b, j, columns[1])))


@njit(cache=True, nogil=True, _nrt=False)
def compared(a, i, b, j, column):  # type: ignore[no-untyped-def]
    """Two sets of codes are equal, share some, or share none."""
    left, right = many(a, i, column), many(b, j, column)
    if not left or not right:
        return MISSING
    both = pooled(a, i, b, j, column)
    if both == left and both == right:
        return SAME
    return SOME if both else DIFFERENT


@njit(cache=True, nogil=True, _nrt=False)
def countries(a, i, b, j):  # type: ignore[no-untyped-def]
    """As comparisons.countries."""
    left, right = many(a, i, at.COUNTRIES), many(b, j, at.COUNTRIES)
    if not left or not right:
        return ONE_SIDED if left or right else MISSING
    both = pooled(a, i, b, j, at.COUNTRIES)
    if both == left and both == right:
        return SAME
    if both == left or both == right:
        return CONTAINED
    return SOME if both else DIFFERENT


@njit(cache=True, nogil=True, _nrt=False)
def sectors(a, i, b, j):  # type: ignore[no-untyped-def]
    """As comparisons.sectors."""
    grade = compared(a, i, b, j, at.SECTORS)
    return GROUP if grade == DIFFERENT and pooled(a, i, b, j, at.GROUPS) else grade


@njit(cache=True, nogil=True, _nrt=False)
def holds(rows, i, column, item):  # type: ignore[no-untyped-def]
    """Whether a list of the pool holds an item."""
    begin, end = in_pool(rows, i, column)
    for p in range(begin, end):
        if rows.pool[p] == item:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def tells(a, i, b, j, pillar_of):  # type: ignore[no-untyped-def]
    """Whether record i names a commitment within a pillar that both serve."""
    begin, end = in_pool(a, i, at.COMMITMENTS)
    for p in range(begin, end):
        pillar = pillar_of[a.pool[p]]
        if holds(b, j, at.PILLARS, pillar):
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def pillars(a, i, b, j, pillar_of):  # type: ignore[no-untyped-def]
    """As comparisons.pillars; GROUP stands for "pillar"."""
    if not a.ints[i, at.PILLARS] or not b.ints[j, at.PILLARS]:
        return MISSING
    if pooled(a, i, b, j, at.COMMITMENTS):
        return SAME
    if not pooled(a, i, b, j, at.PILLARS):
        return DIFFERENT
    return OTHER if tells(a, i, b, j, pillar_of) and tells(b, j, a, i, pillar_of) else GROUP
