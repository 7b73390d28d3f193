"""A stored report as a file: the same bytes for the page, the API and the command."""

from __future__ import annotations

import io
import json
from typing import Any

from adam.exchange.tables import write_csv
from adam.services import report_rows

NAMES = ("id", "reference", "kind", "rules_version", "author")


def head(row: Any, title: str) -> dict[str, Any]:
    """What says which report this is: its names, title, scope and time; `row` is a report or a row of a list."""
    scope = dict(row.scope)
    scope["from"], scope["to"] = scope.pop("date_from", None), scope.pop("date_to", None)
    named = {name: getattr(row, name) for name in NAMES}
    return named | {"title": title, "scope": scope, "created_at": row.created_at.isoformat()}


def whole(report: Any) -> dict[str, Any]:
    """The whole report as a document."""
    return head(report, report.figures["title"]) | {"figures": report.figures}


def as_json(report: Any) -> str:
    """The whole report as JSON."""
    return json.dumps(whole(report), ensure_ascii=False, indent=2)


def as_csv(report: Any) -> str:
    """One row a finding; one row a country for coverage."""
    sheet = io.StringIO(newline="")
    if report.kind == "overlap":
        write_csv(sheet, report_rows.COLUMNS, report_rows.finding_rows(report.figures))
    else:
        table = report_rows.matrix_rows(report.figures)
        write_csv(sheet, table.columns, table.rows)
    return sheet.getvalue()


FILES = {"json": (as_json, "application/json"), "csv": (as_csv, "text/csv; charset=utf-8")}
"""Form to the function that writes it and its media type."""
