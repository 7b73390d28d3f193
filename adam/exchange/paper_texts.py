"""A paper as text for a terminal."""

from __future__ import annotations

from adam.domain.papers import Grid, Paper, said
from adam.exchange.tables import format_table

WIDTH = 120


def text(paper: Paper) -> str:
    """Head, parts and tables, one under another; long tables shortened as in print."""
    parts = ["\n".join([paper.title, *(f"{label}: {value}" for label, value in paper.head)])]
    for part in paper.parts:
        facts = "; ".join(f"{one.label}: {one.value} {one.note}".strip() for one in part.facts)
        lines = [part.heading.upper(), *part.text, *([facts] if facts else [])]
        parts.append("\n".join(lines))
        parts += [_table(grid) for grid in part.grids if grid.printed]
    return "\n\n".join(parts)


def _table(grid: Grid) -> str:
    names = [column.name for column in grid.columns]
    rows = [
        [said(column.kind, value) for column, value in zip(grid.columns, row, strict=True)]
        for row in grid.shown
    ]
    notes = [note for note in (grid.note, grid.rest) if note]
    return "\n".join([grid.title, format_table(names, rows, WIDTH), *notes])
