"""Writing: the pairs file from numbers: fixed phrases and prepared values put together by a kernel, in chunks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.columns import Array, Columns
from adam.matching.compiled.writing_phrases import Phrases, phrases
from adam.matching.compiled.writing_values import Values, used_of, values
from adam.matching.policy import FEATURES, Policy

HEADER = b"id_a,id_b,kind,score,evidence\n"
CHUNK = 4096
WORKERS = 2
SCORE = 8
COMMA, QUOTE, OPEN, CLOSE, FEED = 44, 34, 91, 93, 10
FRAME = 9  # separators, quotes and brackets of a row
GUESS = 3000


class Found(NamedTuple):
    """Pairs in the order of the answer, ids[a] < ids[b].

    a, b int32[n]: rows of the columns; kind int8[n]: number in policy.COLUMNS (so in policy.KINDS, and one more for
    record duplicates among yearly returns); score float64[n]; grades int8[n, F]: for each of policy.FEATURES the number
    of the grade in the order of the policy.
    """

    a: Array
    b: Array
    kind: Array
    score: Array
    grades: Array


@njit(cache=True, nogil=True)
def put(out, to, data, span):  # type: ignore[no-untyped-def]
    """Copies the bytes from span[0] to span[1]; gives the place after them."""
    # Unsigned places can't be negative, which saves a check for each byte: five times as fast.
    size = span[1] - span[0]
    target, source = np.uint64(to), np.uint64(span[0])
    for n in range(np.uint64(size)):
        out[target + n] = data[source + n]
    return to + size


@njit(cache=True, nogil=True)
def reason(out, to, part, sides):  # type: ignore[no-untyped-def]
    """One feature's evidence; `sides` are phrases, values, the numbers of the left and right ones, which of them."""
    known, told, left, right, column = sides
    at = told.at
    to = put(out, to, known.data, (part[0], part[1]))
    if column >= 0:
        to = put(out, to, told.data, (at[left[column]], at[left[column] + 1]))
    to = put(out, to, known.between, (0, known.between.size))
    if column >= 0:
        to = put(out, to, told.data, (at[right[column]], at[right[column] + 1]))
    return put(out, to, known.data, (part[2], part[3]))


@njit(cache=True, nogil=True)
def field(out, to, data, span):  # type: ignore[no-untyped-def]
    """A field of the row and the comma after it."""
    to = put(out, to, data, span)
    out[to] = COMMA
    return to + 1


@njit(cache=True, nogil=True)
def rows(pairs, span, known, told):  # type: ignore[no-untyped-def]
    """The rows of the pairs from span[0] to span[1]; none is longer than span[2]."""
    most = span[2]
    out = np.empty(most + (span[1] - span[0]) * GUESS, np.uint8)
    to = 0
    at = told.at
    for n in range(span[0], span[1]):
        if out.size - to < most:
            out = np.concatenate((out, np.empty(out.size + most, np.uint8)))
        kind, left, right = pairs.kind[n], told.which[pairs.a[n]], told.which[pairs.b[n]]
        to = field(out, to, told.data, (at[left[0]], at[left[0] + 1]))
        to = field(out, to, told.data, (at[right[0]], at[right[0] + 1]))
        to = field(out, to, known.data, (known.kinds[kind, 0], known.kinds[kind, 1]))
        to = field(out, to, pairs.score, (n * SCORE, (n + 1) * SCORE))
        out[to], out[to + 1] = QUOTE, OPEN
        to += 2
        begin = to
        for f in range(pairs.grades.shape[1]):
            part = known.spans[kind, f, pairs.grades[n, f]]
            if part[1] == 0:
                continue
            if to > begin:
                out[to] = COMMA
                to += 1
            to = reason(out, to, part, (known, told, left, right, told.source[f]))
        out[to], out[to + 1], out[to + 2] = CLOSE, QUOTE, FEED
        to += 3
    return out[:to]


def write(found: Found, columns: Columns, policy: Policy, file: IO[bytes]) -> int:
    """Writes the pairs file, UTF-8, to a file open for bytes; returns how many pairs."""
    file.write(HEADER)
    known = phrases(policy)
    used, places = used_of(np.concatenate((found.a, found.b)), len(columns.ids))
    told = values(columns, used, quoted(found, known))
    many = len(found.a)
    pairs = Found(
        places[:many],
        places[many:],
        np.ascontiguousarray(found.kind, np.int8),
        np.frombuffer(b"".join([b"%.6f" % score for score in found.score.tolist()]), np.uint8),
        np.ascontiguousarray(found.grades, np.int8),
    )
    for chunk in chunks(pairs, known, told):
        file.write(chunk.data)
    return many


def quoted(found: Found, known: Phrases) -> list[str]:
    """The features that stand in the evidence of any pair."""
    seen = []
    for place, feature in enumerate(FEATURES):
        ends = known.spans[found.kind, place, found.grades[:, place], 1]
        if ends.any():
            seen.append(feature)
    return seen


def longest(known: Phrases, told: Values) -> int:
    """More bytes than any row can take."""
    spans = known.spans
    parts = (spans[..., 1] - spans[..., 0] + spans[..., 3] - spans[..., 2]).max(axis=(0, 2))
    quoted = told.longest[told.source[told.source >= 0]]
    names = np.diff(known.kinds, axis=1).max() + 2 * told.longest[0]
    between = len(parts) * (known.between.size + 1)
    return int(FRAME + SCORE + names + parts.sum() + between + 2 * quoted.sum())


def chunks(pairs: Found, known: Phrases, told: Values) -> Iterator[Array]:
    """The rows, some thousand pairs at a time and in order, made by a few threads that run little ahead."""
    waiting: deque[Future[Array]] = deque()
    most = longest(known, told)
    with ThreadPoolExecutor(WORKERS) as pool:
        for begin in range(0, len(pairs.a), CHUNK):
            span = (begin, min(begin + CHUNK, len(pairs.a)), most)
            waiting.append(pool.submit(rows, pairs, span, known, told))
            if len(waiting) > WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
