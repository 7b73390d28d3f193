"""Texts of a set: the distinct words of every title and description, how many records hold each, keys and totals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.tokens import Pieces, mixed
from adam.matching.compiled.vocabulary import Lists

Array = np.ndarray[Any, Any]


class Rules(NamedTuple):
    """What of a text is kept: at most so many distinct words, none that carries one of these flags."""

    most: int
    without: int


@njit(cache=True, nogil=True)
def gathered(pieces, piece_words, flags, job):  # type: ignore[no-untyped-def]
    """The distinct words of the texts low to high, sorted: job is (low, high, most, without)."""
    low, high, most, without = job
    stamp = np.full(flags.size, -1, np.int64)
    at = np.zeros(high - low + 1, np.int64)
    found = np.empty(1024, np.int32)
    used = 0
    for n in range(low, high):
        begin = used
        for p in range(pieces.at[n], pieces.at[n + 1]):
            piece = pieces.numbers[p]
            for w in range(piece_words.at[piece], piece_words.at[piece + 1]):
                word = piece_words.items[w]
                if stamp[word] != n and not flags[word] & without and used - begin < most:
                    stamp[word] = n
                    if used == found.size:
                        found = np.concatenate((found, np.empty_like(found)))
                    found[used] = word
                    used += 1
        found[begin:used].sort()
        at[n - low + 1] = used
    return at, found[:used].copy()


def spans(n: int, workers: int) -> list[tuple[int, int]]:
    """The numbers to n cut into as many spans as there are workers."""
    bounds = [n * part // workers for part in range(workers + 1)]
    return list(zip(bounds, bounds[1:], strict=False))


def distinct_words(pieces: Pieces, piece_words: Lists, told: tuple[Array, Rules], workers: int) -> Lists:
    """The distinct words of every text, sorted by their numbers; told are flags of words, and the rules they follow."""
    flags, rules = told
    jobs = [(low, high, *rules) for low, high in spans(len(pieces.at) - 1, workers)]
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(lambda job: gathered(pieces, piece_words, flags, job), jobs))
    sizes = np.concatenate([np.diff(at) for at, _ in parts])
    at = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=at[1:])
    return Lists(at, np.concatenate([items for _, items in parts]))


@njit(cache=True, nogil=True)
def keyed(lists, hashes):  # type: ignore[no-untyped-def]
    """One hash for each list, whatever the order; 0 for an empty one."""
    keys = np.zeros(lists.at.size - 1, np.int64)
    for n in range(keys.size):
        value = np.uint64(0)
        for p in range(lists.at[n], lists.at[n + 1]):
            value += mixed(np.uint64(hashes[lists.items[p]]))
        if lists.at[n] < lists.at[n + 1]:
            keys[n] = np.int64((mixed(value) >> np.uint64(1)) | np.uint64(1))
    return keys


@njit(cache=True, nogil=True)
def summed(lists, weights):  # type: ignore[no-untyped-def]
    """The sum of the weights of each list."""
    found = np.zeros(lists.at.size - 1, np.int32)
    for n in range(found.size):
        for p in range(lists.at[n], lists.at[n + 1]):
            found[n] += weights[lists.items[p]]
    return found


@njit(cache=True, nogil=True)
def carriers(keys):  # type: ignore[no-untyped-def]
    """For each key how many records carry it."""
    size = 2
    while size < 2 * keys.size:
        size *= 2
    held, many = np.zeros(size, np.int64), np.zeros(size, np.int32)
    place = np.empty(keys.size, np.int64)
    for n in range(keys.size):
        at = mixed(np.uint64(keys[n])) & np.uint64(size - 1)
        while many[at] and held[at] != keys[n]:
            at = (at + np.uint64(1)) & np.uint64(size - 1)
        held[at] = keys[n]
        many[at] += 1
        place[n] = at
    found = np.empty(keys.size, np.int32)
    for n in range(keys.size):
        found[n] = many[place[n]]
    return found


def carried(lists: Lists, many: int) -> Array:
    """For each number how many lists hold it."""
    return np.bincount(lists.items, minlength=many).astype(np.int64)


def threaded(kernel: Any, lists: Lists, parts: Lists, workers: int) -> Lists:
    """A kernel over all lists, in spans, each in a thread of its own."""
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda span: kernel(lists, parts, span), spans(len(lists.at) - 1, workers)))
    sizes = np.concatenate([np.diff(at) for at, _ in found])
    at = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=at[1:])
    return Lists(at, np.concatenate([items for _, items in found]))
