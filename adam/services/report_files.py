"""A stored report as a file: the same bytes for the page, the API and the command."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adam.domain.papers import Paper
from adam.exchange import paper_pages, paper_prints, paper_sheets
from adam.exchange.tables import write_csv
from adam.queries import projects
from adam.services import (
    annual_papers,
    coverage,
    gap_papers,
    import_files,
    overlap_papers,
    readings,
    report_comparisons,
    report_papers,
    report_rows,
    reports,
    templates,
)
from adam.services.report_comparisons import Compared
from adam.services.work import Work

NAMES = ("id", "reference", "kind", "rules_version", "author")
PAPERS: dict[str, Callable[[Any], Paper]] = {
    "overlap": overlap_papers.overlap,
    "coverage": report_papers.coverage,
    "gaps": gap_papers.gaps,
    "annual": annual_papers.annual,
}
"""Kind of report → who writes its paper."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a report may be written to: who writes it, as which media type, and what people call it."""

    write: Callable[[Any], str | bytes]
    media: str
    label: str


def head(row: Any, title: str) -> dict[str, Any]:
    """What says which report this is: its names, title, scope and time; `row` is a report or a row of a list."""
    scope = dict(row.scope)
    scope["from"], scope["to"] = scope.pop("date_from", None), scope.pop("date_to", None)
    named = {name: getattr(row, name) for name in NAMES}
    return named | {"title": title, "scope": scope, "created_at": row.created_at.isoformat()}


def whole(report: Any) -> dict[str, Any]:
    """The whole report as a document."""
    return head(report, report.figures["title"]) | {"figures": report.figures}


def paper(report: Any) -> Paper:
    """The report as a paper: what print, page and spreadsheet are made of."""
    return PAPERS[report.kind](report)


def as_json(report: Any) -> str:
    """The whole report as JSON."""
    return json.dumps(whole(report), ensure_ascii=False, indent=2)


def as_csv(report: Any) -> str:
    """The main table of the report: one row a finding, a cell, a gap or a measure."""
    sheet = io.StringIO(newline="")
    if report.kind == "overlap":
        write_csv(sheet, report_rows.COLUMNS, report_rows.finding_rows(report.figures))
    elif report.kind == "coverage":
        table = report_rows.matrix_rows(report.figures)
        write_csv(sheet, table.columns, table.rows)
    else:
        main = paper(report).main
        write_csv(sheet, [column.name for column in main.columns], main.rows)
    return sheet.getvalue()


def as_xlsx(report: Any) -> bytes:
    """One sheet a table, and one that says what it is."""
    return paper_sheets.workbook(paper(report))


def as_html(report: Any) -> str:
    """One file that opens anywhere."""
    return paper_pages.page(paper(report))


def as_pdf(report: Any) -> bytes:
    """To be handed out."""
    return paper_prints.pdf(paper(report), report.created_at)


FILES = {
    "pdf": Form(as_pdf, "application/pdf", "PDF"),
    "xlsx": Form(as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "csv": Form(as_csv, "text/csv; charset=utf-8", "CSV"),
    "json": Form(as_json, "application/json", "JSON"),
    "html": Form(as_html, "text/html; charset=utf-8", "HTML"),
}


COMPARISONS = ("pdf", "xlsx", "csv", "json", "html")
RECORDS = {"xlsx": import_files.XLSX, "csv": import_files.CSV, "json": ""}
"""Form of a full export → what writes it."""


def comparison(found: Compared, form: str) -> str | bytes:
    """Two reports beside each other as one of COMPARISONS."""
    if form == "json":
        return json.dumps(report_comparisons.document(found), ensure_ascii=False, indent=2)
    written = report_comparisons.paper(found)
    if form == "pdf":
        return paper_prints.pdf(written, found.after.created_at)
    if form == "xlsx":
        return paper_sheets.workbook(written)
    if form == "html":
        return paper_pages.page(written)
    sheet = io.StringIO(newline="")
    write_csv(sheet, [column.name for column in written.main.columns], written.main.rows)
    return sheet.getvalue()


def records(w: Work, report: Any, form: str) -> str | bytes:
    """Every record of the report's scope with all its fields, as they are now and as the actor may read them.

    That they were taken is written to the history.
    """
    chosen = coverage.chosen(w, reports.draft_of(report.scope))
    found = w.session.scalars(projects.of_ids(chosen)).all()
    w.record("report.records_taken", ("report", report.id), None, {"form": form, "records": len(found)})
    readings.together(w, readings.secret(w.actor, found))
    if RECORDS[form]:
        return templates.exported(w, RECORDS[form], found)
    items = [projects.readable(project, w.actor) for project in found]
    return json.dumps(items, ensure_ascii=False, indent=1)
