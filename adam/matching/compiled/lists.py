"""Lists of rows, compiled: at the place of a list stands how long it is, then what it holds; place 0 has none."""

from __future__ import annotations

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at


@njit(cache=True, nogil=True, _nrt=False)
def in_pool(rows, i, column):  # type: ignore[no-untyped-def]
    """Where the items of a list in the pool begin and end."""
    begin = np.int64(rows.ints[i, column]) + 1
    return begin, begin + rows.pool[begin - 1]


@njit(cache=True, nogil=True, _nrt=False)
def in_marks(rows, i, column):  # type: ignore[no-untyped-def]
    """Where the items of a list in the marks begin and end."""
    begin = np.int64(rows.ints[i, column]) + 1
    return begin, begin + rows.marks[begin - 1]


@njit(cache=True, nogil=True, _nrt=False)
def many(rows, i, column):  # type: ignore[no-untyped-def]
    """How many items a list in the pool holds."""
    return np.int64(rows.pool[rows.ints[i, column]])


@njit(cache=True, nogil=True, _nrt=False)
def reached(pool, span, word):  # type: ignore[no-untyped-def]
    """The first place in a span of all words of a record that is not before a word, and whether it is that word."""
    place, last = span
    while place < last and pool[place] >> at.MARKS < word:
        place += 1
    return place, place < last and pool[place] >> at.MARKS == word


@njit(cache=True, nogil=True)
def placed(lists, used, sizes):  # type: ignore[no-untyped-def]
    """Lists with their lengths before them, which `sizes` says, and the place of each from `used` on."""
    many = lists.at.size - 1
    room = lists.at[many]
    for n in range(many):
        room += lists.at[n] < lists.at[n + 1]
    items, places = np.empty(room, lists.items.dtype), np.zeros(many, np.int32)
    to = 0
    for n in range(many):
        if lists.at[n] == lists.at[n + 1]:
            continue
        places[n], items[to] = used + to, sizes[n]
        to += 1
        for p in range(lists.at[n], lists.at[n + 1]):
            items[to] = lists.items[p]
            to += 1
    return items, places
