"""Texts of a file as bytes without the blanks around them, copied once; compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow
from numba import njit

from adam.matching.compiled.tokens import Bytes

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def blank(data, at, end):  # type: ignore[no-untyped-def]
    """How many bytes of a blank, as str.strip knows them, begin here; 0 for any other sign."""
    byte = data[at]
    if byte < 0x80:
        return 1 if 9 <= byte <= 13 or 28 <= byte <= 32 else 0
    if byte == 0xC2:
        return 2 if data[at + 1] in (0x85, 0xA0) else 0
    if byte < 0xE1 or byte > 0xE3 or at + 2 >= end:
        return 0
    second, third = data[at + 1], data[at + 2]
    if byte == 0xE2 and second == 0x80:
        return 3 if third <= 0x8A or third in (0xA8, 0xA9, 0xAF) else 0
    known = (0xE1, 0x9A, 0x80), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80)
    return 3 if (byte, second, third) in known else 0


@njit(cache=True, nogil=True)
def bounds(data, offsets, at):  # type: ignore[no-untyped-def]
    """Where each text begins without the blanks before it; its length, less those behind it, goes into `at`."""
    begins = np.empty(offsets.size - 1, np.int64)
    for n in range(offsets.size - 1):
        begin, end = np.int64(offsets[n]), np.int64(offsets[n + 1])
        while begin < end:
            skip = blank(data, begin, end)
            if not skip:
                break
            begin += skip
        while begin < end:
            last = end - 1
            while (data[last] & 0xC0) == 0x80:
                last -= 1
            if not blank(data, last, end):
                break
            end = last
        begins[n], at[n] = begin, end - begin
    return begins


@njit(cache=True, nogil=True)
def copied(data, begins, at, out):  # type: ignore[no-untyped-def]
    """The texts, one after the other, to where `at` says."""
    for n in range(begins.size):
        size = at[n + 1] - at[n]
        out[at[n] : at[n + 1]] = data[begins[n] : begins[n] + size]


def trimmed(column: pyarrow.ChunkedArray) -> Bytes:
    """The texts of a column of strings, stripped."""
    chunks = [parts(chunk) for chunk in column.chunks]
    at = np.zeros(len(column) + 1, np.int64)
    begins, row = [], 1
    for data, offsets in chunks:
        begins.append(bounds(data, offsets, at[row:]))
        row += len(offsets) - 1
    np.cumsum(at, out=at)
    out = np.full(max(1, at[-1]), 32, np.uint8)
    row = 0
    for (data, _), begin in zip(chunks, begins, strict=True):
        copied(data, begin, at[row : row + len(begin) + 1], out)
        row += len(begin)
    return Bytes(out, at)


def parts(chunk: pyarrow.Array) -> tuple[Array, Array]:
    """The bytes and the offsets of an array of strings without nulls."""
    _, offsets, data = chunk.buffers()
    found = np.frombuffer(offsets, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
    return np.frombuffer(data or b" ", np.uint8), found
