"""Spelling: what of a text can be compared without its words being the same: letters, forms of words, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adam.matching.words import fold

_VOWELS = re.compile(r"[aeiouy]+")
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d{3}(?!\d))")
_CODE = re.compile(r"(?<![a-z0-9])(?=(?:[a-z]*\d){4})[a-z0-9]+")
_YEAR = re.compile(r"(?:19|20)\d\d(?:(?:19|20)?\d\d)?")
HEAD = 4


def trigrams(text: str) -> frozenset[str]:
    """Every three letters in a row, spaces around: alike for other spellings and inflections of the same words.

    >>> sorted(trigrams("iran"))
    [' ir', 'an ', 'ira', 'ran']
    """
    padded = f" {text} " if text else ""
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def forms(found: Iterable[str]) -> frozenset[str]:
    """What spellings and inflections of one word share: its first letters, and its consonants.

    >>> sorted(forms(["ishkashim"]) & forms(["eshkashem"]))
    ['*shkshm']
    """
    told: set[str] = set()
    for word in found:
        if len(word) >= HEAD:
            told.add(word[:HEAD])
            bare = _VOWELS.sub("", word)
            if len(bare) >= HEAD:
                told.add(f"*{bare}")
    return frozenset(told)


def codes(text: str) -> frozenset[str]:
    """Contract numbers and quantities of four figures or more, thousands unseparated; calendar years are none.

    >>> sorted(codes("720FDA20IO00050: 12,500 farmers in 2020"))
    ['12500', '720fda20io00050']
    """
    return coded(fold(text))


def coded(plain: str) -> frozenset[str]:
    """The same of a text that is folded already."""
    plain = _THOUSANDS.sub("", plain)
    return frozenset(code for code in _CODE.findall(plain) if not _YEAR.fullmatch(code))
