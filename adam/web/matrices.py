"""The matrix of countries and pillars for macros/figures.html, from a table as the services give or store it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

Cell = dict[str, Any]
Key = tuple[str | None, str | None]
LIVING = ("pipeline", "active", "suspended", "completed")


def shown(table: Mapping[str, Any], link: Callable[[Cell], str | None], money: bool = True) -> dict[str, Any]:
    """Columns, rows and cells; `link` gives a cell its address, money is left out where it isn't to be shown."""
    return {
        "columns": [{"code": column["pillar"], "name": column["name"]} for column in table["columns"]],
        "rows": [
            {
                "country": row["country"],
                "url": None,
                "cells": [_cell(cell, link, money) for cell in row["cells"]],
                "total": row.get("total"),
            }
            for row in table["rows"]
        ],
        "totals": table.get("totals"),
    }


def busiest(matrix: dict[str, Any], most: int) -> dict[str, Any]:
    """The matrix with only its busiest rows, assigned projects first, in their old order; for drawing a long one."""
    ranked = sorted(matrix["rows"], key=lambda row: _weight(matrix, row), reverse=True)
    kept = [id(row) for row in ranked[:most]]
    return matrix | {"rows": [row for row in matrix["rows"] if id(row) in kept]}


def _weight(matrix: dict[str, Any], row: dict[str, Any]) -> tuple[int, int]:
    counts = [
        (column["code"], cell["projects"])
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
    ]
    return sum(number for code, number in counts if code), sum(number for _code, number in counts)


def _cell(cell: Cell, link: Callable[[Cell], str | None], money: bool) -> Cell:
    usd = Decimal(cell["usd"]) if cell.get("usd") is not None else None
    return {
        "donors": cell["donors"],
        "projects": cell["projects"],
        "money": usd if money and usd else None,
        "state": cell["state"],
        "need": bool(cell.get("need")),
        "ends": bool(cell.get("ends_soon")),
        "findings": cell.get("overlaps") or cell.get("findings") or 0,
        "url": link(cell) if cell["projects"] else None,
    }


def to_projects(period: Mapping[str, str]) -> Callable[[Cell], str | None]:
    """A cell leads to its records; a cell that no filter can name leads nowhere."""

    def link(cell: Cell) -> str | None:
        if not cell["country"] or not cell["pillar"]:
            return None
        asked = [("country", cell["country"]), ("pillar", cell["pillar"]), *period.items()]
        return f"/projects?{urlencode([*asked, *(('status', code) for code in LIVING)])}"

    return link


def totals(table: dict[str, Any], cells: Mapping[Key, Any], money: bool = True) -> None:
    """Add to a fresh table what stands in each row and column together, every record and donor counted once."""
    columns = [column["pillar"] for column in table["columns"]]
    for row in table["rows"]:
        row["total"] = _together([cells.get((row["country"], column)) for column in columns], money)
    rows = [row["country"] for row in table["rows"]]
    down = [_together([cells.get((country, column)) for country in rows], money) for column in columns]
    whole = _together([cells.get((country, column)) for country in rows for column in columns], money)
    table["totals"] = whole | {"cells": down}


def _together(found: list[Any], money: bool) -> dict[str, Any]:
    there = [cell for cell in found if cell is not None]
    return {
        "projects": len({key for cell in there for key in cell.projects}),
        "donors": len({name for cell in there for name in cell.donors}),
        "money": sum((cell.usd for cell in there), Decimal(0)) if money else None,
    }
