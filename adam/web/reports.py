"""Reports: those stored, a new one, one read again, and its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER
from adam.errors import Invalid
from adam.http import guards
from adam.http.work import work
from adam.schemas.faults import load
from adam.schemas.scopes import ReportSchema
from adam.services import report_files, reports
from adam.web import choices, pager, report_page

blueprint = Blueprint("reports", __name__)
Answer = Any
READERS = (VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
LISTS = {"countries": "country", "pillars": "pillar", "organizations": "organization"}


@blueprint.get("/reports")
@guards.role(*READERS)
def listed() -> str:
    """Stored reports, newest first."""
    with work(read_only=True) as w:
        offset, limit = pager.window()
        rows = reports.listed(w, (offset, limit + 1))
        shown = [report_page.row(w, row) for row in rows[:limit]]
    total = offset + len(rows)
    return render_template(
        "reports/list.html", may_run=True, reports=shown, pager=pager.links(len(shown), total)
    )


@blueprint.get("/reports/new")
@guards.role(*READERS)
def new() -> str:
    """The form of a new report; its scope may come in the address."""
    return _form(
        {name: request.args.getlist(field) for name, field in LISTS.items()} | _days(request.args), {}
    )


@blueprint.post("/reports/new")
@guards.role(*READERS)
def run() -> Answer:
    """Run the report and store it."""
    values = {name: request.form.getlist(field) for name, field in LISTS.items()} | _days(request.form)
    scope = {name: value for name, value in values.items() if value}
    try:
        asked = load(ReportSchema(), {"kind": request.form.get("kind", "overlap"), "scope": scope})
        with work() as w:
            report = reports.run(w, asked["kind"], asked["scope"])
            key = report.id
    except Invalid as error:
        return _form(values, _errors(error)), 422
    flash(_("The report is stored; it can be read again and taken as a file."), "done")
    return redirect(f"/reports/{key}", 303)


def _days(given: Any) -> dict[str, str]:
    return {name: given.get(name, "").strip() for name in ("from", "to")}


def _errors(error: Invalid) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        parts = problem.pointer.removeprefix("#/").removeprefix("scope/").split("/")
        found.setdefault(parts[0], []).append(problem.detail)
    return found


def _form(values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    words = g.vocabulary
    partners = [choices.choice(code, row.name) for code, row in words.partners.items()]
    lists = {"countries": choices.countries(words), "pillars": _pillars(), "organizations": partners}
    summary = [{"href": f"#{key}", "text": text} for key, texts in errors.items() for text in texts]
    return render_template("reports/new.html", choices=lists, values=values, errors=errors, summary=summary)


def _pillars() -> list[dict[str, Any]]:
    return [choices.choice(code, f"{code}. {row.title}") for code, row in g.vocabulary.pillars.items()]


@blueprint.get("/reports/<uuid:report_id>")
@guards.role(*READERS)
def show(report_id: UUID) -> str:
    """A stored report, as it was run."""
    with work(read_only=True) as w:
        return report_page.page(w, str(report_id))


@blueprint.get("/reports/<uuid:report_id>/file.<form>")
@guards.role(*READERS)
def file(report_id: UUID, form: str) -> Response:
    """A stored report as PDF, XLSX, CSV, JSON or HTML."""
    if form not in report_files.FILES:
        raise NotFound
    with work(read_only=True) as w:
        report = reports.one(w, str(report_id))
        text, name = report_files.FILES[form].write(report), report_page.file_name(report, form)
    response = Response(text, content_type=report_files.FILES[form].media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
