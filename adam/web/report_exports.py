"""What leaves with a report: all records of its scope, and two reports beside each other, as a page and as files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request
from werkzeug.exceptions import NotFound

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER
from adam.errors import Invalid
from adam.http import guards
from adam.http.work import work
from adam.services import report_comparisons, report_files, reports
from adam.services.report_comparisons import Compared
from adam.services.work import Work
from adam.web import report_papers

blueprint = Blueprint("report_exports", __name__, url_prefix="/reports/<uuid:report_id>")
Answer = Any
READERS = (VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR)


@blueprint.get("/records.<form>")
@guards.role(*READERS)
def records(report_id: UUID, form: str) -> Response:
    """Every record of the scope with all its fields, as they are now."""
    if form not in report_files.RECORDS:
        raise NotFound
    with work() as w:
        report = reports.one(w, str(report_id))
        content = report_files.records(w, report, form)
        return sent(content, form, f"{report.reference}-records.{form}")


@blueprint.get("/comparison")
@guards.role(*READERS)
def comparison(report_id: UUID) -> Answer:
    """The report beside another of its kind."""
    with work(read_only=True) as w:
        try:
            return report_papers.compared(_compared(w, report_id))
        except Invalid as error:
            flash(" ".join(problem.detail for problem in error.problems), "bad")
            return redirect(f"/reports/{report_id}", 303)


@blueprint.get("/comparison/file.<form>")
@guards.role(*READERS)
def comparison_file(report_id: UUID, form: str) -> Response:
    """The same as a file."""
    if form not in report_files.COMPARISONS:
        raise NotFound
    with work(read_only=True) as w:
        found = _compared(w, report_id)
        name = f"{found.before.reference}-{found.after.reference}.{form}"
        return sent(report_files.comparison(found, form), form, name)


def _compared(w: Work, report_id: UUID) -> Compared:
    other = request.args.get("with", "")
    return report_comparisons.compare(w, (str(report_id), other if len(other) == 36 else ""))


def sent(content: str | bytes, form: str, name: str) -> Response:
    """A file to keep."""
    response = Response(content, content_type=report_files.FILES[form].media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
