"""Accepted records: the list, one record, and what its owner and the coordinators may do with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from adam.domain import excerpts
from adam.domain.actors import COORDINATOR, FOCAL_POINT, Actor
from adam.domain.searches import Term, terms
from adam.domain.visibility import fields_for
from adam.errors import Conflict, NotFound
from adam.http import guards, limits, streams
from adam.http.work import actor, state, work
from adam.queries import projects as questions
from adam.services import exports, projects, readings, waiting
from adam.services.work import Work
from adam.web import documents, pager, project_files, project_filters, project_page
from adam.web.filters import number

MOST = 3
"""So many organizations of a role are named in the list; the record names them all."""
blueprint = Blueprint("projects", __name__)


@blueprint.get("/projects")
@guards.anyone
def listed() -> str:
    """The records that this reader may see and that pass the filters."""
    filters = project_filters.asked()
    with work(read_only=True) as w:
        listed = found(w, filters)
        chips = project_filters.chips()
    note(listed)
    return render_template(
        "projects/list.html",
        lede=_lede(listed["total"]),
        filters=project_filters.form(filters),
        chips=chips,
        projects=listed["rows"],
        pager=listed["pager"],
        empty=None,
        export=ways_out(request.query_string.decode(errors="replace")) if listed["rows"] else [],
        totals_url=f"/totals{project_filters.kept()}" if actor().signed_in and listed["rows"] else None,
    )


def found(w: Work, asked: questions.Filters) -> dict[str, Any]:
    """A page of the records that this reader may see and that pass: rows, total (one more than COUNTED), pager.

    `secret` names those whose reading is noted.
    """
    query = questions.matching(w.actor, asked)
    total = waiting.kept(w, ("records", asked), lambda: questions.count(w.session, query, questions.COUNTED))
    order = questions.ordered(project_filters.order(w.actor), asked.text)
    items = questions.page(w.session, query, order, pager.window())
    sought = terms(asked.text)
    rows = [row(item, w.actor) | (_marked(item, sought) if sought else {}) for item in items]
    links = pager.links(len(rows), total, more=total > questions.COUNTED)
    return {"rows": rows, "total": total, "pager": links, "secret": readings.secret(w.actor, items)}


def note(listed: dict[str, Any]) -> None:
    """Write down which confidential records were read on a page of the list: one entry that names them all."""
    if listed["secret"]:
        with work() as w:
            readings.together(w, listed["secret"])


def _marked(item: Any, sought: list[Term]) -> dict[str, Any]:
    """The title with what was looked for, and where it stands in a text, of the fields that everybody may read."""
    said = item.document.get("translations") or ()
    texts = [item.description, *(text for one in said for text in (one["title"], one.get("description")))]
    places = (excerpts.excerpt(text, sought) for text in texts if text)
    return {"pieces": excerpts.marked(item.title, sought), "excerpt": next(filter(None, places), None)}


def _lede(total: int) -> str:
    if total > questions.COUNTED:
        counted = _("More than %(number)s records that you may see.", number=number(questions.COUNTED))
    else:
        counted = ngettext("One record that you may see.", "%(num)s records that you may see.", total)
    return f"{counted} {_('Each amount stands in US dollars at the rate of its own date.')}"


def row(item: Any, who: Actor) -> dict[str, Any]:
    """One record for projects/list.html."""
    document = documents.readable(item.document)
    assigned = document["pillars"]
    confirmed = sorted({one["pillar"] for one in assigned if not one["proposed"]})
    proposed = sorted({one["pillar"] for one in assigned if one["proposed"]} - set(confirmed))
    hidden = fields_for(who, item.owner) == "public"
    return {
        "reference": item.reference,
        "url": f"/projects/{item.id}",
        "title": item.title,
        "status": item.status,
        "visibility": item.visibility,
        "owner": item.owner,
        "funding": project_page.bodies(document, "funding", MOST),
        "implementing": project_page.bodies(document, "implementing", MOST),
        "countries": [one["country"] for one in document["countries"]],
        "pillars": confirmed,
        "proposed": proposed,
        "start": item.begins,
        "end": item.ends,
        "usd": None if hidden else item.usd,
        "hidden_amount": hidden and bool(document["contributions"]),
    }


@blueprint.get("/projects/export")
@limits.limiter.limit(limits.EXPORTS, key_func=limits.account)
@guards.anyone
def export() -> Response:
    """Every record that this reader may see and that passes the filters, as one file."""
    form = exports.FORMS.get(request.args.get("format", ""))
    if form is None:
        raise NotFound("There is no such kind of file.")
    filters, base = project_filters.asked(), state().settings.public_url
    with work(read_only=not readings.noted(actor())) as w:
        exports.note(w, questions.matching(w.actor, filters))
    return streams.download(
        lambda w: form.write(w, questions.matching(w.actor, filters), base),
        form.kind,
        f"adam-projects.{form.ending}",
    )


def ways_out(asked: str) -> list[dict[str, str]]:
    """The ways to take a list along; `asked` is its filters as they stand in the address."""
    kept = [(key, value) for key, value in parse_qsl(asked) if key not in ("page", "sort", "format")]
    labels = (("hxl", _("Table (CSV, HXL)")), ("iati", "IATI"), ("json", "JSON"))
    return [
        {"label": label, "url": f"/projects/export?{urlencode([*kept, ('format', form)])}"}
        for form, label in labels
    ]


@blueprint.get("/projects/<uuid:project_id>")
@guards.anyone
def show(project_id: UUID) -> Response | str:
    """One record as this reader may see it; one that was merged leads to the record that stays."""
    with work(read_only=not readings.noted(actor())) as w:
        project = readings.project(w, str(project_id))
        if project.id == str(project_id):
            return project_page.page(w, project)
        gone, stays = questions.one(w.session, w.actor, str(project_id)).reference, project.reference
    flash(_("%(gone)s was merged into this record, %(stays)s.", gone=gone, stays=stays), "done")
    return redirect(f"/projects/{project.id}", 302)


@blueprint.get("/projects/<uuid:project_id>/pictures/<string:name>")
@guards.anyone
def picture(project_id: UUID, name: str) -> Response:
    """A picture of a record as a file, or the table behind it: time, countries and years, as svg and csv."""
    with work(read_only=not readings.noted(actor())) as w:
        return project_files.sent(w, readings.project(w, str(project_id)), name)


@blueprint.get("/projects/<uuid:project_id>/update")
@guards.role(FOCAL_POINT)
def update(project_id: UUID) -> Response:
    """The submission form, filled with this record."""
    return redirect(f"/submissions/new?project={project_id}", 303)


@blueprint.post("/projects/<uuid:project_id>/still-correct")
@guards.role(FOCAL_POINT)
def still_correct(project_id: UUID) -> Response:
    """The owner says that the record is right today."""
    with work() as w:
        projects.still_correct(w, str(project_id))
    flash(_("Confirmed as correct today."), "done")
    return redirect("/desk" if request.form.get("back") == "desk" else f"/projects/{project_id}", 303)


@blueprint.post("/projects/<uuid:project_id>/assignments")
@guards.role(FOCAL_POINT, COORDINATOR)
def decide(project_id: UUID) -> Response:
    """Confirm or refuse a proposed pillar."""
    code, accept = request.form.get("pillar", ""), request.form.get("action") == "confirm"
    try:
        with work() as w:
            _decide(w, str(project_id), code, accept)
    except Conflict as error:
        flash(str(error), "bad")
        return redirect(f"/projects/{project_id}", 303)
    done = (
        _("Pillar %(code)s is confirmed.", code=code)
        if accept
        else _("Pillar %(code)s is taken away.", code=code)
    )
    flash(done, "done")
    return redirect(f"/projects/{project_id}", 303)


def _decide(w: Work, project_id: str, code: str, accept: bool) -> None:
    questions.one(w.session, w.actor, project_id)
    projects.confirm_assignment(w, project_id, questions.assignment(w.session, project_id, code), accept)
