"""The vocabulary of a set: its words, each with a number, and what of every distinct piece of text counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from adam.matching.compiled.tokens import PRIME, SEED, hashed_bytes
from adam.matching.spelling import forms, trigrams
from adam.matching.words import STOPWORDS, is_number

Array = np.ndarray[Any, Any]
MASK63, MASK64 = (1 << 63) - 1, (1 << 64) - 1
FACTOR = int(PRIME)
STOP, NUMBER, NAME, NAMED = 1, 2, 4, 8


class Lists(NamedTuple):
    """Lists one after the other: where each begins (n + 1), and what they hold."""

    at: Array
    items: Array


def begins(found: Sequence[Collection[Any]]) -> Array:
    """Where each of some lists begins once they lie one after the other, and where the last one ends."""
    at = np.zeros(len(found) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, found), np.int64, len(found)), out=at[1:])
    return at


def listed(found: Sequence[Sequence[int]], kind: type = np.int32) -> Lists:
    """Lists of numbers as two arrays."""
    at = begins(found)
    items: Array = np.fromiter(chain.from_iterable(found), kind, int(at[-1]))
    return Lists(at, items)


def taken(lists: Lists, which: Array) -> Lists:
    """The lists of these numbers, one after the other."""
    sizes = np.diff(lists.at)[which]
    at = np.zeros(len(which) + 1, np.int64)
    np.cumsum(sizes, out=at[1:])
    return Lists(at, lists.items[np.arange(at[-1]) + np.repeat(lists.at[:-1][which] - at[:-1], sizes)])


def digests(texts: Iterable[str]) -> Array:
    """A hash of each long text, the same in every process and set: 1 to 2**63 - 1."""
    whole = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts]
    found = np.frombuffer(b"".join(whole), "<u8").astype(np.uint64) & np.uint64(MASK63)
    return np.maximum(found, np.uint64(1))


def hashed(text: str) -> int:
    """A hash of a text, the same in every process and set, as `hashes` tells it of many: 1 to 2**63 - 1."""
    value = int(SEED)
    for byte in text.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * FACTOR & MASK64
    return (spread(value) & MASK63) or 1


def spread(value: int) -> int:
    """A 64-bit number with its bits well spread, as tokens.mixed does it."""
    value ^= value >> 30
    value = value * 0xBF58476D1CE4E5B9 & MASK64
    value ^= value >> 27
    return value ^ value >> 31


def joined(texts: Sequence[str]) -> tuple[Array, Array]:
    """The bytes of all texts, and where each begins."""
    whole = "".join(texts)
    if whole.isascii():
        sizes, data = map(len, texts), whole.encode()
    else:
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        sizes, data = map(len, parts), b"".join(parts)
    at = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(sizes, np.int64, len(texts)), out=at[1:])
    return np.frombuffer(data or b" ", np.uint8), at


def hashes(texts: Sequence[str]) -> Array:
    """The hash of each text, as `hashed`, all at once."""
    return hashes_of(*joined(texts))


def hashes_of(data: Array, at: Array) -> Array:
    """The same of texts that are bytes already: these, and where each begins."""
    found = hashed_bytes(data, at) & np.uint64(MASK63)
    return np.maximum(found, np.uint64(1)).view(np.int64)


def in_lower_case(texts: Sequence[str]) -> list[str]:
    """The texts casefolded; where all are plain, in one go."""
    whole = "\n".join(texts)
    if whole.isascii() and whole.count("\n") == len(texts) - 1:
        return whole.lower().split("\n")
    return [text.casefold() for text in texts]


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


def numbered(texts: list[str]) -> Numbering:
    """Texts numbered as they stand."""
    found = Numbering()
    found.texts = texts
    found.numbers = {text: number for number, text in enumerate(texts)}
    return found


def flags(word: str) -> int:
    """What kind of word it is: one that fills, one that counts, one that may name something."""
    may_name = len(word) >= 4 and word not in STOPWORDS and not any(map(str.isdigit, word))
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
