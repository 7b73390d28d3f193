"""Tokens: texts cut into pieces between separators, each distinct piece numbered once; UTF-8 bytes, compiled.

Whatever separates words in any script separates pieces, so the words of a text are the words of its pieces; a piece
is normalised once, however often it stands in the set.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numba import njit

Array = np.ndarray[Any, Any]
FIRST = 1 << 12
SEED = np.uint64(0x9E3779B97F4A7C15)
PRIME = np.uint64(0x100000001B3)
MIX = np.uint64(0xBF58476D1CE4E5B9)
WITHIN, APART, UNSURE = 0, 1, 2
BYTES = np.full(256, WITHIN, np.uint8)
"""Of each byte whether it goes on a word, separates, or whether only its neighbours tell."""
BYTES[:128] = [WITHIN if chr(byte).isalnum() or chr(byte) in "'_`" else APART for byte in range(128)]
BYTES[[*b",.%", 0xC2, 0xD8, 0xE2, 0xE3, 0xEF]] = UNSURE


class Bytes(NamedTuple):
    """Texts as one array of UTF-8 bytes and n + 1 places where they begin."""

    data: Array
    at: Array


class Pieces(NamedTuple):
    """The pieces of each text in order: where they begin (n + 1), their numbers."""

    at: Array
    numbers: Array


class Found(NamedTuple):
    """Distinct pieces: their hashes, and where each first stands in the bytes (begin, length)."""

    hashes: Array
    begins: Array
    lengths: Array


@njit(cache=True, nogil=True)
def mixed(value):  # type: ignore[no-untyped-def]
    """A 64-bit number with its bits well spread."""
    value ^= value >> np.uint64(30)
    value *= MIX
    value ^= value >> np.uint64(27)
    return value ^ (value >> np.uint64(31))


@njit(cache=True, nogil=True)
def hashed_bytes(data, at):  # type: ignore[no-untyped-def]
    """A hash of the bytes of each text."""
    found = np.empty(at.size - 1, np.uint64)
    for n in range(found.size):
        value = SEED
        for p in range(at[n], at[n + 1]):
            value = (value ^ np.uint64(data[p])) * PRIME
        found[n] = mixed(value)
    return found


@njit(cache=True, nogil=True)
def hashed_rows(table):  # type: ignore[no-untyped-def]
    """A hash of the numbers of each row."""
    found = np.empty(table.shape[0], np.uint64)
    for n in range(found.size):
        value = SEED
        for column in range(table.shape[1]):
            value = mixed(value * PRIME ^ np.uint64(table[n, column]))
        found[n] = value
    return found


def distinct_rows(table: Array) -> tuple[Array, Array]:
    """Which of the distinct rows of a table each row is, and these."""
    _, first, which = np.unique(hashed_rows(table), return_index=True, return_inverse=True)
    return which.astype(np.int32), table[first]


@njit(cache=True, nogil=True, _nrt=False)
def between_figures(data, at, end):  # type: ignore[no-untyped-def]
    """Whether a comma or a point stands between figures, as in 12,500, or a sign for percent after one.

    A byte of another script may belong to a figure; a wide comma must follow our figures or wide ones.
    """
    wide = data[at] == 0xEF
    if at == 0 or not (48 <= data[at - 1] <= 57 or data[at - 1] >= 128):
        return False
    if wide and data[at - 1] >= 128 and (at < 3 or data[at - 3] != 0xEF):
        return False
    if data[at] == 37:
        return True
    after = at + 3 if wide else at + 1
    return (wide or data[at] in (44, 46)) and after < end and (48 <= data[after] <= 57 or data[after] >= 128)


@njit(cache=True, nogil=True, _nrt=False)
def separator(data, at, end):  # type: ignore[no-untyped-def]
    """How many bytes of a separator stand here, 0 where a word may go on."""
    byte = data[at]
    if byte < 128:
        word = 48 <= byte <= 57 or 65 <= byte <= 90 or 97 <= byte <= 122 or byte in (39, 95, 96)
        return 0 if word or between_figures(data, at, end) else 1
    if byte == 0xC2 and at + 1 < end:
        return 2 if data[at + 1] in (0xA0, 0xAB, 0xBB, 0xB7) else 0
    if byte == 0xD8 and at + 1 < end:
        return 2 if data[at + 1] in (0x8C, 0x9B, 0x9F) else 0
    if at + 2 < end:
        if byte == 0xE2 and data[at + 1] == 0x80:
            return 0 if data[at + 2] in (0x99, 0xA4) else 3
        if byte == 0xE3 and data[at + 1] == 0x80:
            return 3 if data[at + 2] <= 0x82 or 0x88 <= data[at + 2] <= 0x9F else 0
        if byte == 0xEF and data[at + 1] == 0xBC:
            if data[at + 2] in (0x8C, 0x8E) and between_figures(data, at, end):
                return 0
            return 3 if data[at + 2] in (0x88, 0x89, 0x8C, 0x8E, 0x8F, 0x9A, 0x9B) else 0
    return 0


@njit(cache=True, nogil=True, _nrt=False)
def separates(data, at, end):  # type: ignore[no-untyped-def]
    """How many bytes of a separator stand here: most bytes say it by themselves."""
    kind = BYTES[data[at]]
    return kind if kind != UNSURE else separator(data, at, end)


@njit(cache=True, nogil=True)
def grown(keys, values):  # type: ignore[no-untyped-def]
    """A table twice as large with the same entries."""
    size = keys.size * 2
    mask = np.uint64(size - 1)
    new_keys = np.zeros(size, np.uint64)
    new_values = np.zeros(size, np.int32)
    for slot in range(keys.size):
        if keys[slot]:
            at = keys[slot] >> np.uint64(1) & mask
            while new_keys[at]:
                at = (at + np.uint64(1)) & mask
            new_keys[at] = keys[slot]
            new_values[at] = values[slot]
    return new_keys, new_values


@njit(cache=True, nogil=True, _nrt=False)
def numbered(keys, values, hashed, many):  # type: ignore[no-untyped-def]
    """The number of a hash in the table; `many` where it was not there and stands there now."""
    mask = np.uint64(keys.size - 1)
    at = hashed >> np.uint64(1) & mask  # the last bit is set in all
    while keys[at] and keys[at] != hashed:
        at = (at + np.uint64(1)) & mask
    if keys[at]:
        return values[at]
    keys[at] = hashed
    values[at] = many
    return many


@njit(cache=True, nogil=True)
def doubled(kept):  # type: ignore[no-untyped-def]
    """The same with as much room again."""
    return np.concatenate((kept, np.empty_like(kept)))


@njit(cache=True, nogil=True, _nrt=False)
def piece(data, at, end, most):  # type: ignore[no-untyped-def]
    """Where the piece that begins here ends, its hash, and how many signs it has, at most `most`."""
    hashed, signs = SEED, 0
    while at < end:
        byte = data[at]
        if (byte & 0xC0) != 0x80:
            if signs == most or separates(data, at, end):
                break
            signs += 1
        hashed = (hashed ^ np.uint64(byte)) * PRIME
        at += 1
    return at, mixed(hashed) | np.uint64(1), signs


@njit(cache=True, nogil=True, _nrt=False)
def cut_one(data, span, most, desk):  # type: ignore[no-untyped-def]
    """Cuts one text, and takes in its new pieces: answers how many numbers and pieces there are then.

    It hands out no array, so that none is counted for each piece: that takes longer than all the rest.
    """
    at, end = span
    numbers, (keys, values), (known, begins, lengths), (used, many) = desk
    signs = 0
    while at < end and signs < most:
        skip = separates(data, at, end)
        if skip:
            at += skip
            signs += 1
            continue
        begin = at
        at, hashed, told = piece(data, at, end, most - signs)
        signs += told
        number = numbered(keys, values, hashed, many)
        if number == many:
            begins[many], lengths[many], known[many] = begin, at - begin, hashed
            many += 1
        numbers[used] = number
        used += 1
    return used, many


@njit(cache=True, nogil=True)
def cut(texts, order, span, most):  # type: ignore[no-untyped-def]
    """The pieces of the texts order[span[0]:span[1]], at most `most` signs of each text."""
    low, high = span
    total = 0
    for n in range(low, high):
        total += texts.at[order[n] + 1] - texts.at[order[n]]
    numbers = np.empty(total // 2 + high - low + 1, np.int32)
    ats = np.zeros(high - low + 1, np.int64)
    keys, values = np.zeros(FIRST, np.uint64), np.zeros(FIRST, np.int32)
    begins, lengths = np.empty(FIRST, np.int64), np.empty(FIRST, np.int32)
    known = np.empty(FIRST, np.uint64)
    many = used = 0
    for n in range(low, high):
        begin, end = texts.at[order[n]], texts.at[order[n] + 1]
        room = many + min(end - begin, most) // 2 + 1
        while room > begins.size:
            begins, lengths, known = doubled(begins), doubled(lengths), doubled(known)
        while room * 2 > keys.size:
            keys, values = grown(keys, values)
        desk = (numbers, (keys, values), (known, begins, lengths), (used, many))
        used, many = cut_one(texts.data, (begin, end), most, desk)
        ats[n - low + 1] = used
    found = (known[:many].copy(), begins[:many].copy(), lengths[:many].copy())
    return ats, numbers[:used].copy(), found


def pieces(texts: Bytes, order: Array, most: int, workers: int) -> tuple[Pieces, list[str]]:
    """The pieces of all texts in `order`, and the distinct pieces as texts, numbered by their hashes."""
    n = len(order)
    bounds = [n * part // workers for part in range(workers + 1)]
    spans = [(low, high) for low, high in zip(bounds, bounds[1:], strict=False)]
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(lambda span: cut(texts, order, span, most), spans))
    known, first = np.unique(np.concatenate([part[2][0] for part in parts]), return_index=True)
    begins = np.concatenate([part[2][1] for part in parts])[first]
    lengths = np.concatenate([part[2][2] for part in parts])[first]
    streams = [np.searchsorted(known, part[2][0]).astype(np.int32)[part[1]] for part in parts]
    sizes = np.concatenate([np.diff(part[0]) for part in parts]) if n else np.zeros(0, np.int64)
    at = np.concatenate(([0], np.cumsum(sizes)))
    raw = texts.data.tobytes() if len(known) > len(texts.data) else texts.data.data
    told = [
        bytes(raw[b : b + size]).decode() for b, size in zip(begins.tolist(), lengths.tolist(), strict=True)
    ]
    return Pieces(at, np.concatenate(streams)), told
