"""The pictures of a project's page as files, each with the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from adam.errors import NotFound
from adam.exchange import tables
from adam.pictures import bars, tilemaps, timelines
from adam.services.work import Work
from adam.web import filters, picture_files, project_page, project_pictures

Drawn = dict[str, Any]
DRAWINGS: dict[str, tuple[str, Callable[[Drawn], str]]] = {
    "time": ("time", lambda item: timelines.timeline(item["span"], item["said"])),
    "countries": ("where", lambda item: tilemaps.shares(item["tiles"], item["said"])),
    "years": ("years", lambda item: bars.bars(item["bars"], item["said"], item["direction"])),
}
"""Name of the file → which picture of the page it is, and how it is drawn."""
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Drawn], list[list[Any]]]]] = {
    "time": (
        ("reference", "title", "what", "start", "end", "counted_usd"),
        lambda item: [
            [row[key] for key in ("reference", "title", "what", "start", "end", "usd")]
            for row in item["rows"]
        ],
    ),
    "countries": (
        ("country", "country_name", "share_percent"),
        lambda item: [
            [
                row["country"],
                filters.country_name(row["country"]) if row["country"] else _("Not allocated"),
                row["share"],
            ]
            for row in item["rows"]
        ],
    ),
    "years": (("year", "counted_usd"), lambda item: [[row["label"], row["value"]] for row in item["bars"]]),
}


def sent(w: Work, project: Any, name: str) -> Response:
    """A picture (time.svg) or its table (time.csv); raises NotFound where there is nothing to draw."""
    what, _dot, kind = name.partition(".")
    if what not in DRAWINGS or kind not in ("svg", "csv"):
        raise NotFound("There is no such file.")
    part, draw = DRAWINGS[what]
    item = project_pictures.shown(w, project, project_page.read(w, project))[part]
    if item is None:
        raise NotFound("There is nothing to draw of this record.")
    file = f"{project.reference.lower()}-{name}"
    if kind == "svg":
        title = f"{project.reference} {project.title}"
        return picture_files.drawn(draw(item), title, picture_files.note(w.today, None), file)
    out = StringIO()
    head, rows = TABLES[what]
    tables.write_csv(out, head, rows(item))
    return picture_files.sent(out.getvalue(), file, "text/csv; charset=utf-8")
