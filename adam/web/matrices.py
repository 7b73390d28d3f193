"""The matrix of countries and pillars for macros/figures.html, from a table as the services give or store it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from adam.services.coverage import Picture

Cell = dict[str, Any]
LIVING = ("pipeline", "active", "suspended", "completed")


def shown(table: Mapping[str, Any], link: Callable[[Cell], str | None], money: bool = True) -> dict[str, Any]:
    """Columns, rows and cells; `link` gives a cell its address, money is left out where it isn't to be shown."""
    return {
        "columns": [{"code": column["pillar"], "name": column["name"]} for column in table["columns"]],
        "rows": [
            {
                "country": row["country"],
                "url": f"/countries/{row['country']}" if row["country"] else None,
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
        "change": cell.get("change"),
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


def totals(table: dict[str, Any], shown: Picture, money: bool = True) -> None:
    """Add to a fresh table what stands in each row and column together, every record and donor counted once."""
    columns = [column["pillar"] for column in table["columns"]]
    rows = [row["country"] for row in table["rows"]]
    hidden = {} if money else {"money": None}
    for row in table["rows"]:
        row["total"] = shown.together((row["country"], column) for column in columns) | hidden
    down = [shown.together((country, column) for country in rows) | hidden for column in columns]
    whole = shown.together((country, column) for country in rows for column in columns) | hidden
    table["totals"] = whole | {"cells": down}
