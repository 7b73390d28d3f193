"""The pictures and tables of a coverage as files: each drawing with its own style, each with its table as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adam.exchange import tables
from adam.http import languages
from adam.pictures import bars as bars_drawing
from adam.pictures import matrices as matrix_drawing
from adam.pictures import tilemaps as map_drawing
from adam.pictures import timelines as time_drawing
from adam.services import coverage, openings
from adam.services.coverage import Picture
from adam.services.grids import APART
from adam.services.work import Work
from adam.web import coverage_scopes, filters, opened_cells, picture_files, tiles
from adam.web.coverage_scopes import Asked

HEAD = (
    "country",
    "country_name",
    "pillar",
    "column_name",
    "state",
    "projects",
    "donors",
    "donor_names",
    "counted_usd",
)


def links(asked: Asked, more: Iterable[str] = ()) -> list[dict[str, str]]:
    """The files of the page."""
    names = {"matrix.svg": _("Matrix as SVG"), "map.svg": _("Map as SVG"), "matrix.csv": _("Table as CSV")}
    there = [name for name in names if name != "map.svg" or "map" in more]
    return [{"label": names[name], "url": coverage_scopes.address(f"/coverage/{name}")} for name in there]


def _picture(w: Work, asked: Asked) -> tuple[Picture, dict[str, Any]]:
    shown = coverage.picture(w, asked.scope, asked.by)
    return shown, coverage.table(w, shown)


def _title(asked: Asked) -> str:
    return _("Coverage, %(region)s, %(when)s", region=coverage_scopes.name(asked.region), when=asked.when)


def _note(w: Work, shown: Picture) -> str:
    return picture_files.note(w.today, shown.total.grand if w.actor.signed_in else None)


def matrix(w: Work, asked: Asked) -> Response:
    """The matrix as a picture."""
    shown, table = _picture(w, asked)
    columns = [_column(column) for column in table["columns"]]
    rows = [
        {
            "label": filters.country_name(row["country"]) if row["country"] else _("Not allocated"),
            "cells": [_cell(cell, w.actor.signed_in) for cell in row["cells"]],
        }
        for row in table["rows"]
    ]
    drawn = matrix_drawing.matrix(columns, rows, _title(asked))
    return picture_files.drawn(drawn, _title(asked), _note(w, shown), "adam-coverage-matrix.svg")


def _column(column: dict[str, Any]) -> str:
    code, _apart, finer = (column["pillar"] or "").partition(APART)
    return f"{finer or code}\n{column['name']}" if code else f"\n{_('Not assigned')}"


def _cell(cell: dict[str, Any], money: bool) -> dict[str, Any]:
    usd = Decimal(cell["usd"]) if money else Decimal(0)
    projects = _("%(number)s pr.", number=cell["projects"]) if cell["projects"] else _("none recorded")
    note = f"{projects}, {filters.plain(filters.millions(usd))}" if usd else projects
    donors = cell["donors"] or ("–" if cell["projects"] else "0")
    return {"state": cell["state"], "need": False, "ends": cell["ends_soon"], "donors": donors, "note": note}


def tile_map(w: Work, asked: Asked) -> Response:
    """The tile map as a picture."""
    shown = coverage.picture(w, asked.scope)
    found = tiles.of(coverage.table(w, shown))
    if not found:
        raise NotFound
    title = _("%(title)s; in each tile pillars I II / III IV", title=_title(asked))
    drawn = map_drawing.tilemap(found, title)
    return picture_files.drawn(drawn, title, _note(w, shown), "adam-coverage-map.svg")


def table(w: Work, asked: Asked) -> Response:
    """The table behind the matrix and the map."""
    _shown, found = _picture(w, asked)
    names = {column["pillar"]: column["name"] for column in found["columns"]}
    money = w.actor.signed_in
    rows = [
        [
            cell["country"],
            filters.country_name(cell["country"]) if cell["country"] else _("Not allocated"),
            (cell["pillar"] or "").replace(APART, " ").strip() or None,
            names[cell["pillar"]],
            *(cell[name] for name in ("state", "projects", "donors", "donor_names")),
            Decimal(cell["usd"]) if money else None,
        ]
        for row in found["rows"]
        for cell in row["cells"]
    ]
    if money:
        rows.append([None, _("Elsewhere"), *[None] * 6, Decimal(found["elsewhere"])])
        rows.append([None, _("Counted once, in all"), *[None] * 6, Decimal(found["total"])])
    return _csv(HEAD, rows, "adam-coverage.csv")


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response:
    out = StringIO()
    tables.write_csv(out, head, rows)
    return picture_files.sent(out.getvalue(), name, "text/csv; charset=utf-8")


def _opened(w: Work, asked: Asked) -> openings.Opening:
    if asked.cell is None:
        raise NotFound
    return openings.opened(w, coverage.picture(w, asked.scope), asked.cell)


def timeline(w: Work, asked: Asked) -> Response:
    """The projects of the opened cell in time, as a picture."""
    found = opened_cells.timelines(_opened(w, asked))
    if not found:
        raise NotFound
    [one] = found
    drawn = time_drawing.timeline(one["span"], one["said"])
    return picture_files.drawn(
        drawn, one["title"], picture_files.note(w.today, None), "adam-cell-timeline.svg"
    )


def timeline_table(w: Work, asked: Asked) -> Response:
    """The table behind the timeline."""
    found = opened_cells.timelines(_opened(w, asked))
    rows = [
        [row[name] for name in ("label", "who", "start", "end", "text")]
        for one in found
        for row in one["rows"]
    ]
    return _csv(("project", "donors", "start", "end", "kinds_of_help"), rows, "adam-cell-timeline.csv")


def donors(w: Work, asked: Asked) -> Response:
    """The money of the opened cell by donor, as a picture."""
    found = _opened(w, asked)
    if not w.actor.signed_in:
        raise NotFound
    title = opened_cells.bars_title(asked)
    drawn = bars_drawing.bars(opened_cells.bars(found), title, languages.direction())
    return picture_files.drawn(
        drawn, title, picture_files.note(w.today, found.cell.usd), "adam-cell-donors.svg"
    )


def donor_table(w: Work, asked: Asked) -> Response:
    """The table behind the bars."""
    found = _opened(w, asked)
    if not w.actor.signed_in:
        raise NotFound
    rows = [[donor or None, usd] for donor, usd in found.donors]
    return _csv(("donor", "counted_usd"), rows, "adam-cell-donors.csv")


FILES: dict[str, Callable[[Work, Asked], Response]] = {
    "matrix.svg": matrix,
    "map.svg": tile_map,
    "matrix.csv": table,
    "timeline.svg": timeline,
    "timeline.csv": timeline_table,
    "donors.svg": donors,
    "donors.csv": donor_table,
}
