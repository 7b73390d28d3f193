"""Keys, compiled: the rules of adam/matching/keys.py as 64-bit hashes of a record's places, days, sums and bodies."""

from __future__ import annotations

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import in_marks, in_pool
from adam.matching.compiled.tokens import mixed

MOST = 400
PLACES, BODIES, WORDS, SECTORS = 5, 6, 3, 6
QUARTER, HALF_YEAR = 91, 182

# The order of keys.RULES; a bit of `rules` switches a rule on.
IDENTIFIER, TITLE, WORD_PAIRS, SAID_PAIRS, AMOUNT, TIME_MONEY, TIME_BODY, PLACE_WORD, MONEY_BODY = range(9)
TIME_MONEY_BODY, SECTOR_BODY, PLACE_DAY, CELL = range(9, 13)


@njit(cache=True, nogil=True, _nrt=False)
def hashed2(rule, a, b):  # type: ignore[no-untyped-def]
    """One key of a rule from two values."""
    first = mixed(np.uint64(rule + 1) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(a))
    return mixed(first + np.uint64(b))


@njit(cache=True, nogil=True, _nrt=False)
def hashed3(rule, a, b, c):  # type: ignore[no-untyped-def]
    """One key of a rule from three values."""
    return mixed(hashed2(rule, a, b) + np.uint64(c))


@njit(cache=True, nogil=True, _nrt=False)
def window(day, width):  # type: ignore[no-untyped-def]
    """The window of a day and the nearer neighbour of it."""
    step = day // width
    return step, step + 1 if (day % width) * 2 >= width else step - 1


@njit(cache=True, nogil=True, _nrt=False)
def some(rows, i, column, found):  # type: ignore[no-untyped-def]
    """Copies a list of the pool, as far as there is room; returns how many."""
    begin, end = in_pool(rows, i, column)
    end = min(end, begin + found.size)
    for p in range(begin, end):
        found[p - begin] = rows.pool[p]
    return end - begin


@njit(cache=True, nogil=True, _nrt=False)
def places(rows, i, found):  # type: ignore[no-untyped-def]
    """Up to five countries; a record without any stands nowhere, with all the others there."""
    many = some(rows, i, at.COUNTRIES, found)
    if not many:
        found[0] = -1
    return max(many, 1)


@njit(cache=True, nogil=True, _nrt=False)
def bodies(rows, home, i, found):  # type: ignore[no-untyped-def]
    """Up to six bodies in whatever role: those who implement first, then who reports, then who pays."""
    many = 0
    for column in (at.IMPLEMENTERS, at.REPORTER, at.FUNDERS):
        begin, end = in_pool(rows, i, column)
        for p in range(begin, end):
            body = home[rows.pool[p]]
            known = False
            for other in range(many):
                known = known or found[other] == body
            if not known and many < found.size:
                found[many] = body
                many += 1
    return many


@njit(cache=True, nogil=True, _nrt=False)
def pairs_of(rows, i, job, out):  # type: ignore[no-untyped-def]
    """Two of the three rarest words: job is (rule, column, how many keys stand in `out` already)."""
    rule, column, many = job
    begin, end = in_pool(rows, i, column)
    end = min(end, begin + WORDS)
    for p in range(begin, end):
        for q in range(p + 1, end):
            a, b = rows.pool[p], rows.pool[q]
            out[many] = hashed2(rule, min(a, b), max(a, b))
            many += 1
    return many


@njit(cache=True, nogil=True, _nrt=False)
def once(out, many):  # type: ignore[no-untyped-def]
    """Sorts the first keys, and keeps each once; returns how many stay. They are few: each is put where it belongs."""
    kept = 0
    for n in range(many):
        key, place = out[n], kept
        while place and out[place - 1] > key:
            place -= 1
        if place and out[place - 1] == key:
            continue
        for m in range(kept, place, -1):
            out[m] = out[m - 1]
        out[place] = key
        kept += 1
    return kept


@njit(cache=True, nogil=True, _nrt=False)
def anywhere(rows, i, rules, out):  # type: ignore[no-untyped-def]
    """Keys that ask for no country: identifiers, titles, rare words, amounts."""
    many = 0
    if rules >> IDENTIFIER & 1:
        for column in (at.IDENTIFIERS, at.BARE, at.STEMS, at.TARGETS):
            begin, end = in_marks(rows, i, column)
            for p in range(begin, min(end, begin + 12)):
                out[many] = hashed2(IDENTIFIER, rows.marks[p], 0)
                many += 1
        out[many] = hashed2(IDENTIFIER, rows.wide[i, at.IDENTITY], 0)
        many = once(out, many + 1)
    if rules >> TITLE & 1 and rows.wide[i, at.TITLE_KEY]:
        out[many] = hashed2(TITLE, rows.wide[i, at.TITLE_KEY], 0)
        many += 1
    if rules >> WORD_PAIRS & 1:
        many = pairs_of(rows, i, (WORD_PAIRS, at.RARE_WORDS, many), out)
    if rules >> SAID_PAIRS & 1:
        many = pairs_of(rows, i, (SAID_PAIRS, at.RARE_SAID, many), out)
    if rules >> AMOUNT & 1:
        own, usd, currency = rows.reals[i, at.OWN], rows.reals[i, at.USD], rows.ints[i, at.CURRENCY]
        if own:
            out[many] = hashed2(AMOUNT, np.int64(np.rint(own)), currency)
            many += 1
        if usd and currency != at.DOLLARS:
            out[many] = hashed2(AMOUNT, np.int64(np.rint(usd)), at.DOLLARS)
            many += 1
    return many


@njit(cache=True, nogil=True, _nrt=False)
def by_body(doers, quarters, sizes, job):  # type: ignore[no-untyped-def]
    """Keys of a body, a time and a sum, wherever: job is (out, how many stand in it already)."""
    out, many = job
    for doer in doers:
        for n in range(4):
            out[many] = hashed3(TIME_MONEY_BODY, quarters[n & 1], sizes[n >> 1], doer)
            many += 1
    return many


@njit(cache=True, nogil=True, _nrt=False)
def somewhere(rows, home, i, job):  # type: ignore[no-untyped-def]
    """Keys of places, days, sums, bodies and words: job is (rules, out, how many stand in it already, desk)."""
    rules, out, many, (countries, doers) = job
    where, who = places(rows, i, countries), bodies(rows, home, i, doers)
    start = rows.ints[i, at.START]
    quarters, halves = window(start, QUARTER), window(start, HALF_YEAR)
    sizes = (rows.ints[i, at.SIZE], rows.ints[i, at.NEAR_SIZE])
    (words, rarest), (sectors, purposes) = in_pool(rows, i, at.RARE_WORDS), in_pool(rows, i, at.SECTORS)
    rarest, purposes = min(rarest - words, WORDS), min(purposes - sectors, SECTORS)
    for p in range(where):
        place = countries[p]
        if rules >> PLACE_DAY & 1 and start:
            out[many] = hashed2(PLACE_DAY, place, start)
            many += 1
        if rules >> PLACE_WORD & 1:
            for n in range(rarest):
                out[many] = hashed2(PLACE_WORD, place, rows.pool[words + n])
                many += 1
        if rules >> TIME_MONEY & 1 and start and sizes[0]:
            for n in range(4):
                out[many] = hashed3(TIME_MONEY, place, quarters[n & 1], sizes[n >> 1])
                many += 1
        for b in range(who):
            if rules >> TIME_BODY & 1 and start:
                for n in range(2):
                    out[many] = hashed3(TIME_BODY, place, halves[n], doers[b])
                    many += 1
            if rules >> MONEY_BODY & 1 and sizes[0]:
                for n in range(2):
                    out[many] = hashed3(MONEY_BODY, place, sizes[n], doers[b])
                    many += 1
            if rules >> SECTOR_BODY & 1:
                for n in range(purposes):
                    out[many] = hashed3(SECTOR_BODY, place, rows.pool[sectors + n], doers[b])
                    many += 1
    if rules >> TIME_MONEY_BODY & 1 and start and sizes[0]:
        many = by_body(doers[:who], quarters, sizes, (out, many))
    return many


@njit(cache=True, nogil=True, _nrt=False)
def in_cells(rows, i, out, many):  # type: ignore[no-untyped-def]
    """Keys of a country and a pillar."""
    (begin, end), (first, last) = in_pool(rows, i, at.COUNTRIES), in_pool(rows, i, at.PILLARS)
    for p in range(begin, min(end, begin + 30)):
        for q in range(first, min(last, first + 4)):
            out[many] = hashed2(CELL, rows.pool[p], rows.pool[q])
            many += 1
    return many


@njit(cache=True, nogil=True, _nrt=False)
def every_key(rows, home, i, job):  # type: ignore[no-untyped-def]
    """All keys of a record into `out`, each once, as they come: job is (rules, out, desk); returns how many."""
    rules, out, desk = job
    many = anywhere(rows, i, rules, out)
    many = somewhere(rows, home, i, (rules, out, many, desk))
    if rules >> CELL & 1:
        many = in_cells(rows, i, out, many)
    return many


@njit(cache=True, nogil=True)
def keys_of(rows, home, i, job):  # type: ignore[no-untyped-def]
    """The same sorted: job is (rules, out)."""
    rules, out = job
    return once(out, every_key(rows, home, i, (rules, out, key_desk())))


@njit(cache=True, nogil=True)
def key_desk():  # type: ignore[no-untyped-def]
    """Room for the places and bodies of a record."""
    return np.empty(PLACES, np.int32), np.empty(BODIES, np.int32)


@njit(cache=True, nogil=True)
def splits(rows, home, i, out):  # type: ignore[no-untyped-def]
    """What a crowded bucket is split by: quarter of the start, step of the amount, bodies, rare words."""
    many = 0
    start = rows.ints[i, at.START]
    if start:
        for step in window(start, QUARTER):
            out[many] = hashed2(50, step, 0)
            many += 1
    if rows.ints[i, at.SIZE]:
        for column in (at.SIZE, at.NEAR_SIZE):
            out[many] = hashed2(51, rows.ints[i, column], 0)
            many += 1
    doers = np.empty(BODIES, np.int32)
    for b in range(bodies(rows, home, i, doers)):
        out[many] = hashed2(52, doers[b], 0)
        many += 1
    begin, end = in_pool(rows, i, at.RARE_WORDS)
    for p in range(begin, min(end, begin + WORDS)):
        out[many] = hashed2(53, rows.pool[p], 0)
        many += 1
    return many
