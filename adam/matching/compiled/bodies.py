"""Bodies, compiled: which organizations of two records are the same, in whatever spelling."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import in_pool
from adam.matching.compiled.sets import DIFFERENT, MISSING, SAME, SOME

NONE, CROSSED, BOTH = 3, 2, 1


@njit(cache=True, nogil=True, _nrt=False)
def means(x, y, names):  # type: ignore[no-untyped-def]
    """Whether spelling x is among those that mean the body of y: names is (where lists begin, the lists)."""
    begins, reach = names
    low, high = begins[y], begins[y + 1]
    while low < high:
        middle = (low + high) // 2
        if reach[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low < begins[y + 1] and reach[low] == x


@njit(cache=True, nogil=True, _nrt=False)
def strangers(a, i, b, j, columns):  # type: ignore[no-untyped-def]
    """Whether the signatures of two roles say that no body is in both."""
    x, y = in_pool(a, i, columns[0])[1], in_pool(b, j, columns[1])[1]
    return (a.pool[x] & b.pool[y + 1] | a.pool[x + 1] & b.pool[y]) == 0


@njit(cache=True, nogil=True, _nrt=False)
def meet(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Whether any body of one list is in the other: job is (column, column, names)."""
    left, right, names = job
    if left != at.BENEFICIARIES and strangers(a, i, b, j, (left, right)):
        return False
    (p, end), (q, last) = in_pool(a, i, left), in_pool(b, j, right)
    for n in range(p, end):
        for m in range(q, last):
            x, y = a.pool[n], b.pool[m]
            if x == y or means(x, y, names) or means(y, x, names):
                return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def within(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Whether every body of one list is in the other, where they are known to meet: job is (column, names)."""
    column, names = job
    (p, end), (q, last) = in_pool(a, i, column), in_pool(b, j, column)
    if end - p == 1:
        return True
    for n in range(p, end):
        found = False
        for m in range(q, last):
            found = found or a.pool[n] == b.pool[m] or means(a.pool[n], b.pool[m], names)
        if not found:
            return False
    return True


@njit(cache=True, nogil=True, _nrt=False)
def together(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """All, some or none of the bodies are the same: job is (column, names)."""
    column, names = job
    if not a.ints[i, column] or not b.ints[j, column]:
        return MISSING
    if not meet(a, i, b, j, (column, column, names)):
        return DIFFERENT
    return SAME if within(a, i, b, j, job) and within(b, j, a, i, job) else SOME


@njit(cache=True, nogil=True, _nrt=False)
def reporter(a, i, b, j, names):  # type: ignore[no-untyped-def]
    """The same body reports both, or two do."""
    if not a.ints[i, at.REPORTER] or not b.ints[j, at.REPORTER]:
        return MISSING
    return SAME if meet(a, i, b, j, (at.REPORTER, at.REPORTER, names)) else DIFFERENT


@njit(cache=True, nogil=True, _nrt=False)
def roles(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As comparisons.roles: job is (the grade of the reporters, names)."""
    told, names = job
    if told != DIFFERENT:
        return MISSING
    x, y = a.ints[i], b.ints[j]
    if not (x[at.FUNDERS] or y[at.FUNDERS] or x[at.IMPLEMENTERS] or y[at.IMPLEMENTERS]):
        return MISSING
    down = meet(a, i, b, j, (at.REPORTER, at.FUNDERS, names)) or meet(
        b, j, a, i, (at.REPORTER, at.FUNDERS, names)
    )
    up = meet(a, i, b, j, (at.REPORTER, at.IMPLEMENTERS, names)) or meet(
        b, j, a, i, (at.REPORTER, at.IMPLEMENTERS, names)
    )
    if down and up:
        return BOTH
    if down or up:
        return CROSSED
    return MISSING if (x[at.FLAGS] | y[at.FLAGS]) & at.COLLECTED else NONE
