"""Naming, compiled: for all spellings of a set at once those that mean the same body: as names.Names.reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.gathering import rarest
from adam.matching.compiled.vocabulary import Lists, begins
from adam.matching.names import CROWD, RAREST, Names

Array = np.ndarray[Any, Any]


class Held(NamedTuple):
    """Labels or words in numbers: the sorted ones of each spelling, and the spellings that have each."""

    own: Lists
    holders: Lists


@njit(cache=True, nogil=True)
def reached(labels, words, rare, bar):  # type: ignore[no-untyped-def]
    """For each spelling the numbers of those with a label or most words of it, sorted: rare words lead to them."""
    n = words.own.at.size - 1
    stamp = np.full(n, -1, np.int32)
    at = np.zeros(n + 1, np.int64)
    found = np.empty(4 * n + 16, np.int32)
    used = 0
    for i in range(n):
        begin = used
        while found.size < used + n:
            found = np.concatenate((found, np.empty_like(found)))
        stamp[i], found[used] = i, i
        used += 1
        for p in range(labels.own.at[i], labels.own.at[i + 1]):
            label = labels.own.items[p]
            for h in range(labels.holders.at[label], labels.holders.at[label + 1]):
                j = labels.holders.items[h]
                if stamp[j] != i:
                    stamp[j], found[used] = i, j
                    used += 1
        for p in range(rare.at[i], rare.at[i + 1]):
            word = rare.items[p]
            for h in range(words.holders.at[word], words.holders.at[word + 1]):
                j = words.holders.items[h]
                if stamp[j] != i and alike(words.own, i, j, bar):
                    found[used] = j
                    used += 1
                stamp[j] = i
        found[begin:used].sort()
        at[i + 1] = used
    return at, found[:used].copy()


@njit(cache=True, nogil=True)
def alike(names, i, j, bar):  # type: ignore[no-untyped-def]
    """As names.Names._alike: bar is (the weight of each word, what shared ones must weigh)."""
    weights, telling = bar
    p, end, q, last = names.at[i], names.at[i + 1], names.at[j], names.at[j + 1]
    shared = total = both = 0
    many, others = end - p, last - q
    while p < end or q < last:
        if q == last or p < end and names.items[p] < names.items[q]:
            total += weights[names.items[p]]
            p += 1
        elif p == end or names.items[q] < names.items[p]:
            total += weights[names.items[q]]
            q += 1
        else:
            shared += weights[names.items[p]]
            total += weights[names.items[p]]
            both += 1
            p += 1
            q += 1
    if shared <= 0:
        return False
    return 10 * shared >= 7 * total or (both == many or both == others) and shared >= telling


def reach_all(names: Names) -> Lists:
    """Finds for every spelling those that mean its body, all at once; they are kept in the names too."""
    texts = sorted(names.counts)
    labels, words = held(names.labels, set(chain.from_iterable(names.labels))), held(names.words, texts)
    counts = np.diff(words.holders.at)
    weights = np.array([names.weight((word,)) for word in texts], np.int64)
    at, found = reached(labels, words, searched(words.own, counts), (weights, names.telling))
    # Spellings that mean one body share what they reach, and each number is one object: half of all names' memory.
    numbers, known = list(range(len(names.spellings))), dict[frozenset[int], frozenset[int]]()
    items, bounds = list(map(numbers.__getitem__, found.tolist())), at.tolist()
    for n in numbers:
        reach = frozenset(items[bounds[n] : bounds[n + 1]])
        names.reached[n] = known.setdefault(reach, reach)
    return Lists(at, found)


def held(found: Sequence[Collection[str]], texts: Iterable[str]) -> Held:
    """The labels or words of each spelling, numbered in the order of the texts."""
    number = {text: n for n, text in enumerate(texts)}
    at = begins(found)
    items = np.fromiter(map(number.__getitem__, chain.from_iterable(found)), np.int64, int(at[-1]))
    which = np.repeat(np.arange(len(found)), np.diff(at))
    holders = which[np.argsort(items, kind="stable")].astype(np.int32)
    many = np.zeros(len(number) + 1, np.int64)
    np.cumsum(np.bincount(items, minlength=len(number)), out=many[1:])
    own = np.sort(which * len(number) + items) % max(len(number), 1)
    return Held(Lists(at, own.astype(np.int32)), Lists(many, holders))


def searched(words: Lists, counts: Array) -> Lists:
    """The rarest words of each spelling, by which those alike are looked for: as names.Names.rarest."""
    found, many = rarest(words, -counts, RAREST)
    taken = (np.arange(RAREST) < many[:, None]) & (counts[found] < CROWD if len(counts) else False)
    at = np.zeros(len(many) + 1, np.int64)
    np.cumsum(taken.sum(axis=1), out=at[1:])
    return Lists(at, found[taken])
