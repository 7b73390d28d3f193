"""Coverage cell by cell: country × pillar, or finer by commitment or kind of help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adam.services import coverage
from adam.services.grids import APART, PILLAR
from adam.services.work import Work


def cells(w: Work, scope: Mapping[str, Any], by: str = PILLAR) -> dict[str, Any]:
    """Every cell of a scope, the empty ones too, and what stands outside; their money together is `total`.

    A project of several kinds of help gives none of them a share, so its money stands under no kind.
    """
    table = coverage.table(w, coverage.picture(w, scope, by))
    return {
        "items": [_named(cell, by) for row in table["rows"] for cell in row["cells"]],
        "next_cursor": None,
        "elsewhere": table["elsewhere"],
        "total": table["total"],
    }


def _named(cell: dict[str, Any], by: str) -> dict[str, Any]:
    """A cell with its pillar and the finer code apart."""
    pillar, _, finer = (cell["pillar"] or "").partition(APART)
    more = {} if by == PILLAR else {by: finer or None}
    return (
        {"country": cell["country"], "pillar": pillar or None}
        | more
        | {name: value for name, value in cell.items() if name not in ("country", "pillar")}
    )
