"""Titles as they are written: which say that they are a part of something, and in which script each is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.columns import texts
from adam.matching.compiled.tokens import Bytes
from adam.matching.scripts import ARABIC, CYRILLIC, HAN, LATIN, OF_HAN
from adam.matching.words import in_part

Array = np.ndarray[Any, Any]
A_PART = texts(("part of", "portion", "%"))
BEGINS = np.zeros(256, np.bool_)
"""Which bytes one of these words may begin with, in small letters or capitals."""
BEGINS[A_PART.data[A_PART.at[:-1]]] = BEGINS[A_PART.data[A_PART.at[:-1]] & 223] = True


def flags(titles: Bytes) -> Array:
    """What the flags of a row say of its title."""
    return saying_a_part(titles) * np.int32(at.IN_PART) + scripts(titles) * np.int32(at.SCRIPT)


def saying_a_part(titles: Bytes) -> Array:
    """Which titles say that their money is a part of something: all searched at once, the likely ones read."""
    found: Array = holding(titles, A_PART)
    for n in np.flatnonzero(found).tolist():
        found[n] = in_part(told_at(titles, n))
    return found


@njit(cache=True, nogil=True)
def holding(texts, words):  # type: ignore[no-untyped-def]
    """Which texts hold one of some words of small letters, whatever their case there; words are bytes and bounds."""
    found = np.zeros(texts.at.size - 1, np.bool_)
    for n in range(found.size):
        for p in range(texts.at[n], texts.at[n + 1]):
            for w in range(words.at.size - 1 if BEGINS[texts.data[p]] else 0):
                begin, size = words.at[w], words.at[w + 1] - words.at[w]
                m = 0
                while m < size and p + m < texts.at[n + 1]:
                    sign = texts.data[p + m]
                    if (sign | 32 if 65 <= sign <= 90 else sign) != words.data[begin + m]:
                        break
                    m += 1
                found[n] = found[n] or m == size
    return found


@njit(cache=True, nogil=True)
def scripts(texts):  # type: ignore[no-untyped-def]
    """The script of each text, as scripts.script tells it: by the first byte of each letter."""
    found = np.zeros(texts.at.size - 1, np.int32)
    many = np.zeros(4, np.int64)
    for n in range(found.size):
        many[:] = 0
        for p in range(texts.at[n], texts.at[n + 1]):
            sign = texts.data[p]
            if 65 <= sign & 0xDF <= 90 and sign < 128 or 0xC3 <= sign <= 0xC9:
                many[LATIN] += 1
            elif 0xD0 <= sign <= 0xD3:
                many[CYRILLIC] += 1
            elif 0xD8 <= sign <= 0xDB:
                many[ARABIC] += 1
            elif 0xE4 <= sign <= 0xE9:
                many[HAN] += OF_HAN
        found[n] = np.argmax(many)
    return found


def told_at(texts: Bytes, n: int) -> str:
    """One text."""
    return bytes(texts.data[texts.at[n] : texts.at[n + 1]]).decode()
