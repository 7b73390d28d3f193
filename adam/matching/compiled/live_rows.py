"""Growing arrays: the rows of records added one by one, and what all rows share with room for what is new to it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, chain
from typing import Any

import numpy as np

from adam.matching.compiled import layout as at
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.live_chains import Chains, chained
from adam.matching.compiled.live_laying import Spelt
from adam.matching.compiled.rows import Codes
from adam.matching.compiled.vocabulary import NAMED, Numbering, flags, formed, hashed, spelled
from adam.matching.profiles import Lexicon

Array = np.ndarray[Any, Any]
POOLED = np.array(sorted(at.POOLED.values()))
MARKED = np.array(sorted(at.MARKED.values()))
SPARE = 64


def roomy(array: Array, size: int) -> Array:
    """The array with room for so many, half as much again where it has to grow."""
    if size <= len(array):
        return array
    more = np.zeros((max(size - len(array), len(array) // 2) + SPARE, *array.shape[1:]), array.dtype)
    return np.concatenate((array, more))


class GrowingRows:
    """Rows laid out one at a time."""

    def __init__(self, rows: Rows | None = None):
        empty = Rows(
            np.zeros((0, at.INTS), np.int32),
            np.zeros((0, at.WIDE), np.int64),
            np.zeros((0, at.REALS)),
            np.zeros(0, np.int32),
            np.zeros(0, np.int64),
            np.zeros((0, at.MASKED), np.int64),
        )
        begun = rows or empty
        self.used = [len(part) for part in begun]
        self.rows = Rows(*(roomy(part, len(part) + 1) for part in begun))

    def __len__(self) -> int:
        return self.used[0]

    def add(self, one: Rows) -> int:
        """Takes in the only row of others; returns its number."""
        number, begins = self.used[0], self.used[3:]
        parts = []
        for n, (mine, new) in enumerate(zip(self.rows, one, strict=True)):
            mine = roomy(mine, self.used[n] + len(new) + 1)
            mine[self.used[n] : self.used[n] + len(new)] = new
            self.used[n] += len(new)
            parts.append(mine)
        self.rows = Rows(*parts)
        for columns, begin in zip((POOLED, MARKED), begins[:2], strict=True):
            places = self.rows.ints[number, columns]
            self.rows.ints[number, columns] = places + begin * (places > 0)
        self.rows.ints[number, at.MASKS] += begins[-1]
        return number

    def whole(self) -> Rows:
        """What is in use of them."""
        return Rows(*(part[:used] for part, used in zip(self.rows, self.used, strict=True)))


class GrowingChains:
    """The keys of records added one by one."""

    def __init__(self) -> None:
        self.used = 0
        self._make(12)

    def add(self, row: int, keys: Array) -> None:
        """Puts a row under its keys."""
        if self.used + len(keys) > len(self.chains.keys):
            old, many = self.chains, self.used
            self._make(max(12, int(many + len(keys)).bit_length() + 1))
            chains = self.chains
            chains.keys[:many], chains.rows[:many] = old.keys[:many], old.rows[:many]
            lots = (old.keys[:many] >> np.uint64(chains.shift)).astype(np.int64)
            linked(chains, lots)
        chained(self.chains, self.used, row, keys)
        self.used += len(keys)

    def _make(self, bits: int) -> None:
        size = 1 << bits
        self.chains = Chains(
            np.full(size, -1, np.int32),
            np.empty(size, np.uint64),
            np.empty(size, np.int32),
            np.empty(size, np.int32),
            64 - bits,
        )


def linked(chains: Chains, lots: Array) -> None:
    """Chains entries anew, in the order they came."""
    order = np.argsort(lots, kind="stable")
    held = lots[order]
    before = np.full(len(order), -1, np.int32)
    same = held[1:] == held[:-1]
    before[1:][same] = order[:-1][same]
    chains.next[order] = before
    last = np.append(~same, True) if len(order) else np.zeros(0, bool)
    chains.heads[held[last]] = order[last]


class GrowingShelf:
    """What all rows share; the slots of words, bodies and codes that are new are filled as they come."""

    def __init__(self, shelf: Shelf, spelt: Spelt):
        self.shelf, self.spelt = shelf, spelt
        self.words, self.codes = len(shelf.word_flags), len(shelf.code_told)
        self.bodies, self.institutions = len(shelf.home), len(shelf.institution_at) - 1

    def fill(self, lexicon: Lexicon, codes: Codes) -> None:
        """Fills what came since."""
        if len(codes.words) > self.words:
            self._fill_words(lexicon, codes.words, codes.trigrams)
        if len(codes.codes) > self.codes:
            self._fill_codes(lexicon, codes.codes)
        if len(lexicon.organizations.spellings) > self.bodies:
            self._fill_bodies(lexicon)
        if len(lexicon.institutions.spellings) > self.institutions:
            self._fill_institutions(lexicon)

    def forget(self, words: int, codes: int) -> None:
        """Has the slots from these on filled anew the next time."""
        self.words, self.codes = min(self.words, words), min(self.codes, codes)

    def _grow(self, size: int, *names: str) -> None:
        self.shelf = grown(self.shelf, size, names)

    def _fill_words(self, lexicon: Lexicon, words: Numbering, trigrams: Numbering) -> None:
        new, span = words.texts[self.words :], slice(self.words, len(words))
        self._grow(len(words), "title_weights", "said_weights", "word_flags")
        self.shelf.title_weights[span] = [lexicon.weight(word, lexicon.title_words) for word in new]
        self.shelf.said_weights[span] = [lexicon.weight(word, lexicon.description_words) for word in new]
        self.shelf.word_flags[span] = [flags(word) | NAMED * lexicon.names_something(word) for word in new]
        self.shelf = appended(self.shelf, ("form_at", "forms"), self.words, list(map(formed, new)))
        letters = list(map(spelled, new))
        ranks = [[trigrams.number(str(letter)) for letter in each] for each in letters]
        self.shelf = appended(self.shelf, ("letter_at", "letters"), self.words, ranks)
        self.shelf.letters_many[0] = len(trigrams)
        self.spelt = grown(grown(self.spelt, len(words), ("hashes",)), len(trigrams), ("trigrams",))
        self.spelt.hashes[span] = list(map(hashed, new))
        self.spelt.trigrams[list(chain(*ranks))] = list(chain(*letters))
        self.words = len(words)

    def _fill_codes(self, lexicon: Lexicon, codes: Numbering) -> None:
        self._grow(len(codes), "pillar_of", "code_told")
        for number in range(self.codes, len(codes)):
            pillar = codes.numbers.get(codes.texts[number].split(".")[0], -1)
            self.shelf.pillar_of[number] = pillar
            self.shelf.code_told[number] = lexicon.rarity.told(0)
        self.codes = len(codes)

    def _fill_bodies(self, lexicon: Lexicon) -> None:
        names = lexicon.organizations
        self._grow(len(names.spellings), "home", "body_told")
        for number in range(self.bodies, len(names.spellings)):
            reach = sorted(names.reach(number))
            self.shelf.home[number] = reach[0]
            told = lexicon.rarity.told(sum(lexicon.named[other] for other in reach))
            self.shelf.body_told[number] = told
            self.shelf = appended(self.shelf, ("reach_at", "reach"), number, [reach])
        self.bodies = len(names.spellings)

    def _fill_institutions(self, lexicon: Lexicon) -> None:
        names = lexicon.institutions
        for number in range(self.institutions, len(names.spellings)):
            names_of = ("institution_at", "institution_reach")
            self.shelf = appended(self.shelf, names_of, number, [sorted(names.reach(number))])
        self.institutions = len(names.spellings)


def grown(parts: Any, size: int, names: Iterable[str]) -> Any:
    """Some arrays of a tuple with room for so many."""
    short = [name for name in names if len(getattr(parts, name)) < size]
    return parts._replace(**{name: roomy(getattr(parts, name), size) for name in short}) if short else parts


def appended(parts: Any, names: tuple[str, str], number: int, found: list[list[int]]) -> Any:
    """The arrays of a tuple with lists for the numbers from one on, behind all lists: names are (begins, items)."""
    begins, items = names
    begin = int(getattr(parts, begins)[number])
    ends = list(accumulate(map(len, found), initial=begin))
    told = grown(grown(parts, number + len(ends), (begins,)), ends[-1], (items,))
    getattr(told, begins)[number : number + len(ends)] = ends
    getattr(told, items)[begin : ends[-1]] = list(chain(*found))
    return told
