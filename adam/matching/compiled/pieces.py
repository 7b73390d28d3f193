"""Pieces: what counts of every distinct piece of text, found once by the same functions that read a single record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from adam.matching.compiled.letters import Ranked, formed_all, ranked, spelled_all
from adam.matching.compiled.vocabulary import (
    Lists,
    Numbering,
    begins,
    flags,
    hashes,
    listed,
    taken,
)
from adam.matching.scripts import folded
from adam.matching.spelling import coded
from adam.matching.words import alone, counted, may_add_money, spoken, years

Array = np.ndarray[Any, Any]
ROMAN, COUNTS, BETWEEN, MONEY = 12, 16, 18, 19
FIRST_YEAR = 1950
FIGURE = re.compile("[0-9]")
NO_CODES: frozenset[str] = frozenset()


class Read(NamedTuple):
    """For each piece its words and codes; for pieces of titles also what they count and the years they name."""

    words: Lists
    codes: Lists
    counting: Lists
    years: Lists


class Words(NamedTuple):
    """For each word of the vocabulary: what kind it is, its hash, its trigrams and its forms."""

    flags: Array
    hashes: Array
    trigrams: Ranked
    forms: Lists


class Told(NamedTuple):
    """Pieces as they are folded, each distinct one once; which of them each piece is; the words of each of them."""

    plain: list[str]
    which: Array
    words: list[list[str]]


def told(pieces: Sequence[str]) -> Told:
    """The pieces and the words of each."""
    number: dict[str, int] = {}
    which = [number.setdefault(plain, len(number)) for plain in folded(pieces)]
    return Told(list(number), np.array(which, np.int32), list(map(spoken, number)))


def read(found: Told, vocabulary: Numbering, titles: bool) -> Read:
    """The pieces in numbers; a vocabulary must hold their words."""
    plain, number = found.plain, vocabulary.numbers
    told = list(map(number.__getitem__, chain.from_iterable(found.words)))
    coded_in = [coded(each) if holds_figure(each) else NO_CODES for each in plain]
    nothing = listed([()] * len(plain))
    parts = (
        Lists(begins(found.words), np.array(told, np.int32)),
        Lists(begins(coded_in), hashes(list(chain.from_iterable(coded_in)))),
        listed(list(map(packed, plain))) if titles else nothing,
        listed(list(map(named, plain))) if titles else nothing,
    )
    return Read(*(taken(part, found.which) for part in parts))


def some(found: Told, part: slice) -> Told:
    """Some of the pieces."""
    used, which = np.unique(found.which[part], return_inverse=True)
    numbers = used.tolist()
    return Told([found.plain[n] for n in numbers], which, [found.words[n] for n in numbers])


def holds_figure(piece: str) -> bool:
    """Whether a piece holds any figure at all, in whatever script."""
    return bool(FIGURE.search(piece)) if piece.isascii() else any(map(str.isdigit, piece))


def named(plain: str) -> list[int]:
    """The years of a folded piece as bits."""
    return [year - FIRST_YEAR for year in years(plain)] if holds_figure(plain) else []


def packed(plain: str) -> list[int]:
    """What each word of a folded piece counts; of all whether money is added."""
    money = may_add_money(plain) << MONEY
    return [counting(word) | money for word in counted(plain)]


@lru_cache(maxsize=200_000)
def counting(word: str) -> int:
    """What a folded word counts: a number, a Roman figure, what it is before, whether it is passed over."""
    told = alone(word)
    return (
        (told.number + 1 if told.number is not None else 0)
        | told.roman << ROMAN
        | ("", "phases", "parts").index(told.counts) << COUNTS
        | told.between << BETWEEN
    )


def described(vocabulary: Numbering) -> Words:
    """What is known of each word."""
    texts = vocabulary.texts
    return Words(
        np.array([flags(word) for word in texts], np.uint8),
        hashes(texts),
        ranked(spelled_all(texts)),
        formed_all(texts),
    )


__all__ = ["Read", "Told", "Words", "described", "read", "some", "told"]
