"""Coverage cell by cell: country × pillar, or finer by commitment or kind of help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from adam.domain.coverage import Line, matrix
from adam.queries.comparing import Facts
from adam.services import coverage
from adam.services.coverage import Picture
from adam.services.work import Work

PILLAR, COMMITMENT, TYPE = "pillar", "commitment", "assistance_type"
Parts = dict[str, tuple[Decimal | None, bool]]


def cells(w: Work, scope: Mapping[str, Any], by: str = PILLAR) -> dict[str, Any]:
    """Every cell of a scope, the empty ones too, and what stands outside; their money together is `total`.

    A project of several kinds of help gives none of them a share, so its money stands under no kind.
    """
    shown = coverage.picture(w, scope)
    if by != PILLAR:
        shown = _finer(w, shown, by)
    table = coverage.table(w, shown)
    return {
        "items": [_named(cell, by) for row in table["rows"] for cell in row["cells"]],
        "next_cursor": None,
        "elsewhere": table["elsewhere"],
        "total": table["total"],
    }


def _named(cell: dict[str, Any], by: str) -> dict[str, Any]:
    """A cell with its pillar and the finer code apart."""
    pillar, _, finer = (cell["pillar"] or "").partition("|")
    more = {} if by == PILLAR else {by: finer or None}
    return (
        {"country": cell["country"], "pillar": pillar or None}
        | more
        | {name: value for name, value in cell.items() if name not in ("country", "pillar")}
    )


def _finer(w: Work, shown: Picture, by: str) -> Picture:
    lines = [
        _line(w, item, shown.total.counted.get(key, Decimal(0)), by) for key, item in shown.facts.items()
    ]
    found = matrix(lines)
    columns = list(
        dict.fromkeys([*_columns(w, shown.pillars, by), *sorted(key[1] for key in found if key[1])])
    )
    wanted = [column for column in columns if column.partition("|")[0] in shown.pillars]
    return replace(shown, cells=found, pillars=wanted)


def _columns(w: Work, pillars: list[str], by: str) -> Iterator[str]:
    for pillar in pillars:
        if by == COMMITMENT:
            rows = w.vocabulary.commitments.values()
            yield from (f"{pillar}|{row.code}" for row in rows if row.pillar == pillar)
        else:
            yield from (f"{pillar}|{code}" for code in w.vocabulary.assistance_types)


def _line(w: Work, item: Facts, usd: Decimal, by: str) -> Line:
    """A record for the finer matrix: each assignment under its commitment, or under each of its kinds of help."""
    line = coverage.line_of(w, item, usd)
    if by == COMMITMENT:
        parts: Parts = {f"{row[0]}|{row[1] or ''}": (row[2], row[3]) for row in item.pillars}
    else:
        kinds = item.types or [""]
        parts = {
            f"{pillar}|{kind}": (share if len(kinds) == 1 else None, proposed)
            for pillar, (share, proposed) in line.pillars.items()
            for kind in kinds
        }
    return replace(line, pillars=parts)
