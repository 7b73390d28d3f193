"""Gathering, compiled: lists of each record from the lists of its pieces or words."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.bits import ones
from adam.matching.compiled.pieces import BETWEEN, COUNTS, MONEY, ROMAN
from adam.matching.compiled.vocabulary import Lists

Array = np.ndarray[Any, Any]
ONE, SIX, LOW = np.uint64(1), np.uint64(6), np.uint64(63)


@njit(cache=True, nogil=True)
def united(lists, parts, span):  # type: ignore[no-untyped-def]
    """Each list replaced by the distinct items of its items' own lists, sorted."""
    low, high = span
    sizes = np.zeros(high - low + 1, np.int64)
    found = np.empty(4096, parts.items.dtype)
    used = 0
    for n in range(low, high):
        begin = used
        for p in range(lists.at[n], lists.at[n + 1]):
            item = lists.items[p]
            many = parts.at[item + 1] - parts.at[item]
            while used + many > found.size:
                found = np.concatenate((found, np.empty_like(found)))
            found[used : used + many] = parts.items[parts.at[item] : parts.at[item + 1]]
            used += many
        found[begin:used].sort()
        kept = begin
        for p in range(begin, used):
            if kept == begin or found[kept - 1] != found[p]:
                found[kept] = found[p]
                kept += 1
        used = kept
        sizes[n - low + 1] = used
    return sizes, found[:used].copy()


class Ranked(NamedTuple):
    """Lists of items by their ranks among all distinct items, which are the values."""

    at: Array
    items: Array
    values: Array


def ranked(lists: Lists) -> Ranked:
    """Lists with their items ranked."""
    values, ranks = np.unique(lists.items, return_inverse=True)
    return Ranked(lists.at, ranks.astype(np.int32), values)


@njit(cache=True, nogil=True, _nrt=False)
def marked(lists, parts, n, masks):  # type: ignore[no-untyped-def]
    """Sets the bit of each item of the lists that list n holds, and of the word of 64 bits in which it stands."""
    bits, words = masks
    for p in range(lists.at[n], lists.at[n + 1]):
        item = lists.items[p]
        for q in range(parts.at[item], parts.at[item + 1]):
            rank = np.uint64(parts.items[q])
            bits[rank >> SIX] |= ONE << (rank & LOW)
            words[rank >> SIX >> SIX] |= ONE << (rank >> SIX & LOW)


@njit(cache=True, nogil=True, _nrt=False)
def unmarked(masks, values, found, used):  # type: ignore[no-untyped-def]
    """Writes down the items whose bits are set, in their order, and clears these; answers how many stand there then."""
    bits, words = masks
    for n in range(np.uint64(words.size)):
        while words[n]:
            word = n << SIX | np.uint64(ones((words[n] & (~words[n] + ONE)) - ONE))
            words[n] &= words[n] - ONE
            while bits[word]:
                rank = word << SIX | np.uint64(ones((bits[word] & (~bits[word] + ONE)) - ONE))
                bits[word] &= bits[word] - ONE
                found[used] = values[rank]
                used += 1
    return used


@njit(cache=True, nogil=True)
def united_by_rank(lists, parts, span):  # type: ignore[no-untyped-def]
    """As `united`, of ranked parts: items come out in order without being sorted."""
    low, high = span
    sizes = np.zeros(high - low + 1, np.int64)
    many = parts.values.size
    masks = np.zeros(many // 64 + 1, np.uint64), np.zeros(many // 4096 + 1, np.uint64)
    most = 0
    for p in range(lists.at[low], lists.at[high]):
        most += parts.at[lists.items[p] + 1] - parts.at[lists.items[p]]
    found = np.empty(most, parts.values.dtype)
    used = 0
    for n in range(low, high):
        marked(lists, parts, n, masks)
        used = unmarked(masks, parts.values, found, used)
        sizes[n - low + 1] = used
    return sizes, found[:used].copy()


@njit(cache=True, nogil=True)
def signed(lists, found):  # type: ignore[no-untyped-def]
    """A bit of 63 for each item of each list: as rows.bits."""
    for n in range(found.size):
        found[n] = 0
        for p in range(lists.at[n], lists.at[n + 1]):
            found[n] |= np.int64(1) << np.int64(lists.items[p] % 63)


@njit(cache=True, nogil=True)
def merged(titles, said, weights, span):  # type: ignore[no-untyped-def]
    """Words of title and description together with their weights after them, and the length of the weights.

    A word of the title has its weight there: weights is (in titles, in descriptions).
    """
    low, high = span
    in_titles, in_said = weights
    total = titles.at[high] - titles.at[low] + said.at[high] - said.at[low]
    pool = np.empty(2 * total + 1, np.int32)
    at, many = np.zeros(high - low, np.int64), np.zeros(high - low, np.int32)
    lengths = np.zeros(high - low, np.float64)
    used = 0
    for n in range(low, high):
        p, end, q, last = titles.at[n], titles.at[n + 1], said.at[n], said.at[n + 1]
        begin = used
        squares = np.int64(0)
        while p < end or q < last:
            if p < end and (q == last or titles.items[p] <= said.items[q]):
                word = titles.items[p]
                q += q < last and said.items[q] == word
                p += 1
                weight = in_titles[word]
            else:
                word = said.items[q]
                q += 1
                weight = in_said[word]
            pool[used] = word
            squares += np.int64(weight) * np.int64(weight)
            used += 1
        count = used - begin
        p = titles.at[n]
        for m in range(count):
            word = pool[begin + m]
            while p < end and titles.items[p] < word:
                p += 1
            pool[used + m] = in_titles[word] if p < end and titles.items[p] == word else in_said[word]
        used += count
        at[n - low], many[n - low] = begin, count
        lengths[n - low] = np.sqrt(np.float64(squares))
    return at, many, lengths, pool[:used].copy()


@njit(cache=True, nogil=True)
def rarest(lists, weights, most):  # type: ignore[no-untyped-def]
    """The rarest words of each list, rarest first, at most so many; ties by number."""
    n = lists.at.size - 1
    found, many = np.zeros((n, most), np.int32), np.zeros(n, np.int32)
    for i in range(n):
        for p in range(lists.at[i], lists.at[i + 1]):
            word = lists.items[p]
            place = many[i]
            while place > 0 and weights[found[i, place - 1]] < weights[word]:
                place -= 1
            if place == most:
                continue
            many[i] = min(many[i] + 1, most)
            for m in range(many[i] - 1, place, -1):
                found[i, m] = found[i, m - 1]
            found[i, place] = word
    return found, many


@njit(cache=True, nogil=True)
def counted(pieces, counting, masks, last):  # type: ignore[no-untyped-def]
    """Phases and parts of each title as bits of `masks` (phases, then parts); the highest phase into `last`.

    Answers which titles may speak of additional financing.
    """
    more = np.zeros(pieces.at.size - 1, np.bool_)
    for n in range(pieces.at.size - 1):
        before, any_phase = 0, False
        for p in range(pieces.at[n], pieces.at[n + 1]):
            piece = pieces.numbers[p]
            for c in range(counting.at[piece], counting.at[piece + 1]):
                word = counting.items[c]
                number = (word & 0xFFF) - 1
                if number < 0 and before and word >> ROMAN & 15:
                    number = word >> ROMAN & 15
                if number >= 0:
                    place = 2 if before == 2 else 0
                    if place == 2 or number != 19:
                        masks[n, place + number // at.BITS] |= np.int64(1) << np.int64(number % at.BITS)
                        if place == 0:
                            last[n] = max(last[n], number) if any_phase else number
                            any_phase = True
                more[n] |= word >> MONEY & 1
                if not word >> BETWEEN & 1:
                    before = word >> COUNTS & 3
    return more


@njit(cache=True, nogil=True)
def dated(pieces, years, masks, last):  # type: ignore[no-untyped-def]
    """The years of each title as bits, and the latest."""
    for n in range(pieces.at.size - 1):
        for p in range(pieces.at[n], pieces.at[n + 1]):
            piece = pieces.numbers[p]
            for y in range(years.at[piece], years.at[piece + 1]):
                bit = years.items[y]
                masks[n, bit // at.BITS] |= np.int64(1) << np.int64(bit % at.BITS)
                last[n] = max(last[n], bit + at.FIRST_YEAR)


@njit(cache=True, nogil=True)
def united_two(left, right):  # type: ignore[no-untyped-def]
    """The distinct items of two lists of each record, sorted."""
    n = left.at.size - 1
    sizes = np.zeros(n + 1, np.int64)
    found = np.empty(left.items.size + right.items.size, left.items.dtype)
    used = 0
    for i in range(n):
        p, end, q, last = left.at[i], left.at[i + 1], right.at[i], right.at[i + 1]
        while p < end or q < last:
            if p < end and (q == last or left.items[p] <= right.items[q]):
                found[used] = left.items[p]
                q += q < last and right.items[q] == left.items[p]
                p += 1
            else:
                found[used] = right.items[q]
                q += 1
            used += 1
        sizes[i + 1] = used
    return sizes, found[:used].copy()


def joined(left: Lists, right: Lists) -> Lists:
    """The items of two lists of each record together."""
    return Lists(*united_two(left, right))
