"""Tiles of the map of West and Central Asia, from a coverage table."""

from __future__ import annotations

from typing import Any

from adam.web import filters

PLACES = {
    "KZ": (1, 0),
    "TM": (0, 1),
    "UZ": (1, 1),
    "KG": (2, 1),
    "IR": (0, 2),
    "AF": (1, 2),
    "TJ": (2, 2),
    "PK": (1, 3),
}
"""Column and row of each country."""


def of(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The tiles of the countries that have a place."""
    return [
        {
            "code": row["country"],
            "name": filters.country_name(row["country"]),
            "x": PLACES[row["country"]][0],
            "y": PLACES[row["country"]][1],
            "core": row["country"] == "AF",
            "cells": row["cells"][:4],
        }
        for row in table["rows"]
        if row["country"] in PLACES
    ]
