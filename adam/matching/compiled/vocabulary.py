"""The vocabulary of a set: its words, each with a number, and what of every distinct piece of text counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from adam.matching.spelling import forms, trigrams
from adam.matching.words import STOPWORDS, is_number

Array = np.ndarray[Any, Any]
MASK63 = (1 << 63) - 1
STOP, NUMBER, NAME, NAMED = 1, 2, 4, 8


class Lists(NamedTuple):
    """Lists one after the other: where each begins (n + 1), and what they hold."""

    at: Array
    items: Array


def listed(found: Sequence[Sequence[int]], kind: type = np.int32) -> Lists:
    """Lists of numbers as two arrays."""
    at = np.zeros(len(found) + 1, np.int64)
    np.cumsum([len(each) for each in found], out=at[1:])
    items: Array = np.fromiter((item for each in found for item in each), kind, int(at[-1]))
    return Lists(at, items)


def hashed(text: str) -> int:
    """A hash of a text, the same in every process and set: 1 to 2**63 - 1."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "little") & MASK63) or 1


class Numbering:
    """Texts and their numbers from 0; a number, once given, stays. A first lot is numbered by the alphabet."""

    def __init__(self, found: Iterable[str] = ()):
        self.texts: list[str] = sorted(set(found))
        self.numbers = {text: number for number, text in enumerate(self.texts)}

    def number(self, text: str) -> int:
        """The number of a text; a new one is taken in."""
        found = self.numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found

    def __len__(self) -> int:
        return len(self.texts)


def flags(word: str) -> int:
    """What kind of word it is: one that fills, one that counts, one that may name something."""
    may_name = len(word) >= 4 and word not in STOPWORDS and not any(sign.isdigit() for sign in word)
    return STOP * (word in STOPWORDS) | NUMBER * is_number(word) | NAME * may_name


def short(texts: Iterable[str]) -> list[int]:
    """Small hashes of letters or forms, for sets that are compared by how much they share."""
    return [small(text) for text in texts]


@lru_cache(1 << 16)
def small(text: str) -> int:
    """A small hash of a text; of trigrams there are not many."""
    return hashed(text) >> 33


def spelled(word: str) -> list[int]:
    """The trigrams of a word as small hashes."""
    return sorted(set(short(trigrams(word))))


def formed(word: str) -> list[int]:
    """The forms of a word as small hashes."""
    return sorted(set(short(forms([word]))))
