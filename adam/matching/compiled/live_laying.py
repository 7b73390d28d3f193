"""One record laid out, compiled: the row that rows.Writer makes of a profile, made of a draft in numbers."""

from __future__ import annotations

from math import log
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.gathering import merged, rarest, spelt
from adam.matching.compiled.layout import Rows
from adam.matching.compiled.letters import Ranked
from adam.matching.compiled.rows import RAREST
from adam.matching.compiled.texts import keyed, summed
from adam.matching.compiled.tokens import hashed_bytes
from adam.matching.compiled.vocabulary import MASK63, Lists
from adam.matching.rarity import EXACT, MONTH, NEAR, SCALE, UNSEEN

Array = np.ndarray[Any, Any]
SORTED = tuple(column for name, column in at.MARKED.items() if name != "targets")

LAID = (at.RARE_WORDS, at.RARE_SAID, at.WORDS)
"""The lists that are made of words, in their order."""


class Draft(NamedTuple):
    """A record in numbers: of its row what Python reads, and all else that a row is made of.

    `numbers` are those of the row, its masks, and then as many as `parts` says: the kinds of stated relations, how many
    marks each list has, where each text that is hashed begins, the words of the description by the alphabet; the rest
    is the pool, in which words of the title stand by the alphabet, and of signatures there is only the place. `texts`
    are the bytes of what is hashed, the record's id first, `amounts` its own and in dollars, `sums` those of the set in
    its currency.
    """

    numbers: Array
    parts: tuple[int, int, int, int]
    texts: Array
    amounts: tuple[float, float]
    sums: Array


class Spelt(NamedTuple):
    """For each word its hash, and for each trigram its small hash."""

    hashes: Array
    trigrams: Array


class Measures(NamedTuple):
    """What tells how rare a value is: keys of texts and how many carry each, sums, starts, the size of the set."""

    titles: Array
    titles_many: Array
    descriptions: Array
    descriptions_many: Array
    amounts: Array
    starts: Array
    size: int


@njit(cache=True, nogil=True)
def listed(ints, column, pool):  # type: ignore[no-untyped-def]
    """A list of the only row, as the kernels for many rows take it."""
    begin = np.int64(ints[0, column]) + 1
    return Lists(np.array([begin, begin + pool[begin - 1]]), pool)


@njit(cache=True, nogil=True)
def told(seen, size):  # type: ignore[no-untyped-def]
    """As rarity.rarity."""
    return max(0, round(SCALE * log((size + UNSEEN) / (seen + 1))))


@njit(cache=True, nogil=True)
def within(ordered, low, high):  # type: ignore[no-untyped-def]
    """As rarity.Rarity.within."""
    return np.searchsorted(ordered, high, "right") - np.searchsorted(ordered, low)


@njit(cache=True, nogil=True)
def carriers(keys, many, key):  # type: ignore[no-untyped-def]
    """How many records of the set carry the text of a key."""
    place = np.searchsorted(keys, key)
    return many[place] if place < keys.size and keys[place] == key else 0


@njit(cache=True, nogil=True)
def measure_values(row, sums, measures):  # type: ignore[no-untyped-def]
    """How rare amount and start are: as rarity.Rarity.of."""
    ints, reals = row
    own, money, day = reals[0, at.OWN], abs(reals[0, at.USD]), ints[0, at.START]
    same = within(measures.amounts, money * (1 - EXACT), money * (1 + EXACT)) if money else 0
    if own:
        same = max(same, within(sums, own, own))
        ints[0, at.RARE_AMOUNT] = told(same, measures.size)
    if money:
        near = within(measures.amounts, money * (1 - NEAR), money * (1 + NEAR))
        ints[0, at.RARE_NEAR] = told(near, measures.size)
    if day:
        ints[0, at.RARE_DAY] = told(within(measures.starts, day, day), measures.size)
        month = within(measures.starts, day - MONTH, day + MONTH)
        ints[0, at.RARE_MONTH] = told(month, measures.size)


@njit(cache=True, nogil=True)
def measure_texts(row, texts, known):  # type: ignore[no-untyped-def]
    """What the words of title and description weigh, their keys, and how many records carry them."""
    (ints, wide), (title, said), (shelf, spelt, measures) = row, texts, known
    wide[0, at.TITLE_KEY] = keyed(title, spelt.hashes)[0]
    wide[0, at.DESCRIPTION_KEY] = keyed(said, spelt.hashes)[0]
    ints[0, at.TITLE_TOTAL] = summed(title, shelf.title_weights)[0]
    ints[0, at.DESCRIPTION_TOTAL] = summed(said, shelf.said_weights)[0]
    many = carriers(measures.titles, measures.titles_many, wide[0, at.TITLE_KEY])
    ints[0, at.TITLE_CARRIERS] = many
    ints[0, at.TITLE_BAR] = round(1600 * log(2 * many + 400))
    ints[0, at.DESCRIPTION_CARRIERS] = carriers(
        measures.descriptions, measures.descriptions_many, wide[0, at.DESCRIPTION_KEY]
    )


@njit(cache=True, nogil=True)
def marks_of(row, texts, job):  # type: ignore[no-untyped-def]
    """The hashes of some texts, each list sorted, its length before it, and last the kinds of relations.

    Row is (ints, wide); job is (where each text begins, how many are in each list, kinds).
    """
    (ints, wide), (begins, sizes, kinds) = row, job
    whole = hashed_bytes(texts, begins) & np.uint64(MASK63)
    hashed = np.maximum(whole, np.uint64(1)).view(np.int64)
    wide[0, at.IDENTITY] = hashed[0]
    marks = np.zeros(at.NOTHING + sizes.size + hashed.size + kinds.size, np.int64)
    to, n = at.NOTHING, 1
    for size in sizes:
        marks[to] = size
        marks[to + 1 : to + 1 + size] = hashed[n : n + size]
        to, n = to + 1 + size, n + size
    marks[to] = kinds.size
    marks[to + 1 :] = kinds
    for column in SORTED:
        begin = np.int64(ints[0, column]) + 1
        if marks[begin - 1] > 1:
            marks[begin : begin + marks[begin - 1]].sort()
    return marks


@njit(cache=True, nogil=True)
def signed(found, number):  # type: ignore[no-untyped-def]
    """As rows.bits_of with one number more."""
    return found | np.int32(1) << np.int32(number % at.SIGNED)


@njit(cache=True, nogil=True)
def sign_roles(ints, pool, shelf):  # type: ignore[no-untyped-def]
    """Signs the bodies of each role, and all spellings that mean them, in the places behind them."""
    for column in at.ROLES:
        begin = ints[0, column] + 1
        end = begin + pool[begin - 1]
        if begin == end:
            continue
        for p in range(begin, end):
            pool[end] = signed(pool[end], pool[p])
            for q in range(shelf.reach_at[pool[p]], shelf.reach_at[pool[p] + 1]):
                pool[end + 1] = signed(pool[end + 1], shelf.reach[q])


@njit(cache=True, nogil=True)
def with_lists(ints, pool, parts):  # type: ignore[no-untyped-def]
    """The pool with the lists that are made of words behind it."""
    used = pool.size
    found = np.empty(used + parts[0].size + parts[1].size + parts[2].size + len(LAID), np.int32)
    found[:used] = pool
    for n in range(len(LAID)):
        size = parts[n].size
        if size:
            ints[0, LAID[n]], found[used] = used, size
            found[used + 1 : used + 1 + size] = parts[n]
            used += 1 + size
    return found[:used]


@njit(cache=True, nogil=True)
def worded(row, texts, known):  # type: ignore[no-untyped-def]
    """The pool with the lists that follow from words, which fill in the row: texts are (pool, description)."""
    (ints, wide, reals), (pool, said), (shelf, known_letters, _) = row, texts, known
    title, said = listed(ints, at.TITLE, pool), Lists(np.array([0, said.size]), said)
    named, many = rarest(title, shelf.title_weights, RAREST)
    spoken, most = rarest(said, shelf.said_weights, RAREST)
    for text in (title, said):
        text.items[text.at[0] : text.at[1]].sort()
    measure_texts((ints, wide), (title, said), known)
    letters = Ranked(shelf.letter_at, shelf.letters, known_letters.trigrams)
    spelt(title, letters, (ints[:, at.SPELLING], wide[:, at.TITLE_BITS]), (0, 1))
    _, lengths, words = merged(title, said, (shelf.title_weights, shelf.said_weights), (0, 1))
    reals[0, at.WORDS_LENGTH] = lengths[0]
    return with_lists(ints, pool, (named[0, : many[0]], spoken[0, : most[0]], words))


@njit(cache=True, nogil=True)
def laid_out(draft, known):  # type: ignore[no-untyped-def]
    """The only row of a draft: known is (shelf, spelt, measures) with all its words and bodies."""
    numbers, begin = draft.numbers, at.INTS + at.MASKED
    kinds = begin + draft.parts[0]
    sizes = kinds + draft.parts[1]
    texts = sizes + draft.parts[2]
    said = texts + draft.parts[3]
    ints = numbers[: at.INTS].astype(np.int32).reshape(1, at.INTS)
    masks = numbers[at.INTS : begin].copy().reshape(1, at.MASKED)
    wide, reals = np.zeros((1, at.WIDE), np.int64), np.zeros((1, at.REALS))
    reals[0, at.OWN], reals[0, at.USD] = draft.amounts
    job = numbers[sizes:texts], numbers[kinds:sizes], numbers[begin:kinds]
    marks = marks_of((ints, wide), draft.texts, job)
    pool = numbers[said:].astype(np.int32)
    sign_roles(ints, pool, known[0])
    measure_values((ints, reals), draft.sums, known[2])
    pool = worded((ints, wide, reals), (pool, numbers[texts:said].astype(np.int32)), known)
    return Rows(ints, wide, reals, pool, marks, masks)
