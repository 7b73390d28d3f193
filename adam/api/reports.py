"""Reports: run, stored, read again, and taken as files."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from adam.api import answers
from adam.api.reading import FILE, Blueprint, Body
from adam.http import guards, paging
from adam.http.work import work
from adam.schemas.api_answers import ReportAnswer, ReportBrief, page_of
from adam.schemas.api_queries import FileQuery, PageQuery
from adam.schemas.api_reports import ComparisonAnswer, ComparisonQuery, RecordsQuery
from adam.schemas.projects import ProjectSchema
from adam.schemas.scopes import ReportSchema
from adam.services import report_comparisons, report_files, reports

blueprint = Blueprint("reports", __name__, "Stored snapshots that can be read again and explained.")
EVERY = 1_000_000


@blueprint.route("/reports", methods=["POST"])
@guards.scope("submit", "coordinate", "admin")
@blueprint.arguments(ReportSchema)
@blueprint.response(201, ReportAnswer)
def run(body: Body) -> Response:
    """Run a report over what you may see, and store it"""
    asked = body.taken()
    with work() as w:
        report = reports.run(w, asked["kind"], asked["scope"])
        shown = report_files.whole(report)
        return answers.created(shown, f"/api/v1/reports/{report.id}", _etag(shown))


@blueprint.route("/reports")
@guards.scope("read")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(ReportBrief))
def listed(_asked: dict[str, Any]) -> Response:
    """Stored reports, newest first, without their figures"""
    asked = paging.paging()
    begin = int(asked.after[0]) if asked.after else 0
    with work(read_only=True) as w:
        rows = reports.listed(w, (begin, asked.limit + 1))
        total = len(reports.listed(w, (0, EVERY))) if asked.total else None
    following = [begin + asked.limit] if len(rows) > asked.limit else None
    return paging.page([report_files.head(row, row.title) for row in rows[: asked.limit]], following, total)


@blueprint.route("/reports/<record:report_id>")
@guards.scope("read")
@blueprint.response(200, ReportAnswer)
def one(report_id: str) -> Response:
    """One stored report with all its figures"""
    with work(read_only=True) as w:
        shown = report_files.whole(reports.one(w, report_id))
    return answers.one(shown, _etag(shown))


@blueprint.route("/reports/<record:report_id>/file")
@guards.scope("read")
@blueprint.arguments(FileQuery, location="query")
@blueprint.files(
    "The file in the format asked for: PDF, XLSX, HTML, or CSV with a row a finding, gap or measure.",
    *(form.media for name, form in report_files.FILES.items() if name != "json"),
)
@blueprint.alt_response(200, schema=ReportAnswer, success=True, description="JSON: the whole report.")
def file(asked: dict[str, Any], report_id: str) -> Response:
    """A stored report as a file"""
    with work(read_only=True) as w:
        report = reports.one(w, report_id)
        form = report_files.FILES[asked["form"]]
        text = form.write(report)
        name = f"{report.reference}.{asked['form']}"
    return _file(text, asked["form"], name)


@blueprint.route("/reports/<record:report_id>/records")
@guards.scope("read")
@blueprint.arguments(RecordsQuery, location="query")
@blueprint.response(200, ProjectSchema(many=True), description="JSON: a list of project objects.")
@blueprint.alt_response(
    200, schema={"type": "string"}, content_type="text/csv", success=True, description="CSV or XLSX."
)
@blueprint.alt_response(200, schema=FILE, content_type=report_files.FILES["xlsx"].media, success=True)
def records(asked: dict[str, Any], report_id: str) -> Response:
    """Every record of the report's scope with all its fields, as they are now"""
    with work() as w:
        report = reports.one(w, report_id)
        content = report_files.records(w, report, asked["form"])
        return _file(content, asked["form"], f"{report.reference}-records.{asked['form']}")


@blueprint.route("/reports/<record:report_id>/comparison")
@guards.scope("read")
@blueprint.arguments(ComparisonQuery, location="query")
@blueprint.response(200, ComparisonAnswer)
@blueprint.alt_response(200, schema={"type": "string"}, content_type="text/csv", success=True)
@blueprint.alt_response(200, schema=FILE, content_type=report_files.FILES["xlsx"].media, success=True)
def comparison(asked: dict[str, Any], report_id: str) -> Response:
    """The report beside another one of its kind: figures, and what is new, gone and changed"""
    with work(read_only=True) as w:
        found = report_comparisons.compare(w, (report_id, asked["other"]))
        if asked["form"] == "json":
            return jsonify(report_comparisons.document(found))
        name = f"{found.before.reference}-{found.after.reference}.{asked['form']}"
        return _file(report_files.comparison(found, asked["form"]), asked["form"], name)


def _file(content: str | bytes, form: str, name: str) -> Response:
    response = Response(content, content_type=report_files.FILES[form].media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _etag(shown: dict[str, Any]) -> str:
    """A stored report never changes."""
    return answers.versioned(1, shown)
