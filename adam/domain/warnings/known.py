"""What a rule may know besides the draft: the day, whose it is, and what only the database can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from adam.domain.proposals import Proposal

Draft = Mapping[str, Any]
Found = Iterator[tuple[str, str]]
"""Places in the document ("contributions/0/amount"), each with the sentence that names the values."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What accepted records of one kind of help or sector cost, in US dollars: quartiles and how many there are."""

    what: str
    records: int
    low: Decimal
    median: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Known:
    """`reporter` is the partner that writes; `sectors` are the DAC's codes; `usd` is the draft's headline figure.

    `by_sector` and `by_text` are what the sector codes and the texts speak for, whatever pillars the draft names;
    `taken` is the row of an identifier → the reference of another record of the reporter that carries it.
    """

    today: date
    reporter: str | None = None
    priority: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    by_sector: tuple[Proposal, ...] = ()
    by_text: tuple[Proposal, ...] = ()
    usd: Decimal | None = None
    usual: tuple[Usual, ...] = ()
    taken: Mapping[int, str] = field(default_factory=dict)


def words(day: date) -> str:
    """A day as a sentence writes it: 31 May 2006."""
    return f"{day.day} {day:%B %Y}"


def figure(amount: Decimal) -> str:
    """An amount as a sentence writes it: 1 200 000.00, with spaces that don't break."""
    return f"{amount:,.2f}".replace(",", "\N{NO-BREAK SPACE}")
