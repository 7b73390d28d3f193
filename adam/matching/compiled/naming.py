"""Naming, compiled: for all spellings of a set at once those that share most words: as names.Names.reach."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled.vocabulary import Lists, Numbering, listed
from adam.matching.names import Names

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def met(names, rare, holders, told):  # type: ignore[no-untyped-def]
    """For each spelling the numbers of those alike: told is (weights of words, weight that names a body)."""
    weights, telling = told
    n = names.at.size - 1
    stamp = np.full(n, -1, np.int32)
    at = np.zeros(n + 1, np.int64)
    found = np.empty(4 * n + 16, np.int32)
    used = 0
    for i in range(n):
        for r in range(rare.at[i], rare.at[i + 1]):
            word = rare.items[r]
            for h in range(holders.at[word], holders.at[word + 1]):
                j = holders.items[h]
                if stamp[j] == i:
                    continue
                stamp[j] = i
                if alike(names, i, j, (weights, telling)):
                    if used == found.size:
                        found = np.concatenate((found, np.empty_like(found)))
                    found[used] = j
                    used += 1
        at[i + 1] = used
    return at, found[:used]


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


def reach_all(names: Names) -> None:
    """Finds for every spelling those that mean its body, all at once."""
    if not names.spellings:
        return
    words = Numbering(names.counts)
    number = words.numbers
    own = listed([sorted(number[word] for word in each) for each in names.words])
    rare = listed([[number[word] for word in names.rarest(n)] for n in range(len(names.spellings))])
    holders = listed([sorted(names.by_word[word]) for word in words.texts])
    weights = np.array([names.weight((word,)) for word in words.texts], np.int64)
    at, found = met(own, Lists(*rare), holders, (weights, names.telling))
    for n, (low, high) in enumerate(zip(at.tolist(), at[1:].tolist(), strict=False)):
        names.reached[n] = frozenset(names.same(n).union(found[low:high].tolist()))
