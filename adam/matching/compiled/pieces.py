"""Pieces: what counts of every distinct piece of text, found once by the same functions that read a single record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from adam.matching.compiled.vocabulary import (
    Lists,
    Numbering,
    flags,
    formed,
    hashed,
    hashes,
    listed,
    short,
    spelled,
)
from adam.matching.scripts import fold
from adam.matching.spelling import codes
from adam.matching.words import may_add_money, words, written, years

Array = np.ndarray[Any, Any]
ROMAN, COUNTS, BETWEEN, MONEY = 12, 16, 18, 19
FIRST_YEAR = 1950
FIGURE = re.compile("[0-9]")


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
    trigrams: Lists
    forms: Lists


def told(pieces: Sequence[str]) -> list[list[str]]:
    """The words of each piece."""
    return [words(piece) for piece in pieces]


def read(pieces: Sequence[str], found: list[list[str]], vocabulary: Numbering, titles: bool) -> Read:
    """The pieces in numbers; a vocabulary must hold their words."""
    number = vocabulary.numbers
    coded = [[hashed(code) for code in codes(piece)] if holds_figure(piece) else [] for piece in pieces]
    nothing: list[list[int]] = [[]] * len(pieces)
    return Read(
        listed([[number[word] for word in each] for each in found]),
        listed(coded, np.int64),
        listed([packed(piece) for piece in pieces] if titles else nothing),
        listed([named(piece) for piece in pieces] if titles else nothing),
    )


def holds_figure(piece: str) -> bool:
    """Whether a piece holds any figure at all, in whatever script."""
    return bool(FIGURE.search(piece)) if piece.isascii() else any(map(str.isdigit, piece))


def named(piece: str) -> list[int]:
    """The years of a piece as bits."""
    return [year - FIRST_YEAR for year in years(piece)] if holds_figure(piece) else []


def packed(piece: str) -> list[int]:
    """What each word of a piece counts: a number, a Roman figure, what it is before, whether it is passed over."""
    money = may_add_money(piece)
    return [
        (word.number + 1 if word.number is not None else 0)
        | word.roman << ROMAN
        | ("", "phases", "parts").index(word.counts) << COUNTS
        | word.between << BETWEEN
        | money << MONEY
        for word in written(fold(piece))
    ]


def described(vocabulary: Numbering) -> Words:
    """What is known of each word."""
    texts = vocabulary.texts
    return Words(
        np.array([flags(word) for word in texts], np.uint8),
        hashes(texts),
        listed([spelled(word) for word in texts]),
        listed([formed(word) for word in texts]),
    )


__all__ = ["Read", "Words", "described", "read", "short", "told"]
