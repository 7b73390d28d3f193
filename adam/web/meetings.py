"""Meetings of the partnership: the list, one with its recommendations, a new one, changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER
from adam.domain.meetings import KINDS
from adam.errors import Invalid, Stale
from adam.http import guards
from adam.http.work import work
from adam.queries import history
from adam.queries import meetings as questions
from adam.queries import recommendations as compendium
from adam.schemas.faults import load
from adam.schemas.meetings import MeetingSchema
from adam.services import meetings
from adam.services.work import Work
from adam.web import choices, filters, pager, recommendation_page, steps
from adam.web.labels import label
from adam.web.submission_form import version

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")
Answer = Any
READERS = (VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
REQUIRED = {"title": _l("Give the meeting its name."), "kind": _l("Choose what kind of meeting it was.")}


@blueprint.get("")
@guards.role(*READERS)
def listed() -> str:
    """The meetings, newest first."""
    with work(read_only=True) as w:
        offset, limit = pager.window()
        rows = questions.page(w.session, questions.visible(w.actor), (offset, limit + 1))
        return render_template(
            "meetings/list.html",
            rows=[_row(row) for row in rows[:limit]],
            pager=pager.links(min(len(rows), limit), offset + len(rows)),
            may_enter=w.actor.coordinates,
        )


@blueprint.get("/new")
@guards.role(COORDINATOR)
def new() -> str:
    """The form of a new meeting."""
    with work(read_only=True) as w:
        return _form(w, {}, {})


@blueprint.post("/new")
@guards.role(COORDINATOR)
def create() -> Answer:
    """Enter it."""
    values = _values()
    try:
        draft = load(MeetingSchema(), {name: value for name, value in values.items() if value})
        with work() as w:
            key = meetings.record(w, draft).id
    except Invalid as error:
        with work(read_only=True) as w:
            return _form(w, values, _errors(error)), 422
    flash(_("Entered: its recommendations can follow."), "done")
    return redirect(f"/meetings/{key}", 303)


@blueprint.get("/<uuid:meeting_id>")
@guards.role(*READERS)
def show(meeting_id: UUID) -> str:
    """One meeting with its recommendations."""
    with work(read_only=True) as w:
        row = questions.one(w.session, w.actor, str(meeting_id))
        query = compendium.listed(w.actor, compendium.Filters(meeting=row.id))
        found = compendium.page(w.session, query, pager.window())
        linked = compendium.projects(w.session, w.actor, [one.id for one in found])
        return render_template(
            "meetings/show.html",
            item=_row(row) | {"summary": row.summary, "source": row.source, "id": row.id},
            rows=[recommendation_page.row_of(w, one, linked[one.id], {}) for one in found],
            pager=pager.links(len(found), compendium.total(w.session, query)),
            may_edit=w.actor.coordinates,
            history=steps.said(history.of(w.session, "meeting", row.id)),
        )


@blueprint.get("/<uuid:meeting_id>/edit")
@guards.role(COORDINATOR)
def edit(meeting_id: UUID) -> str:
    """The form with what stands."""
    with work(read_only=True) as w:
        row = questions.one(w.session, w.actor, str(meeting_id))
        return _form(w, meetings.document(row) | {"version": row.version}, {}, row.id)


@blueprint.post("/<uuid:meeting_id>/edit")
@guards.role(COORDINATOR)
def change(meeting_id: UUID) -> Answer:
    """Change it."""
    values, key = _values(), str(meeting_id)
    try:
        draft = load(MeetingSchema(), {name: value for name, value in values.items() if value})
        with work() as w:
            meetings.change(w, key, draft, version())
    except Invalid as error:
        with work(read_only=True) as w:
            return _form(w, values | {"version": version()}, _errors(error), key), 422
    except Stale:
        told = _("Somebody else changed it while you wrote: look at what stands now, then change it again.")
        flash(told, "bad")
        return redirect(f"/meetings/{key}", 303)
    flash(_("Changed."), "done")
    return redirect(f"/meetings/{key}", 303)


def _row(row: Any) -> dict[str, Any]:
    where = ", ".join(
        part for part in (row.place, row.host and _("hosted by %(host)s", host=row.host)) if part
    )
    return {
        "url": f"/meetings/{row.id}",
        "reference": row.reference,
        "title": row.title,
        "kind": label(row.kind, "meeting"),
        "pillar": row.pillar,
        "where": where,
        "when": filters.period(row.starts_on, row.ends_on) if row.starts_on else _("no day known"),
    }


def _values() -> dict[str, Any]:
    return {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in meetings.FIELDS}


def _errors(error: Invalid) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        name = problem.pointer.removeprefix("#/").split("/")[0]
        text = str(REQUIRED[name]) if problem.code == "required" and name in REQUIRED else problem.detail
        found.setdefault(name, []).append(text)
    return found


def _form(w: Work, values: dict[str, Any], wrong: dict[str, list[str]], key: str | None = None) -> str:
    words = w.vocabulary
    lists = {
        "kinds": choices.labelled(KINDS, "meeting"),
        "pillars": [choices.choice(code, f"{code}. {row.title}") for code, row in words.pillars.items()],
    }
    summary = [{"href": f"#{name}", "text": text} for name, texts in wrong.items() for text in texts]
    return render_template(
        "meetings/form.html", choices=lists, values=values, errors=wrong, summary=summary, key=key
    )
