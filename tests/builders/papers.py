"""A small paper with names from hostile hands, to be written to any form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from adam.domain.papers import (
    DAY,
    LONG,
    MONEY,
    NUMBER,
    SHARE,
    Column,
    Entry,
    Fact,
    Grid,
    Paper,
    Part,
    Picture,
)

HOSTILE = '#panic() $x$ @ref _a_ *b* \\ ] [ <b> {c} `d` ~ // "q" =HYPERLINK("http://x")'
NAMES = ("Граница", "مشروع الحدود", "Türkiye")
SVG = '<svg class="pic" viewBox="0 0 90 20"><rect class="barA" width="40" height="9"/></svg>'


def paper(*names: str, rows: int = 1, most: int = 60, svg: str = SVG) -> Paper:
    """A paper in which these names stand everywhere."""
    told = names or (HOSTILE,)
    columns = (Column("Name", LONG), Column("Projects", NUMBER), Column("US dollars", MONEY))
    line: list[Any] = [told[0], 3, Decimal("1234567.80"), Decimal("12.5"), date(2024, 2, 1)]
    grid = Grid(
        "Rows",
        f"Of {told[0]}",
        (*columns, Column("Share", SHARE), Column("Day", DAY)),
        [line] * rows,
        most=most,
    )
    entries = tuple(Entry(name, name, (name,)) for name in told)
    part = Part(told[0], told, (Fact("Label", told[0]),), (Picture(svg, told[0]),), (grid,), entries)
    return Paper(told[0], "R-0001", (("Scope", told[0]),), (part,), grid, "Small.")
