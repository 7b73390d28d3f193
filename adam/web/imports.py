"""Projects from a file: the template, the upload, what would happen row by row, and applying it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.wrappers import Response

from adam.domain.actors import FOCAL_POINT
from adam.errors import Conflict, Invalid
from adam.http import guards, uploads
from adam.http.work import actor, state, work
from adam.queries import imports as questions
from adam.schemas.claims import judge
from adam.services import import_files, import_jobs, templates
from adam.web import import_page, pager

blueprint = Blueprint("imports", __name__)
Answer = Response | str | tuple[str, int]
LATEST = 20
OWN_FIELDS = ("csrf_token",)


@blueprint.get("/imports")
@guards.role(FOCAL_POINT)
def listed() -> Answer:
    """The way from template to upload, and the latest files."""
    return _page([])


@blueprint.post("/imports")
@guards.role(FOCAL_POINT)
@uploads.large
def send() -> Answer:
    """Take a file for a trial run; it is read by a worker, and its page shows how far that is."""
    try:
        given = uploads.upload(OWN_FIELDS)
        with work() as w:
            found = import_jobs.upload(w, given)
            key = found.id
    except Invalid as error:
        return _page([_worded(item.code, item.detail) for item in error.problems]), 422
    except Conflict as error:
        return _page([str(error)]), 409
    except (RequestEntityTooLarge, UnsupportedMediaType) as error:
        return _page([str(error.description)]), int(error.code or 413)
    return redirect(f"/imports/{key}", 303)


def _worded(code: str, detail: str) -> str:
    """The API's sentence about a format is about a field that the page doesn't have."""
    unread = code in ("choice", "required", "unknown_format")
    return _("Choose a file that ends in .xlsx, .csv or .xml.") if unread else detail


def _page(errors: list[str]) -> str:
    with work(read_only=True) as w:
        rows = [import_page.brief(found) for found in questions.latest(w.session, w.actor, LATEST)]
    most = state().settings.import_limit >> 20
    faults = {"file": list(dict.fromkeys(errors))} if errors else {}
    return render_template("imports/list.html", imports=rows, errors=faults, megabytes=most)


@blueprint.get("/imports/template.<form>")
@guards.role(FOCAL_POINT)
def template(form: str) -> Response:
    """The template, or the partner's own records in it."""
    if form not in (import_files.XLSX, import_files.CSV):
        raise NotFound
    filled = request.args.get("records") == "1"
    with work(read_only=True) as w:
        content = templates.template(w, form, actor().writes_for if filled else None)
    name = f"adam-{actor().writes_for}-records" if filled else "adam-template"
    return _file(content, form, name)


@blueprint.get("/imports/<uuid:import_id>")
@guards.role(FOCAL_POINT)
def show(import_id: UUID) -> str:
    """How far a file is, then what would happen or happened to each row."""
    with work(read_only=True) as w:
        shown = import_page.page(w, questions.one(w.session, w.actor, str(import_id)), pager.window())
    return render_template("imports/show.html", **shown)


@blueprint.post("/imports/<uuid:import_id>/apply")
@guards.role(FOCAL_POINT)
def apply(import_id: UUID) -> Response:
    """Apply the good rows of a trial run, exactly as shown."""
    with work() as w:
        key = import_jobs.apply(w, str(import_id)).id
    return redirect(f"/imports/{key}", 303)


@blueprint.get("/imports/<uuid:import_id>/refused")
@guards.role(FOCAL_POINT)
def refused(import_id: UUID) -> Response:
    """The refused rows as the same kind of file, with what to mend."""
    with work(read_only=True) as w:
        found, content = import_jobs.refused(w, str(import_id), judge)
        form, name = found.format, found.name.rpartition(".")[0] or found.name
    return _file(content, form, f"{name}-to-mend")


def _file(content: bytes, form: str, name: str) -> Response:
    answer = Response(content, content_type=import_files.TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{import_files.ENDINGS[form]}")
    return answer
