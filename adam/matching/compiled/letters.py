"""Letters, compiled: trigrams and forms of all plain words at once; of other words by ../spelling.py itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.tokens import PRIME, SEED, mixed
from adam.matching.compiled.vocabulary import MASK63, Lists, begins, formed, joined, spelled
from adam.matching.spelling import HEAD

Array = np.ndarray[Any, Any]
BLANK, STAR = np.uint8(32), np.uint8(42)
VOWELS = np.zeros(256, np.bool_)
VOWELS[[*b"aeiouy"]] = True
SHORT = np.uint64(33)


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
def with_sign(value, sign):  # type: ignore[no-untyped-def]
    """A hash with one more byte."""
    return (value ^ np.uint64(sign)) * PRIME


@njit(cache=True, nogil=True, _nrt=False)
def small(value):  # type: ignore[no-untyped-def]
    """A hash ended and made small: as vocabulary.small."""
    return np.int32(max(mixed(value) & np.uint64(MASK63), np.uint64(1)) >> SHORT)


@njit(cache=True, nogil=True, _nrt=False)
def put(found, begin, end, item):  # type: ignore[no-untyped-def]
    """Puts an item where it belongs among sorted ones; answers where these end then."""
    place = end
    while place > begin and found[place - 1] > item:
        place -= 1
    if place > begin and found[place - 1] == item:
        return end
    for n in range(end, place, -1):
        found[n] = found[n - 1]
    found[place] = item
    return end + 1


@njit(cache=True, nogil=True)
def threes(data, words):  # type: ignore[no-untyped-def]
    """Every three letters in a row of each word, blanks around it: where those of each end, and all of them."""
    found, at = np.empty(words[-1], np.int32), np.zeros(words.size, np.int64)
    for n in range(words.size - 1):
        low, high, used = words[n], words[n + 1], at[n]
        for p in range(low, high):
            value = with_sign(SEED, data[p - 1] if p > low else BLANK)
            value = with_sign(with_sign(value, data[p]), data[p + 1] if p + 1 < high else BLANK)
            used = put(found, at[n], used, small(value))
        at[n + 1] = used
    return at, found[: at[-1]].copy()


@njit(cache=True, nogil=True)
def heads_and_consonants(data, words):  # type: ignore[no-untyped-def]
    """The first letters of each word, and its consonants, where they are enough: as `threes`."""
    found, at = np.empty(2 * words.size, np.int32), np.zeros(words.size, np.int64)
    for n in range(words.size - 1):
        low, high, used = words[n], words[n + 1], at[n]
        head, bare, many = SEED, with_sign(SEED, STAR), 0
        for p in range(low, high):
            if p < low + HEAD:
                head = with_sign(head, data[p])
            if not VOWELS[data[p]]:
                bare = with_sign(bare, data[p])
                many += 1
        if high - low >= HEAD:
            used = put(found, at[n], used, small(head))
            if many >= HEAD:
                used = put(found, at[n], used, small(bare))
        at[n + 1] = used
    return at, found[: at[-1]].copy()


def spelled_all(words: Sequence[str]) -> Lists:
    """The trigrams of each word as small hashes."""
    return each(words, threes, spelled)


def formed_all(words: Sequence[str]) -> Lists:
    """The forms of each word as small hashes."""
    return each(words, heads_and_consonants, formed)


def each(words: Sequence[str], kernel: Any, slowly: Callable[[str], list[int]]) -> Lists:
    """What a kernel finds in plain words, and a function in all others."""
    plain = np.fromiter(map(str.isascii, words), np.bool_, len(words))
    at, items = kernel(*joined([word if word.isascii() else "" for word in words]))
    others = [slowly(word) for word in words if not word.isascii()]
    sizes = np.diff(at)
    sizes[~plain] = np.diff(begins(others))
    whole = np.zeros(len(words) + 1, np.int64)
    np.cumsum(sizes, out=whole[1:])
    found = np.empty(int(whole[-1]), np.int32)
    kept = np.repeat(plain, sizes)
    found[kept], found[~kept] = items, list(chain.from_iterable(others))
    return Lists(whole, found)
