"""A report as a paper: head, parts, tables and pictures, whatever it is written to. Every file is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

TEXT, LONG, NUMBER, MONEY, SHARE, DAY, REF = "text", "long", "number", "money", "share", "day", "ref"
"""What a column holds: short and long texts, whole numbers, US dollars, percent, days, names with their pages."""
FIGURES = (NUMBER, MONEY, SHARE)
SPACE = "\u00a0"
BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and what its cells hold."""

    name: str
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `name` is short and unlike any other of its paper: the sheet that holds it.

    A spreadsheet holds all rows; print and page show the first `most` and say where the others are. A grid that is
    not `printed` is for the spreadsheet alone.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    most: int = 60
    printed: bool = True

    @property
    def shown(self) -> Sequence[Sequence[Any]]:
        """The rows that print and page show."""
        return self.rows[: self.most]

    @property
    def rest(self) -> str:
        """How many rows more there are, and where; empty where there are none."""
        left = len(self.rows) - self.most
        if left <= 0:
            return ""
        rows = "1 more row is" if left == 1 else f"{left} more rows are"
        return f"{rows} in the spreadsheet of this report, sheet {self.name}."


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it shows in a sentence; the table that holds the same stands beside it."""

    svg: str
    said: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A key figure."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A matter told in lines: its head, what stands small beside it, and the reasons."""

    head: str
    aside: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper under one heading."""

    heading: str
    text: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    pictures: tuple[Picture, ...] = ()
    grids: tuple[Grid, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report; `head` says what it is of, by which rules and how fresh; `main` is the table of its CSV."""

    title: str
    reference: str
    head: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    main: Grid
    small: str = ""

    @property
    def grids(self) -> list[Grid]:
        """Every table, in order."""
        return [grid for part in self.parts for grid in part.grids]


def said(kind: str, value: Any) -> str:
    """A cell as people read it: thousands apart by a space that doesn't break, nothing where nothing is given."""
    if value is None:
        return ""
    if kind == REF:
        return str(value[0])
    if kind == SHARE:
        return f"{value}{SPACE}%"
    if kind in (NUMBER, MONEY):
        return grouped(value, 0)
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else str(value)


def grouped(value: Decimal | int, places: int) -> str:
    """1234567.8 → "1 234 568"."""
    return f"{value:,.{places}f}".replace(",", SPACE).replace("-", "−")


def millions(value: Decimal | None) -> str:
    """US dollars in millions with one place, small amounts with two; from a thousand millions on in billions."""
    if value is None:
        return "not given"
    if abs(value) >= BILLION:
        return f"USD{SPACE}{grouped(value / BILLION, 2)}{SPACE}billion"
    parted = value / 1_000_000
    return f"USD{SPACE}{grouped(parted, 2 if value and abs(parted) < 1 else 1)}{SPACE}million"
