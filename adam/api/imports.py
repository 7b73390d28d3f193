"""Imports: a file sent, read by a worker, tried first and then applied; what became of each row."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards, paging, uploads
from adam.http.work import actor, work
from adam.queries import imports as questions
from adam.queries import listings
from adam.queries.listings import Window
from adam.schemas.api_answers import page_of
from adam.schemas.api_imports import (
    UPLOAD,
    ImportAnswer,
    ImportBrief,
    ImportQuery,
    TemplateQuery,
)
from adam.schemas.api_queries import PageQuery
from adam.schemas.claims import judge
from adam.services import import_files, import_jobs, templates
from adam.services.work import Work

blueprint = Blueprint("imports", __name__, "Files of many projects, tried first and then applied.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
OWN = ("id", "partner", "author", "name", "format", "mode", "state", "follows", "size", "total", "done")
ROW = ("number", "source_ref", "title", "place", "result", "problems", "changes", "dropped", "submission_id")
RESULTS = ("new", "updated", "unchanged", "refused")


@route("/imports", methods=["POST"])
@guards.scope("submit")
@uploads.large
@blueprint.doc(requestBody=UPLOAD)
@response(201, ImportBrief)
def create() -> Response:
    """Send a file: XLSX or CSV in the layout of the template, or IATI

    Answers at once; a worker reads the file. A trial run (`dry_run`) keeps nothing; apply it when you have seen
    what would happen, or send `apply` to begin with.
    """
    given = uploads.upload()
    said = {
        "file": hashlib.sha256(given.content).hexdigest(),
        "name": given.name,
        "format": given.form,
        "mode": given.mode,
    }
    with work() as w:
        return answers.once(w, said, lambda: _created(w, import_jobs.upload(w, given)))


@route("/imports", methods=["GET"])
@guards.scope("read")
@arguments(PageQuery, location="query")
@response(200, page_of(ImportBrief))
def listed(_asked: dict[str, Any]) -> Response:
    """Your partner's imports, newest first"""
    with work(read_only=True) as w:
        query = questions.listed(w.actor)
        return answers.page(w, query, listings.IMPORTS, lambda items: [brief(w, item) for item in items])


@route("/imports/template", methods=["GET"])
@guards.scope("read")
@arguments(TemplateQuery, location="query")
@blueprint.files(
    "The workbook, or one flat CSV.",
    import_files.TYPES[import_files.XLSX],
    import_files.TYPES[import_files.CSV],
)
def template(asked: dict[str, Any]) -> Response:
    """The spreadsheet to fill in, empty or with your partner's records"""
    with work(read_only=True) as w:
        owner = actor().writes_for if asked["records"] else None
        content = templates.template(w, asked["form"], owner)
    return _file(content, asked["form"], "adam-template")


@route("/imports/<record:import_id>", methods=["GET"])
@guards.scope("read")
@arguments(ImportQuery, location="query")
@response(200, ImportAnswer)
def one(asked: dict[str, Any], import_id: str) -> Response:
    """One import with its progress and a page of its rows' outcomes

    Ask again until `state` is done or failed. With `result=refused` only the rows that were refused.
    """
    page = paging.paging()
    with work(read_only=True) as w:
        found = questions.one(w.session, w.actor, import_id)
        query = questions.rows(found.id, asked["result"])
        part = listings.part(w.session, query, listings.IMPORT_ROWS, Window(page.limit, page.after))
        cursor = paging.cursor_for(part.following) if part.following else None
        rows = [_row(row) for row in part.items]
        body = brief(w, found) | {"rows": rows, "next_cursor": cursor}
    shown = answers.one(body)
    if cursor:
        shown.headers["Link"] = f'<{paging.next_url(cursor)}>; rel="next"'
    return shown


@route("/imports/<record:import_id>/apply", methods=["POST"])
@guards.scope("submit")
@response(201, ImportBrief)
def apply(import_id: str) -> Response:
    """Apply the good rows of a trial run, exactly as it showed them

    A row whose record was changed since is refused and says so. Asked for twice, the answer is the same import.
    """
    with work() as w:
        return _created(w, import_jobs.apply(w, import_id))


@route("/imports/<record:import_id>/refused", methods=["GET"])
@guards.scope("read")
@blueprint.files("A file of the kind that was sent.", *import_files.TYPES.values())
def refused(import_id: str) -> Response:
    """The refused rows as the same kind of file, with what to mend"""
    with work(read_only=True) as w:
        found, content = import_jobs.refused(w, import_id, judge)
        form, name = found.format, found.name.rpartition(".")[0] or found.name
    return _file(content, form, f"{name}-to-mend")


def _row(row: Any) -> dict[str, Any]:
    """What became of a row, with what of it had no place as a list."""
    left_out = [
        dict(zip(("what", "why"), remark.partition(": ")[::2], strict=True)) | {"count": count}
        for remark, count in sorted(row.dropped.items())
    ]
    return {name: getattr(row, name) for name in ROW} | {"dropped": left_out}


def _created(w: Work, found: Any) -> Response:
    body = brief(w, found)
    return answers.created(body, f"/api/v1/imports/{found.id}", answers.versioned(1, body))


def brief(w: Work, found: Any) -> dict[str, Any]:
    """An import without its rows."""
    times = {name: getattr(found, name) for name in ("created_at", "finished_at")}
    return (
        {name: getattr(found, name) for name in OWN}
        | {"counts": {name: int(found.counts.get(name, 0)) for name in RESULTS}}
        | {"notes": found.notes, "faults": found.faults}
        | {name: value.isoformat() if value else None for name, value in times.items()}
    )


def _file(content: bytes, form: str, name: str) -> Response:
    answer = Response(content, content_type=import_files.TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{import_files.ENDINGS[form]}")
    return answer
