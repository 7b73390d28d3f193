"""Equity of a picture: how evenly it spreads over its countries and over its pillars, perhaps beside a baseline."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from adam.domain.coverage import Cell, Key
from adam.domain.equity import Part, Spread
from adam.services.coverage import Picture

NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Change:
    """How a cell or a part differs from the baseline: after minus before."""

    usd: Decimal
    donors: int
    projects: int


def by_country(shown: Picture) -> Spread:
    """The countries of a picture, each with what stands there under any pillar."""
    columns = [*shown.pillars, None]
    return Spread([_part(shown, code, [(code, column) for column in columns]) for code in shown.countries])


def by_pillar(shown: Picture) -> Spread:
    """The pillars of a picture, each with what stands in the picture's countries."""
    rows = shown.countries
    return Spread([_part(shown, code, [(row, code) for row in rows]) for code in shown.pillars])


def _part(shown: Picture, code: str, keys: list[Key]) -> Part:
    found = shown.together(keys)
    return Part(code, found["money"], found["donors"], found["projects"])


def change(after: Picture, before: Picture, key: Key) -> Change:
    """How one cell differs from the baseline's."""
    new, old = after.cells.get(key, NOTHING), before.cells.get(key, NOTHING)
    return Change(new.usd - old.usd, len(new.donors) - len(old.donors), len(new.projects) - len(old.projects))
