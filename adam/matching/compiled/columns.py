"""Columns: a set of records field by field, before anything is prepared; from records, or straight from a file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.tokens import Bytes
from adam.matching.records import Record

Array = np.ndarray[Any, Any]
TEXTS = ("title", "description")
DAYS = ("start", "end", "value_date")
SINGLE = ("reporter", "currency")
SUMS = ("amount", "amount_usd")
LISTS = (
    "funders",
    "implementers",
    "beneficiaries",
    "countries",
    "pillars",
    "commitments",
    "assistance_types",
    "sectors",
    "identifiers",
    "relations",
)


class Coded(NamedTuple):
    """Values that repeat: the distinct ones, and for each record which of them it has."""

    values: list[Any]
    which: Array


class Ids(Sequence[str]):
    """The ids of a set as bytes; each becomes a text when it is asked for.

    >>> list(Ids(texts(["a", "ß"])))
    ['a', 'ß']
    """

    def __init__(self, told: Bytes):
        self.told = told

    def __len__(self) -> int:
        return len(self.told.at) - 1

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[n] for n in range(len(self))[at]]
        n = range(len(self))[at]
        return bytes(self.told.data[self.told.at[n] : self.told.at[n + 1]]).decode()

    def __iter__(self) -> Iterator[str]:
        data, bounds = self.told.data.tobytes(), self.told.at.tolist()
        return (data[begin:end].decode() for begin, end in zip(bounds, bounds[1:], strict=False))


@njit(cache=True, nogil=True)
def picked(data, at, rows):  # type: ignore[no-untyped-def]
    """The texts of some rows, and where each begins."""
    begins = np.zeros(rows.size + 1, np.int64)
    for n in range(rows.size):
        begins[n + 1] = begins[n] + at[rows[n] + 1] - at[rows[n]]
    found = np.empty(begins[-1], np.uint8)
    for n in range(rows.size):
        found[begins[n] : begins[n + 1]] = data[at[rows[n]] : at[rows[n] + 1]]
    return found, begins


@njit(cache=True, nogil=True)
def behind(data, at, left, right):  # type: ignore[no-untyped-def]
    """Whether the text of each left row comes after that of the right one; bytes stand in the order of their signs."""
    found = np.zeros(left.size, np.bool_)
    for n in range(left.size):
        p, end, q, last = at[left[n]], at[left[n] + 1], at[right[n]], at[right[n] + 1]
        while p < end and q < last and data[p] == data[q]:
            p += 1
            q += 1
        found[n] = p < end and (q == last or data[p] > data[q])
    return found


def after(ids: Sequence[str], left: Array, right: Array) -> Array:
    """Which of the rows on the left have an id that comes after that of the row on the right."""
    if isinstance(ids, Ids):
        found: Array = behind(*ids.told, left, right)
        return found
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((ids[one] > ids[other] for one, other in pairs), np.bool_, len(left))


class Columns(NamedTuple):
    """Records field by field; days as ordinals of the calendar (0: not given), amounts as nan where not given."""

    ids: Sequence[str]
    texts: dict[str, Bytes]
    lists: dict[str, Coded]
    days: dict[str, Array]
    own: Array
    usd: Array


class Coding:
    """Values that repeat, taken in one by one: each distinct one once, in the order met."""

    def __init__(self) -> None:
        self.seen: dict[Any, int] = {}
        self.which = array("i")

    def add(self, value: Any) -> None:
        """Take a value in."""
        self.which.append(self.seen.setdefault(value, len(self.seen)))

    def whole(self) -> Coded:
        """All that was taken in."""
        return Coded(list(self.seen), np.array(self.which, np.int32))


def texts(found: Iterable[str]) -> Bytes:
    """Texts as UTF-8 bytes; half a surrogate, which no file can hold, becomes a question mark."""
    return joined([encoded(text) for text in found])


def encoded(text: str) -> bytes:
    """A text as UTF-8."""
    return text.encode("utf-8", "replace")


def joined(told: list[bytes]) -> Bytes:
    """Texts one after the other, and where each begins."""
    at = np.zeros(len(told) + 1, np.int64)
    np.cumsum([len(each) for each in told], out=at[1:])
    return Bytes(np.frombuffer(b"".join(told) or b" ", np.uint8), at)


def of_records(records: Iterable[Record]) -> Columns:
    """The columns of records, of which no more than one is held at a time."""
    ids: list[str] = []
    written: dict[str, list[bytes]] = {name: [] for name in TEXTS}
    lists = {name: Coding() for name in (*LISTS, *SINGLE)}
    days, sums = {name: array("i") for name in DAYS}, {name: array("d") for name in SUMS}
    for r in records:
        ids.append(r.id)
        for name, told in written.items():
            told.append(encoded(getattr(r, name)))
        for name in LISTS:
            lists[name].add(getattr(r, name))
        lists["reporter"].add((r.reporter,) if r.reporter else ())
        lists["currency"].add(r.currency)
        for name, ordinals in days.items():
            day = getattr(r, name)
            ordinals.append(day.toordinal() if day else 0)
        for name, amounts in sums.items():
            amounts.append(float(getattr(r, name) or nan))
    own, usd = (np.array(sums[name]) for name in SUMS)
    return Columns(
        ids,
        {name: joined(told) for name, told in written.items()},
        {name: each.whole() for name, each in lists.items()},
        {name: np.array(each, np.int32) for name, each in days.items()},
        own,
        usd,
    )


def record(columns: Columns, n: int) -> Record:
    """Record n as the columns have it, to be explained."""
    told: dict[str, Any] = {
        name: str(columns.texts[name].data[low:high].tobytes(), "utf-8")
        for name in columns.texts
        for low, high in [columns.texts[name].at[n : n + 2].tolist()]
    }
    lists = {name: coded.values[coded.which[n]] for name, coded in columns.lists.items()}
    dates: dict[str, Any] = {
        name: date.fromordinal(int(day[n])) if day[n] else None for name, day in columns.days.items()
    }
    reporter = lists.pop("reporter")
    sums: dict[str, Any] = {"amount": money(columns.own[n]), "amount_usd": money(columns.usd[n])}
    return Record(columns.ids[n], reporter=reporter[0] if reporter else "", **told, **lists, **dates, **sums)


def money(amount: float) -> Decimal | None:
    """An amount as it was given; None for nan."""
    return None if np.isnan(amount) else Decimal(f"{amount:.2f}" if amount % 1 else f"{amount:.0f}")
