"""Sets, compiled: what two records share in one of their lists. Lists are sorted; a, i and b, j name the records."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import layout as at

MISSING, SAME, SOME, DIFFERENT, CONTAINED, ONE_SIDED, GROUP, OTHER = range(8)


@njit(cache=True, nogil=True, _nrt=False)
def shared(left, right, job):  # type: ignore[no-untyped-def]
    """How many items two sorted lists share: job is (begin, length, begin, length)."""
    p, many, q, others = job
    end, last = p + many, q + others
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
    x, y = a.ints[i], b.ints[j]
    return shared(a.pool, b.pool, (x[column], x[column + 1], y[column], y[column + 1]))


@njit(cache=True, nogil=True, _nrt=False)
def marked(a, i, b, j, columns):  # type: ignore[no-untyped-def]
    """How many hashes a list of one record shares with a list of the other."""
    x, y = a.ints[i], b.ints[j]
    left, right = columns
    return shared(a.marks, b.marks, (x[left], x[left + 1], y[right], y[right + 1]))


@njit(cache=True, nogil=True, _nrt=False)
def compared(a, i, b, j, column):  # type: ignore[no-untyped-def]
    """Two sets of codes are equal, share some, or share none."""
    many, others = a.ints[i, column + 1], b.ints[j, column + 1]
    if not many or not others:
        return MISSING
    both = pooled(a, i, b, j, column)
    if both == many and both == others:
        return SAME
    return SOME if both else DIFFERENT


@njit(cache=True, nogil=True, _nrt=False)
def countries(a, i, b, j):  # type: ignore[no-untyped-def]
    """As comparisons.countries."""
    many, others = a.ints[i, at.COUNTRIES + 1], b.ints[j, at.COUNTRIES + 1]
    if not many or not others:
        return ONE_SIDED if many or others else MISSING
    both = pooled(a, i, b, j, at.COUNTRIES)
    if both == many and both == others:
        return SAME
    if both == many or both == others:
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
    begin = rows.ints[i, column]
    for p in range(begin, begin + rows.ints[i, column + 1]):
        if rows.pool[p] == item:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def tells(a, i, b, j, pillar_of):  # type: ignore[no-untyped-def]
    """Whether record i names a commitment within a pillar that both serve."""
    begin = a.ints[i, at.COMMITMENTS]
    for p in range(begin, begin + a.ints[i, at.COMMITMENTS + 1]):
        pillar = pillar_of[a.pool[p]]
        if holds(b, j, at.PILLARS, pillar):
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def pillars(a, i, b, j, pillar_of):  # type: ignore[no-untyped-def]
    """As comparisons.pillars; GROUP stands for "pillar"."""
    if not a.ints[i, at.PILLARS + 1] or not b.ints[j, at.PILLARS + 1]:
        return MISSING
    if pooled(a, i, b, j, at.COMMITMENTS):
        return SAME
    if not pooled(a, i, b, j, at.PILLARS):
        return DIFFERENT
    return OTHER if tells(a, i, b, j, pillar_of) and tells(b, j, a, i, pillar_of) else GROUP
