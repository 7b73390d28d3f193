"""Accepted records: the list, one record, and what its owner and the coordinators may do with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from adam.domain.actors import COORDINATOR, FOCAL_POINT, Actor
from adam.domain.visibility import fields_for
from adam.errors import Conflict, NotFound
from adam.http import guards, limits, streams
from adam.http.work import actor, state, work
from adam.queries import projects as questions
from adam.services import exports, projects, readings
from adam.services.work import Work
from adam.web import documents, pager, project_filters, project_page

MOST = 3
"""So many organizations of a role are named in the list; the record names them all."""
blueprint = Blueprint("projects", __name__)


@blueprint.get("/projects")
@guards.anyone
def listed() -> str:
    """The records that this reader may see and that pass the filters."""
    filters = project_filters.asked()
    with work(read_only=True) as w:
        query = questions.matching(w.actor, filters)
        total = questions.count(w.session, query)
        found = questions.page(w.session, query, project_filters.order(w.actor), pager.window())
        rows = [row(item, w.actor) for item in found]
        chips = project_filters.chips()
    return render_template(
        "projects/list.html",
        lede=_lede(total),
        filters=project_filters.form(filters),
        chips=chips,
        projects=rows,
        pager=pager.links(len(rows), total),
        empty=None,
        export=_exports() if rows else [],
    )


def _lede(total: int) -> str:
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
@limits.limiter.limit(limits.EXPORTS)
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


def _exports() -> list[dict[str, str]]:
    """The ways to take the list along, with the filters that are in force."""
    kept = [
        (key, value) for key, value in request.args.items(multi=True) if key not in ("page", "sort", "format")
    ]
    labels = (("hxl", _("Table (CSV, HXL)")), ("iati", "IATI"), ("json", "JSON"))
    return [
        {"label": label, "url": f"/projects/export?{urlencode([*kept, ('format', form)])}"}
        for form, label in labels
    ]


@blueprint.get("/projects/<uuid:project_id>")
@guards.anyone
def show(project_id: UUID) -> str:
    """One record as this reader may see it."""
    with work(read_only=not readings.noted(actor())) as w:
        return project_page.page(w, str(project_id))


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
