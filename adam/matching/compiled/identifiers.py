"""Identifiers, compiled: who gave each, under which number, for which year: as ../numbering.py, for all at once.

What is not plain ASCII is left to numbering.py itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching import numbering
from adam.matching.compiled import layout as at
from adam.matching.compiled.rows import mask
from adam.matching.compiled.tokens import PRIME, SEED, mixed
from adam.matching.compiled.vocabulary import MASK63, Lists, hashed, in_lower_case, joined

Array = np.ndarray[Any, Any]
COLON, DASH, SLASH, NOUGHT, NINE = 58, 45, 47, 48, 57
XM, DAC = (120, 109), (100, 97, 99)
LONG, FIGURES, YEAR = 5, 4, 4


class Identified(NamedTuple):
    """Of each identifier the hashes of it, of it without its scheme, of its owner and its stem (0: none); its years."""

    whole: Array
    bare: Array
    owner: Array
    stem: Array
    years: Array


@njit(cache=True, nogil=True)
def hashed_span(data, begin, end):  # type: ignore[no-untyped-def]
    """The hash of some bytes, before its bits are spread."""
    value = SEED
    for p in range(begin, end):
        value = (value ^ np.uint64(data[p])) * PRIME
    return value


@njit(cache=True, nogil=True)
def spread(value):  # type: ignore[no-untyped-def]
    """As vocabulary.hashed ends it."""
    return np.int64(max(mixed(value) & np.uint64(MASK63), np.uint64(1)))


@njit(cache=True, nogil=True)
def figure(sign):  # type: ignore[no-untyped-def]
    """Whether a byte is a figure."""
    return NOUGHT <= sign <= NINE


@njit(cache=True, nogil=True)
def cuts(sign):  # type: ignore[no-untyped-def]
    """Whether parts of an identifier end here: at - / : _ . and blanks."""
    return sign in (DASH, SLASH, COLON, 95, 46) or 9 <= sign <= 13 or 28 <= sign <= 32


@njit(cache=True, nogil=True)
def part_end(data, begin, end):  # type: ignore[no-untyped-def]
    """Where the part that begins here ends: at a dash, or with the identifier."""
    while begin < end and data[begin] != DASH:
        begin += 1
    return begin


@njit(cache=True, nogil=True)
def all_figures(data, begin, end):  # type: ignore[no-untyped-def]
    """Whether a part has figures only."""
    for p in range(begin, end):
        if not figure(data[p]):
            return False
    return begin < end


@njit(cache=True, nogil=True)
def spelt(data, begin, end, word):  # type: ignore[no-untyped-def]
    """Whether a part is this word."""
    if end - begin != len(word):
        return False
    for n in range(len(word)):
        if data[begin + n] != word[n]:
            return False
    return True


@njit(cache=True, nogil=True)
def owner_end(data, begin, end):  # type: ignore[no-untyped-def]
    """Where the parts that name the owner end: as numbering.owner, after the scheme."""
    first = part_end(data, begin, end)
    if all_figures(data, begin, first) or first == end:
        return first
    second = part_end(data, first + 1, end)
    if second == end or all_figures(data, first + 1, second):
        return second
    third = part_end(data, second + 1, end)
    for p in range(second + 1, third):
        if data[p] == SLASH:
            return second
    known = spelt(data, begin, first, XM) and spelt(data, first + 1, second, DAC)
    return third if third < end or known else second


@njit(cache=True, nogil=True)
def stem_end(data, begin, end):  # type: ignore[no-untyped-def]
    """Where the number of the undertaking ends, as numbering.stem has it; 0 without any."""
    p = begin
    while p < end:
        if cuts(data[p]):
            p += 1
            continue
        first, figures = p, 0
        while p < end and not cuts(data[p]):
            figures += figure(data[p])
            p += 1
        if p - first >= LONG and figures >= FIGURES:
            return p
    return 0


@njit(cache=True, nogil=True)
def dated(data, begin, end, years):  # type: ignore[no-untyped-def]
    """Writes down the years that stand as a part of their own, as bits."""
    p = begin
    while p < end:
        first = p
        while p < end and not cuts(data[p]):
            p += 1
        if p - first == YEAR and all_figures(data, first, p):
            year = 0
            for n in range(first, p):
                year = 10 * year + data[n] - NOUGHT
            bit = year - at.FIRST_YEAR
            if 0 <= bit < 100:
                years[bit // at.BITS] |= np.int64(1) << np.int64(bit % at.BITS)
        p += 1


@njit(cache=True, nogil=True)
def read(data, bounds, found):  # type: ignore[no-untyped-def]
    """Reads identifiers in small letters."""
    for n in range(bounds.size - 1):
        begin, end = bounds[n], bounds[n + 1]
        scheme = begin
        while scheme < end and data[scheme] != COLON:
            scheme += 1
        found.whole[n] = spread(hashed_span(data, begin, end))
        dated(data, begin, end, found.years[n])
        if scheme == end:
            found.bare[n] = found.whole[n]
            found.owner[n] = spread((hashed_span(data, begin, end) ^ np.uint64(COLON)) * PRIME)
            continue
        owner = owner_end(data, scheme + 1, end)
        found.bare[n] = spread(hashed_span(data, scheme + 1, end))
        found.owner[n] = spread(hashed_span(data, begin, owner))
        stem = stem_end(data, owner, end)
        if stem:
            found.stem[n] = spread(hashed_span(data, begin, stem))


def identified(texts: Sequence[str]) -> Identified:
    """What the form of each identifier says."""
    folded = in_lower_case(texts)
    many = len(folded)
    whole, bare, owner, stem = (np.zeros(many, np.int64) for _ in range(4))
    found = Identified(whole, bare, owner, stem, np.zeros((many, 2), np.int64))
    read(*joined(folded), found)
    if not "".join(folded).isascii():
        for n, text in enumerate(folded):
            if not text.isascii():
                number = numbering.stem(text)
                found.owner[n] = hashed(numbering.owner(text))
                found.stem[n] = hashed(number) if number else 0
                found.years[n] = mask(year - at.FIRST_YEAR for year in numbering.years([text]))
    return found


@njit(cache=True, nogil=True)
def latest(years):  # type: ignore[no-untyped-def]
    """The latest of some years given as bits; 0 for none."""
    found = np.zeros(years.shape[0], np.int32)
    for n in range(found.size):
        for bit in range(2 * at.BITS - 1, -1, -1):
            if years[n, bit // at.BITS] >> np.int64(bit % at.BITS) & 1:
                found[n] = bit + at.FIRST_YEAR
                break
    return found


def given(items: Array, which: Array) -> Lists:
    """A list of one item where `which` says so, of none elsewhere."""
    begins = np.zeros(len(items) + 1, np.int64)
    np.cumsum(which, out=begins[1:])
    return Lists(begins, items[which])


def columns(found: Identified, few: Array) -> dict[int, Lists]:
    """What of each identifier goes into which list; `few` says which ones may name a project."""
    everyone = np.ones(len(few), bool)
    both = np.stack((found.whole, found.bare), axis=1).ravel()
    return {
        at.IDENTIFIERS: given(found.whole, few),
        at.BARE: given(found.bare, few),
        at.FRAMEWORKS: given(found.whole, ~few),
        at.KNOWN: Lists(np.arange(len(few) + 1) * 2, both),
        at.OWNERS: given(found.owner, everyone),
        at.STEMS: given(found.stem, found.stem != 0),
    }
