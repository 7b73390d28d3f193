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
from adam.schemas.scopes import KINDS, ReportSchema
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
    return _form(_asked(request.args), {})


@blueprint.post("/reports/new")
@guards.role(*READERS)
def run() -> Answer:
    """Run the report and store it."""
    values = _asked(request.form)
    scope = {name: value for name, value in values.items() if value and name != "kind"}
    try:
        asked = load(ReportSchema(), {"kind": values["kind"], "scope": scope})
        with work() as w:
            report = reports.run(w, asked["kind"], asked["scope"])
            key = report.id
    except Invalid as error:
        return _form(values, _errors(error)), 422
    flash(_("The report is stored; it can be read again and taken as a file."), "done")
    return redirect(f"/reports/{key}", 303)


def _asked(given: Any) -> dict[str, Any]:
    texts = {name: given.get(name, "").strip() for name in ("from", "to", "year", "baseline")}
    lists = {name: given.getlist(field) for name, field in LISTS.items()}
    return lists | texts | {"kind": given.get("kind", "overlap")}


def _errors(error: Invalid) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        parts = problem.pointer.removeprefix("#/").removeprefix("scope/").split("/")
        found.setdefault(parts[0], []).append(problem.detail)
    return found


def _form(values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    words = g.vocabulary
    partners = [choices.choice(code, row.name) for code, row in words.partners.items()]
    kinds = choices.labelled(KINDS, "report")
    lists = {
        "kinds": kinds,
        "countries": choices.countries(words),
        "pillars": _pillars(),
        "organizations": partners,
    }
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
