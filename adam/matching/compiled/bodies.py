"""Bodies, compiled: which organizations of two records are the same, in whatever spelling."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import layout as at
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
def signature(column):  # type: ignore[no-untyped-def]
    """Where the bits of a role stand; -1 for institutions, which have none."""
    if column == at.REPORTER:
        return at.REPORTER_BITS
    if column == at.IMPLEMENTERS:
        return at.IMPLEMENTER_BITS
    return at.FUNDER_BITS if column == at.FUNDERS else -1


@njit(cache=True, nogil=True, _nrt=False)
def strangers(a, i, b, j, columns):  # type: ignore[no-untyped-def]
    """Whether the bits of two roles say that no body is in both."""
    x, y = signature(columns[0]), signature(columns[1])
    if x < 0 or y < 0:
        return False
    return (a[i, x] & b[j, y + 1] | a[i, x + 1] & b[j, y]) == 0


@njit(cache=True, nogil=True, _nrt=False)
def meet(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Whether any body of one list is in the other: job is (column, column, names)."""
    left, right, names = job
    if strangers(a.wide, i, b.wide, j, (left, right)):
        return False
    p, q = a.ints[i, left], b.ints[j, right]
    for n in range(p, p + a.ints[i, left + 1]):
        for m in range(q, q + b.ints[j, right + 1]):
            x, y = a.pool[n], b.pool[m]
            if x == y or means(x, y, names) or means(y, x, names):
                return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def within(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Whether every body of one list is in the other, where they are known to meet: job is (column, names)."""
    column, names = job
    begin, many = a.ints[i, column], a.ints[i, column + 1]
    if many == 1:
        return True
    q = b.ints[j, column]
    for n in range(begin, begin + many):
        found = False
        for m in range(q, q + b.ints[j, column + 1]):
            found = found or a.pool[n] == b.pool[m] or means(a.pool[n], b.pool[m], names)
        if not found:
            return False
    return True


@njit(cache=True, nogil=True, _nrt=False)
def together(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """All, some or none of the bodies are the same: job is (column, names)."""
    column, names = job
    if not a.ints[i, column + 1] or not b.ints[j, column + 1]:
        return MISSING
    if not meet(a, i, b, j, (column, column, names)):
        return DIFFERENT
    return SAME if within(a, i, b, j, job) and within(b, j, a, i, job) else SOME


@njit(cache=True, nogil=True, _nrt=False)
def reporter(a, i, b, j, names):  # type: ignore[no-untyped-def]
    """The same body reports both, or two do."""
    if not a.ints[i, at.REPORTER + 1] or not b.ints[j, at.REPORTER + 1]:
        return MISSING
    return SAME if meet(a, i, b, j, (at.REPORTER, at.REPORTER, names)) else DIFFERENT


@njit(cache=True, nogil=True, _nrt=False)
def roles(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As comparisons.roles: job is (the grade of the reporters, names)."""
    told, names = job
    if told != DIFFERENT:
        return MISSING
    x, y = a.ints[i], b.ints[j]
    if not (x[at.FUNDERS + 1] or y[at.FUNDERS + 1] or x[at.IMPLEMENTERS + 1] or y[at.IMPLEMENTERS + 1]):
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
