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
    """Pieces as they are written, as they are folded, and the words of each."""

    pieces: Sequence[str]
    plain: list[str]
    words: list[list[str]]


def told(pieces: Sequence[str]) -> Told:
    """The pieces and the words of each."""
    plain = folded(pieces)
    return Told(pieces, plain, list(map(spoken, plain)))


def read(found: Told, vocabulary: Numbering, titles: bool) -> Read:
    """The pieces in numbers; a vocabulary must hold their words."""
    number, nothing = vocabulary.numbers, listed([()] * len(found.pieces))
    coded_in = [coded(plain) if holds_figure(plain) else NO_CODES for plain in found.plain]
    return Read(
        listed([[number[word] for word in each] for each in found.words]),
        Lists(begins(coded_in), hashes(list(chain.from_iterable(coded_in)))),
        listed(list(map(packed, found.plain))) if titles else nothing,
        listed(list(map(named, found.plain))) if titles else nothing,
    )


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


__all__ = ["Read", "Told", "Words", "described", "read", "told"]
