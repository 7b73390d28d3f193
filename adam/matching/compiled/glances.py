"""Glances: what of a record is seen at a glance, in 64 bytes, to pass over what chance explains without a closer look.

Large sets give up a pair where too many records agree by chance in all that it shares (chance.expected). A glance
bounds that from above: bits instead of lists, the rarest of all instead of the rarest shared. It never passes over a
pair that `judged` would look at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.ahead import ahead
from adam.matching.compiled.lists import in_marks, in_pool
from adam.matching.rarity import MONTH

Array = np.ndarray[Any, Any]
LINE, SOON = 64, 8
GLANCE = np.dtype(
    [
        *((name, np.float32) for name in ("own", "usd")),
        *((name, np.int32) for name in ("title", "start")),
        *((name, np.uint64) for name in ("reporter", "doers")),
        *((name, np.uint32) for name in ("numbers", "places", "purposes")),
        *((name, np.uint16) for name in ("amount", "near", "day", "month")),
        *((name, np.uint16) for name in ("place", "purpose", "doer")),
        *((name, np.uint16) for name in ("currency", "words", "states")),
    ]
)
LARGEST, LEAST = 3e38, 1e-37
"""Amounts are kept within what single precision holds, so that none becomes nothing or infinite."""


def glances(rows: Any, shelf: Any) -> Array:
    """What is seen of each record at a glance, each on a cache line of its own."""
    n = len(rows.ints)
    room = np.empty((n + 1) * LINE, np.uint8)
    begin = -room.ctypes.data % LINE
    found = room[begin : begin + n * LINE].view(GLANCE)
    drawn(rows, (shelf.code_told, shelf.body_told, kin(shelf.reach_at, shelf.reach)), found)
    return found


@njit(cache=True, nogil=True)
def rarest(rows, i, column, told):  # type: ignore[no-untyped-def]
    """The rarest item of a list."""
    most, (begin, end) = 0, in_pool(rows, i, column)
    for p in range(begin, end):
        most = max(most, told[rows.pool[p]])
    return most


@njit(cache=True, nogil=True)
def bits(items, span):  # type: ignore[no-untyped-def]
    """A bit of 32 for each item of a list."""
    found = np.uint32(0)
    for p in range(span[0], span[1]):
        found |= np.uint32(1) << np.uint32(items[p] % 32)
    return found


@njit(cache=True, nogil=True)
def kin(begins, reach):  # type: ignore[no-untyped-def]
    """For each spelling the least of all that are one body with it, through whatever others."""
    found = np.arange(begins.size - 1, dtype=np.int64)
    for spelling in range(found.size):
        for p in range(begins[spelling], begins[spelling + 1]):
            one, other = spelling, np.int64(reach[p])
            while found[one] != one:
                found[one] = found[found[one]]
                one = found[one]
            while found[other] != other:
                found[other] = found[found[other]]
                other = found[other]
            found[one], found[other] = min(one, other), min(one, other)
    for spelling in range(found.size):
        found[spelling] = found[found[spelling]]
    return found


@njit(cache=True, nogil=True)
def families(rows, i, column, kin):  # type: ignore[no-untyped-def]
    """A bit of 64 for each body of a list, whatever its spelling."""
    found, (begin, end) = np.uint64(0), in_pool(rows, i, column)
    for p in range(begin, end):
        found |= np.uint64(1) << (
            np.uint64(kin[rows.pool[p]]) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(58)
        )
    return found


@njit(cache=True, nogil=True)
def single(amount):  # type: ignore[no-untyped-def]
    """An amount in single precision; none becomes nothing or infinite."""
    if amount == 0:
        return np.float32(0)
    size = min(max(abs(amount), LEAST), LARGEST)
    return np.float32(size if amount > 0 else -size)


@njit(cache=True, nogil=True)
def drawn(rows, told, found):  # type: ignore[no-untyped-def]
    """Fills the glances: told are the rarities of codes and of bodies, and their kin."""
    codes, bodies, kin = told
    for i in range(found.size):
        x, one = rows.ints[i], found[i]
        one.own, one.usd = single(rows.reals[i, at.OWN]), single(rows.reals[i, at.USD])
        one.currency, one.states = x[at.CURRENCY], x[at.TARGETS] > 0
        one.amount, one.near = x[at.RARE_AMOUNT], x[at.RARE_NEAR]
        one.start, one.day, one.month = x[at.START], x[at.RARE_DAY], x[at.RARE_MONTH]
        one.title, end = in_pool(rows, i, at.TITLE)
        one.words = end - one.title
        numbers = bits(rows.marks, in_marks(rows, i, at.IDENTIFIERS))
        one.numbers = numbers | bits(rows.marks, in_marks(rows, i, at.STEMS))
        one.places = bits(rows.pool, in_pool(rows, i, at.COUNTRIES))
        one.purposes = bits(rows.pool, in_pool(rows, i, at.SECTORS))
        one.place, one.purpose = rarest(rows, i, at.COUNTRIES, codes), rarest(rows, i, at.SECTORS, codes)
        one.doer = max(rarest(rows, i, at.REPORTER, bodies), rarest(rows, i, at.IMPLEMENTERS, bodies))
        one.reporter, one.doers = families(rows, i, at.REPORTER, kin), families(rows, i, at.IMPLEMENTERS, kin)


@njit(cache=True, nogil=True, _nrt=False)
def money(x, y):  # type: ignore[no-untyped-def]
    """How rare the amount may be that both carry: as chance.money, or more."""
    own = x.currency != 0 and x.currency == y.currency
    left, right = (x.own, y.own) if own else (x.usd, y.usd)
    if left == 0 or right == 0 or (left < 0) != (right < 0):
        return 0
    small, large = min(abs(left), abs(right)), max(abs(left), abs(right))
    near = min(x.near, y.near)
    if large - small <= 1.01 or small >= 0.9999 * large:
        return max(near, min(x.amount, y.amount))
    return near if small >= 0.9699 * large else 0


@njit(cache=True, nogil=True, _nrt=False)
def day(x, y):  # type: ignore[no-untyped-def]
    """As chance.day."""
    if x.start == 0 or y.start == 0:
        return 0
    if x.start == y.start:
        return min(x.day, y.day)
    return min(x.month, y.month) if abs(x.start - y.start) <= MONTH else 0


@njit(cache=True, nogil=True, _nrt=False)
def seen(x, y, shares):  # type: ignore[no-untyped-def]
    """How much two records may share but for words of their titles, weighed as chance.expected weighs it, or more."""
    told = shares[1] * money(x, y) + shares[2] * day(x, y)
    if x.places & y.places:
        told += shares[3] * min(x.place, y.place)
    if x.purposes & y.purposes:
        told += shares[4] * min(x.purpose, y.purpose)
    if x.doers & y.doers | x.reporter & y.doers | x.doers & y.reporter:
        told += shares[5] * max(x.doer, y.doer)
    return told


@njit(cache=True, nogil=True, _nrt=False)
def worth(lines, i, met, job):  # type: ignore[no-untyped-def]
    """Brings those of `met` to the front that are worth a closer look, in their order; answers how many they are.

    Job is (pool, how much each word of the title of i weighs, shares, least): what is shared must weigh that much.
    """
    pool, own, shares, least = job
    x = lines[i]
    many = 0
    for n in range(met.size):
        ahead(lines, np.int64(met[min(n + SOON, met.size - 1)]))
        y = lines[met[n]]
        told = seen(x, y, shares)
        stated = x.states | y.states | (x.numbers & y.numbers)
        if told < least and not stated:
            both = 0
            for p in range(y.title, y.title + y.words):
                both += own[pool[p]]
            told += shares[0] * both
        if told >= least or stated:
            met[many] = met[n]
            many += 1
    return many


@njit(cache=True, nogil=True, _nrt=False)
def weighed(rows, i, own, weights):  # type: ignore[no-untyped-def]
    """Writes down what each word of the title of i weighs; nothing, where there are no weights."""
    begin, end = in_pool(rows, i, at.TITLE)
    for p in range(begin, end):
        own[rows.pool[p]] = weights[rows.pool[p]] if weights.size else 0
