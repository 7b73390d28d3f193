"""Numbers, compiled: phases, parts, years, outside identifiers and stated relations: as texts.py and wholes.py."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.days import to_the_cent
from adam.matching.compiled.lists import in_marks, many
from adam.matching.compiled.sets import marked, pooled

MISSING = 0
SAME, ONE_SIDED, DIFFERENT, PARTS, ONE_PART, NUMBERED = range(1, 7)
SAME_ID, UNDER, SIBLINGS, APART_ALIKE, APART, OTHER_ID, FRAMEWORK = range(1, 8)
SAME_CODE, OTHER_CODE = 1, 2
INSIDE, BESIDE = 1, 2


@njit(cache=True, nogil=True, _nrt=False)
def any_of(mask, column):  # type: ignore[no-untyped-def]
    """Whether a mask holds anything."""
    return (mask[column] | mask[column + 1]) != 0


@njit(cache=True, nogil=True, _nrt=False)
def meet(x, y, column):  # type: ignore[no-untyped-def]
    """Whether two masks hold something in common."""
    return (x[column] & y[column] | x[column + 1] & y[column + 1]) != 0


@njit(cache=True, nogil=True, _nrt=False)
def equal(x, y, column):  # type: ignore[no-untyped-def]
    """Whether two masks hold the same."""
    return x[column] == y[column] and x[column + 1] == y[column + 1]


@njit(cache=True, nogil=True, _nrt=False)
def clash(x, y, column):  # type: ignore[no-untyped-def]
    """Whether both masks hold something, and nothing in common."""
    return any_of(x, column) and any_of(y, column) and not meet(x, y, column)


@njit(cache=True, nogil=True, _nrt=False)
def phases(x, y):  # type: ignore[no-untyped-def]
    """As texts.phases, from the masks of both records."""
    if clash(x, y, at.PARTS):
        return PARTS
    counted = any_of(x, at.PHASES) or any_of(y, at.PHASES) or any_of(x, at.YEARS) or any_of(y, at.YEARS)
    if not counted and any_of(x, at.PARTS) != any_of(y, at.PARTS):
        return ONE_PART
    if clash(x, y, at.PHASES) or clash(x, y, at.YEARS):
        return DIFFERENT
    if not equal(x, y, at.PHASES):
        return ONE_SIDED
    if not equal(x, y, at.YEARS) or not (any_of(x, at.PHASES) or any_of(x, at.YEARS)):
        return NUMBERED if clash(x, y, at.NUMBERED) else MISSING
    return SAME


@njit(cache=True, nogil=True, _nrt=False)
def identifiers(a, i, b, j):  # type: ignore[no-untyped-def]
    """As wholes.identifiers."""
    if marked(a, i, b, j, (at.IDENTIFIERS, at.IDENTIFIERS)):
        return SAME_ID
    if marked(a, i, b, j, (at.FRAMEWORKS, at.FRAMEWORKS)):
        return FRAMEWORK
    if not a.ints[i, at.IDENTIFIERS] or not b.ints[j, at.IDENTIFIERS]:
        return MISSING
    if not marked(a, i, b, j, (at.OWNERS, at.OWNERS)):
        return OTHER_ID
    if marked(a, i, b, j, (at.STEMS, at.STEMS)):
        under = marked(a, i, b, j, (at.IDENTIFIERS, at.STEMS)) or marked(
            a, i, b, j, (at.STEMS, at.IDENTIFIERS)
        )
        return UNDER if under else SIBLINGS
    return APART_ALIKE if to_the_cent(a, i, b, j) else APART


@njit(cache=True, nogil=True, _nrt=False)
def codes(a, i, b, j):  # type: ignore[no-untyped-def]
    """As texts.codes."""
    if marked(a, i, b, j, (at.ALL_CODES, at.ALL_CODES)):
        return SAME_CODE
    return OTHER_CODE if a.ints[i, at.CODES] and b.ints[j, at.CODES] else MISSING


@njit(cache=True, nogil=True, _nrt=False)
def known(rows, i, target):  # type: ignore[no-untyped-def]
    """Whether a record goes by this name: an identifier with or without its scheme, or its own id."""
    if rows.wide[i, at.IDENTITY] == target:
        return True
    begin, end = in_marks(rows, i, at.KNOWN)
    for n in range(begin, end):
        if rows.marks[n] == target:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def told(a, i, b, j, found):  # type: ignore[no-untyped-def]
    """The least number among the relations that record i states with record j and the one found before (-1: none)."""
    begin, end = in_marks(a, i, at.TARGETS)
    for n in range(begin, end):
        kind = a.marks[n + 1 + end - begin]
        if (found < 0 or kind < found) and known(b, j, a.marks[n]):
            found = kind
    return found


@njit(cache=True, nogil=True, _nrt=False)
def stated(a, i, b, j):  # type: ignore[no-untyped-def]
    """As wholes.stated: the number of the relation, or -1."""
    if not a.ints[i, at.TARGETS] and not b.ints[j, at.TARGETS]:
        return -1
    return told(b, j, a, i, told(a, i, b, j, -1))


@njit(cache=True, nogil=True, _nrt=False)
def whole(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As wholes.whole: job is (the relation stated, the grade of the identifiers)."""
    relation, identified = job
    x, y = a.ints[i], b.ints[j]
    if not x[at.TITLE_TOTAL] or not y[at.TITLE_TOTAL]:
        return MISSING
    if relation == 0 or identified == UNDER:
        return INSIDE
    left, right = a.masks[x[at.MASKS]], b.masks[y[at.MASKS]]
    if any_of(left, at.PARTS) != any_of(right, at.PARTS) and equal(left, right, at.PHASES):
        return INSIDE
    here, there = many(a, i, at.COUNTRIES), many(b, j, at.COUNTRIES)
    if here and there and here != there and pooled(a, i, b, j, at.COUNTRIES) == min(here, there):
        return INSIDE
    return BESIDE
