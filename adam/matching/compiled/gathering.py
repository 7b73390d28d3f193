"""Gathering, compiled: lists of each record from the lists of its pieces or words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.layout import IN_SAID, IN_TITLE, MARKS
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


@njit(cache=True, nogil=True)
def spelt(titles, letters, rows, span):  # type: ignore[no-untyped-def]
    """How many trigrams the words of each title have, and a bit of 63 for each, as rows.bits: rows are (many, bits)."""
    many, bits = rows
    seen = np.zeros(letters.values.size // 64 + 1, np.uint64)
    for n in range(span[0], span[1]):
        found, sign = 0, np.int64(0)
        for p in range(titles.at[n], titles.at[n + 1]):
            for q in range(letters.at[titles.items[p]], letters.at[titles.items[p] + 1]):
                rank = np.uint64(letters.items[q])
                bit = ONE << (rank & LOW)
                if not seen[rank >> SIX] & bit:
                    seen[rank >> SIX] |= bit
                    sign |= np.int64(1) << np.int64(letters.values[rank] % 63)
                    found += 1
        many[n], bits[n] = found, sign
        for p in range(titles.at[n], titles.at[n + 1]):
            for q in range(letters.at[titles.items[p]], letters.at[titles.items[p] + 1]):
                seen[np.uint64(letters.items[q]) >> SIX] = 0


@njit(cache=True, nogil=True)
def merged(titles, said, weights, span):  # type: ignore[no-untyped-def]
    """Words of title and description together, each marked with where it stands, and the length of their weights.

    A word of the title has its weight there: weights is (in titles, in descriptions).
    """
    low, high = span
    in_titles, in_said = weights
    total = titles.at[high] - titles.at[low] + said.at[high] - said.at[low]
    items = np.empty(total, np.int32)
    at, lengths = np.zeros(high - low + 1, np.int64), np.zeros(high - low, np.float64)
    used = 0
    for n in range(low, high):
        p, end, q, last = titles.at[n], titles.at[n + 1], said.at[n], said.at[n + 1]
        squares = np.int64(0)
        while p < end or q < last:
            if p < end and (q == last or titles.items[p] <= said.items[q]):
                word, mark = titles.items[p], IN_TITLE
                if q < last and said.items[q] == word:
                    mark |= IN_SAID
                    q += 1
                p += 1
                weight = in_titles[word]
            else:
                word, mark = said.items[q], IN_SAID
                q += 1
                weight = in_said[word]
            items[used] = word << MARKS | mark
            squares += np.int64(weight) * np.int64(weight)
            used += 1
        at[n - low + 1] = used
        lengths[n - low] = np.sqrt(np.float64(squares))
    return at, lengths, items[:used].copy()


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


def either(lists: Lists, masks: Array) -> Array:
    """For each list the bits of any of its items."""
    found = np.zeros((len(lists.at) - 1, masks.shape[1]), np.int64)
    np.bitwise_or.at(found, np.repeat(np.arange(len(found)), np.diff(lists.at)), masks[lists.items])
    return found
