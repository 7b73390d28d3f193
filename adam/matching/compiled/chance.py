"""Chance, compiled: as ../chance.py."""

from __future__ import annotations

from numba import njit

from adam.matching.chance import BOUNDS, PERCENT
from adam.matching.compiled import layout as at
from adam.matching.compiled.bodies import means, strangers
from adam.matching.compiled.days import CONVERTED, EXACT, ROUND, ROUNDED
from adam.matching.compiled.lists import in_pool
from adam.matching.rarity import MONTH

LIMITS = tuple(PERCENT * bound for _, bound in BOUNDS)
NOTHING = 1 << 60
FIRST = 1  # grades count from here in the order of the bounds


@njit(cache=True, nogil=True, _nrt=False)
def money(x, y, grade):  # type: ignore[no-untyped-def]
    """As chance.money."""
    if grade == EXACT or grade == ROUND:
        return min(x[at.RARE_AMOUNT], y[at.RARE_AMOUNT])
    return min(x[at.RARE_NEAR], y[at.RARE_NEAR]) if grade == ROUNDED or grade == CONVERTED else 0


@njit(cache=True, nogil=True, _nrt=False)
def day(x, y):  # type: ignore[no-untyped-def]
    """As chance.day."""
    if not x[at.START] or not y[at.START] or abs(x[at.START] - y[at.START]) > MONTH:
        return 0
    if x[at.START] == y[at.START]:
        return min(x[at.RARE_DAY], y[at.RARE_DAY])
    return min(x[at.RARE_MONTH], y[at.RARE_MONTH])


@njit(cache=True, nogil=True, _nrt=False)
def rarest(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As chance.rarest: job is (column, rarities)."""
    column, told = job
    (p, end), (q, last) = in_pool(a, i, column), in_pool(b, j, column)
    most = 0
    while p < end and q < last:
        if a.pool[p] == b.pool[q]:
            most = max(most, told[a.pool[p]])
            p += 1
            q += 1
        elif a.pool[p] < b.pool[q]:
            p += 1
        else:
            q += 1
    return most


@njit(cache=True, nogil=True, _nrt=False)
def body(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As chance.body: job is (column, column, names, rarities)."""
    left, right, names, told = job
    if strangers(a, i, b, j, (left, right)):
        return 0
    (p, end), (q, last) = in_pool(a, i, left), in_pool(b, j, right)
    most = 0
    for n in range(p, end):
        for m in range(q, last):
            x, y = a.pool[n], b.pool[m]
            if x == y or means(x, y, names):
                most = max(most, told[x])
            if x == y or means(y, x, names):
                most = max(most, told[y])
    return most


@njit(cache=True, nogil=True, _nrt=False)
def expected(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As chance.expected, NOTHING where nothing is shared: job is (title weight, grade of amounts, shelf, shares)."""
    both, grade, shelf, shares = job
    x, y = a.ints[i], b.ints[j]
    names = (shelf.reach_at, shelf.reach)
    paid, begun = money(x, y, grade), day(x, y)
    place = rarest(a, i, b, j, (at.COUNTRIES, shelf.code_told))
    purpose = rarest(a, i, b, j, (at.SECTORS, shelf.code_told))
    doer = max(
        body(a, i, b, j, (at.IMPLEMENTERS, at.IMPLEMENTERS, names, shelf.body_told)),
        body(a, i, b, j, (at.REPORTER, at.IMPLEMENTERS, names, shelf.body_told)),
        body(b, j, a, i, (at.REPORTER, at.IMPLEMENTERS, names, shelf.body_told)),
    )
    if not (both or paid or begun or place or purpose or doer):
        return NOTHING
    told = shares[0] * both + shares[1] * paid + shares[2] * begun
    told += shares[3] * place + shares[4] * purpose + shares[5] * doer
    return PERCENT * shares[6] - told


@njit(cache=True, nogil=True, _nrt=False)
def chance(logarithm):  # type: ignore[no-untyped-def]
    """As chance.chance, of what is expected."""
    if logarithm == NOTHING:
        return 0
    for n in range(len(LIMITS)):
        if logarithm > LIMITS[n]:
            return FIRST + n
    return FIRST + len(LIMITS)
