"""The values that evidence quotes: for the records of some pairs, each escaped once for JSON within CSV; compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.arrow import distinct
from adam.matching.compiled.columns import Array, Columns, texts
from adam.matching.compiled.tokens import Bytes
from adam.matching.compiled.vocabulary import joined as joined_texts
from adam.matching.compiled.writing_ids import told_ids
from adam.matching.policy import FEATURES
from adam.matching.sentences import LONGEST

WORKERS = 2
SHORT = 80
DAYS = 1 << 22
QUOTE, BACKSLASH, BLANK = 34, 92, 32
ELLIPSIS = np.frombuffer("…".encode(), np.uint8)
SIGNS = np.frombuffer(b"0123456789abcdef", np.uint8)
ESCAPES = np.zeros(32, np.uint8)
ESCAPES[[8, 9, 10, 12, 13]] = np.frombuffer(b"btnfr", np.uint8)


class Values(NamedTuple):
    """Escaped values: value v is data[at[v]:at[v + 1]], record r has which[r, c] in column c.

    `source[f]` is the column that feature f quotes, -1 for none; column 0 holds the ids. `longest[c]` is the length of
    the longest value of a column.
    """

    data: Array
    at: Array
    which: Array
    source: Array
    longest: Array


@njit(cache=True, nogil=True)
def clipped(data, begin, end, most):  # type: ignore[no-untyped-def]
    """Where a text ends that may have so many signs; less than `end` where an ellipsis is to follow."""
    signs, last = 0, begin
    for at in range(begin, end):
        if (data[at] & 0xC0) != 0x80:
            signs += 1
            if signs == most:
                last = at
            if signs > most:
                return last
    return end


@njit(cache=True, nogil=True)
def sizes(data, bounds, most, at):  # type: ignore[no-untyped-def]
    """How many bytes each text takes once clipped and escaped, into at[1:]."""
    for n in range(bounds.shape[0]):
        end = clipped(data, bounds[n, 0], bounds[n, 1], most)
        size = 3 if end < bounds[n, 1] else 0
        for place in range(bounds[n, 0], end):
            byte = data[place]
            if byte >= BLANK:
                size += 3 if byte == QUOTE else 2 if byte == BACKSLASH else 1
            else:
                size += 2 if ESCAPES[byte] else 6
        at[n + 1] = size


@njit(cache=True, nogil=True)
def control(byte, out, to):  # type: ignore[no-untyped-def]
    """A control sign as JSON writes it; gives the place after it."""
    out[to] = BACKSLASH
    if ESCAPES[byte]:
        out[to + 1] = ESCAPES[byte]
        return to + 2
    out[to + 1] = 117
    out[to + 2] = out[to + 3] = 48
    out[to + 4], out[to + 5] = SIGNS[byte >> 4], SIGNS[byte & 15]
    return to + 6


@njit(cache=True, nogil=True)
def escaped(data, bounds, most, at):  # type: ignore[no-untyped-def]
    """The texts, clipped and escaped, to where `at` says."""
    out = np.empty(at[-1], np.uint8)
    for n in range(bounds.shape[0]):
        end = clipped(data, bounds[n, 0], bounds[n, 1], most)
        to = at[n]
        for place in range(bounds[n, 0], end):
            byte = data[place]
            if byte < BLANK:
                to = control(byte, out, to)
                continue
            if byte == QUOTE or byte == BACKSLASH:  # a tuple is slow here
                out[to] = BACKSLASH
                to += 1
            out[to] = byte
            to += 1
            if byte == QUOTE:
                out[to] = QUOTE
                to += 1
        if end < bounds[n, 1]:
            out[to : to + 3] = ELLIPSIS
    return out


def escape(told: Bytes, rows: Array | None = None, most: int = LONGEST) -> Bytes:
    """Some texts, or all, clipped to so many signs and escaped."""
    data = told.data.view()
    data.flags.writeable = False
    bounds = np.stack((told.at[:-1], told.at[1:]), 1) if rows is None else both(told.at, rows)
    at = np.zeros(len(bounds) + 1, np.int64)
    sizes(data, bounds, most, at)
    np.cumsum(at, out=at)
    return Bytes(escaped(data, bounds, most, at), at)


def both(at: Array, rows: Array) -> Array:
    """Where the texts of some rows begin and end."""
    return np.stack((at[rows], at[rows + 1]), 1)


Told = tuple[Bytes, Array]


def used_of(which: Array, many: int) -> tuple[Array, Array]:
    """Which of so many numbers occur, rising, and for each place the position of its number among them."""
    found = np.zeros(many, np.bool_)
    found[which] = True
    return np.flatnonzero(found), (np.cumsum(found, dtype=np.int32) - 1)[which]


def as_bytes(values: list[str]) -> Bytes:
    """Texts as UTF-8 bytes."""
    if "".join(values).isascii():
        return Bytes(*joined_texts(values))
    return texts(values)


def told(values: Iterable[str]) -> Bytes:
    """Values made in Python, escaped."""
    return escape(as_bytes(list(values)))


def told_texts(name: str, columns: Columns, rows: Array) -> Told:
    """Titles or descriptions, clipped."""
    return escape(columns.texts[name], rows, SHORT), np.arange(len(rows), dtype=np.int32)


def told_lists(name: str, columns: Columns, rows: Array) -> Told:
    """The items of a list in one line."""
    cells = columns.lists[name]
    used, which = used_of(cells.which[rows], len(cells.values))
    return told(listed(cells.values[n]) for n in used.tolist()), which


def listed(values: tuple[str, ...]) -> str:
    """Items in one line."""
    return values[0] if len(values) == 1 else "; ".join(values)


def told_relations(columns: Columns, rows: Array) -> Told:
    """Stated relations in one line."""
    cells = columns.lists["relations"]
    used, which = used_of(cells.which[rows], len(cells.values))
    return told("; ".join(map(">".join, cells.values[n])) for n in used.tolist()), which


def told_pillars(columns: Columns, rows: Array) -> Told:
    """Commitments, or pillars where no commitment is given."""
    finer, coarser = columns.lists["commitments"], columns.lists["pillars"]
    given = np.array([bool(value) for value in finer.values])[finer.which[rows]]
    values = (*finer.values, *coarser.values)
    either = np.where(given, finer.which[rows], coarser.which[rows] + len(finer.values))
    used, which = used_of(either, len(values))
    return told(listed(values[n]) for n in used.tolist()), which


def told_days(name: str, columns: Columns, rows: Array) -> Told:
    """Days as ISO writes them."""
    used, which = distinct(columns.days[name][rows])
    return told(map(iso, used.tolist())), which


def iso(ordinal: int) -> str:
    """A day as ISO writes it, or nothing."""
    return date.fromordinal(ordinal).isoformat() if ordinal else ""


def told_periods(columns: Columns, rows: Array) -> Told:
    """From start to end."""
    used, which = distinct(columns.days["start"][rows].astype(np.int64) * DAYS + columns.days["end"][rows])
    days = {
        ordinal: iso(ordinal) for ordinal in np.unique(np.concatenate((used // DAYS, used % DAYS))).tolist()
    }
    return told(period(days[n // DAYS], days[n % DAYS]) for n in used.tolist()), which


def period(start: str, end: str) -> str:
    """A period in words, as far as it is given."""
    return f"{start or 'start not given'} to {end or 'end not given'}" if start or end else ""


def told_amounts(columns: Columns, rows: Array) -> Told:
    """Amounts with their currency."""
    currencies = columns.lists["currency"]
    amounts, number = distinct(columns.own[rows])
    many = len(currencies.values)
    used, which = distinct(number.astype(np.int64) * many + currencies.which[rows])
    figures = [figure(amount) for amount in amounts.tolist()]
    return told(priced(figures[n // many], currencies.values[n % many]) for n in used.tolist()), which


def figure(amount: float) -> str:
    """An amount as it is written, or nothing."""
    return "" if amount != amount else repr(amount).removesuffix(".0")


def priced(amount: str, currency: str) -> str:
    """An amount with its currency, as far as they are given."""
    return f"{amount} {currency}".rstrip() if amount else ""


LISTS = "identifiers reporter funders implementers beneficiaries assistance_types countries sectors".split()
COLUMNS: dict[str, Callable[[Columns, Array], Told]] = {
    "ids": told_ids,
    "title": partial(told_texts, "title"),
    "description": partial(told_texts, "description"),
    "pillars": told_pillars,
    "start": partial(told_days, "start"),
    "value_date": partial(told_days, "value_date"),
    "period": told_periods,
    "amount": told_amounts,
    "relations": told_relations,
    **{name: partial(told_lists, name) for name in LISTS},
}
OF_TITLE = "whole spelling retold phases codes names wording".split()
QUOTED = {
    **dict.fromkeys(OF_TITLE, "title"),
    "roles": "reporter",
    "reported": "value_date",
    "mentions": "implementers",
}
SILENT = ("chance", "rivals", "plenty")


def values(columns: Columns, rows: Array, features: Iterable[str]) -> Values:
    """The values of some records that some features quote, and their ids."""
    wanted = {feature: QUOTED.get(feature, feature) for feature in features if feature not in SILENT}
    names = list(dict.fromkeys(("ids", *wanted.values())))
    which = np.zeros((len(rows), len(names)), np.int32)
    parts: list[Bytes] = []
    many = 0
    with ThreadPoolExecutor(WORKERS) as pool:
        found = list(pool.map(lambda name: COLUMNS[name](columns, rows), names))
    for n, (part, numbers) in enumerate(found):
        which[:, n] = numbers + np.int32(many)
        many += len(part.at) - 1
        parts.append(part)
    source = [names.index(wanted[feature]) if feature in wanted else -1 for feature in FEATURES]
    longest = [int(np.diff(part.at).max(initial=0)) for part in parts]
    return Values(*joined(parts), which, np.array(source, np.int32), np.array(longest, np.int64))


def joined(parts: list[Bytes]) -> Bytes:
    """Several sets of texts as one."""
    begins = np.cumsum([0, *(part.at[-1] for part in parts)])
    at = [part.at[:-1] + begin for part, begin in zip(parts, begins, strict=False)]
    data = np.concatenate([part.data[: part.at[-1]] for part in parts])
    data.flags.writeable = False
    return Bytes(data, np.concatenate((*at, begins[-1:])))
