"""Validation rounds: the list, a new one, one with its progress and records, and the answers to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT
from adam.domain.rounds import CONFIRMED, WITHDRAWN
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import rounds as questions
from adam.schemas.faults import load
from adam.schemas.projects import STATUSES
from adam.schemas.rounds import RoundReplySchema, RoundSchema
from adam.services import round_files, rounds
from adam.web import choices, pager, round_page
from adam.web.labels import label
from adam.web.submission_form import version

blueprint = Blueprint("rounds", __name__, url_prefix="/validation-rounds")
Answer = Any
READERS = (FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
LISTS = {"partners": "partner", "countries": "country", "pillars": "pillar", "statuses": "status"}


@blueprint.get("")
@guards.role(*READERS)
def listed() -> str:
    """The rounds that concern whoever is signed in, newest first."""
    with work(read_only=True) as w:
        offset, limit = pager.window()
        rows = questions.page(w.session, w.actor, (offset, limit + 1))
        return render_template(
            "rounds/list.html",
            may_open=w.actor.coordinates,
            rounds=[round_page.row(w, item) for item in rows[:limit]],
            pager=pager.links(min(len(rows), limit), offset + len(rows)),
        )


@blueprint.get("/new")
@guards.role(COORDINATOR)
def new() -> str:
    """The form of a new round."""
    return _form({}, {})


@blueprint.post("/new")
@guards.role(COORDINATOR)
def create() -> Answer:
    """Open it and tell the partners."""
    values: dict[str, Any] = {name: request.form.getlist(field) for name, field in LISTS.items()}
    texts = {name: request.form.get(name, "").strip() for name in ("title", "deadline")}
    given = {name: text for name, text in texts.items() if text}
    try:
        draft = load(
            RoundSchema(), given | {"scope": {name: codes for name, codes in values.items() if codes}}
        )
        with work() as w:
            opened = rounds.open_round(w, draft)
            key, number = opened.id, questions.count(w.session, questions.records(w.actor, opened.id))
    except Invalid as error:
        return _form(values | texts, round_page.errors(error)), 422
    said = ngettext("Opened: one record is asked about.", "Opened: %(num)s records are asked about.", number)
    flash(said, "done")
    return redirect(f"/validation-rounds/{key}", 303)


def _form(values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    words = g.vocabulary
    lists = {
        "partners": [choices.choice(code, row.name) for code, row in words.partners.items()],
        "countries": choices.countries(words),
        "pillars": [choices.choice(code, f"{code}. {row.title}") for code, row in words.pillars.items()],
        "statuses": [choices.choice(code, label(code, "state")) for code in STATUSES],
    }
    summary = [{"href": f"#{key}", "text": text} for key, texts in errors.items() for text in texts]
    return render_template("rounds/new.html", choices=lists, values=values, errors=errors, summary=summary)


@blueprint.get("/<uuid:round_id>")
@guards.role(*READERS)
def show(round_id: UUID) -> str:
    """One round: progress, and the records with what one can answer."""
    with work(read_only=True) as w:
        return round_page.page(w, str(round_id))


@blueprint.get("/<uuid:round_id>/file.csv")
@guards.role(*READERS)
def file(round_id: UUID) -> Response:
    """The report, or the progress so far, as CSV."""
    with work(read_only=True) as w:
        opened = questions.one(w.session, w.actor, str(round_id))
        text = round_files.text(rounds.progress(w, opened), w.vocabulary)
        name = f"{opened.reference}.csv"
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.post("/<uuid:round_id>/records/<uuid:project_id>")
@guards.role(FOCAL_POINT)
def answer(round_id: UUID, project_id: UUID) -> Answer:
    """Still correct, or take it out."""
    said = request.form.get("answer", CONFIRMED)
    reason = request.form.get("reason", "").replace("\r\n", "\n").strip()
    try:
        given = load(RoundReplySchema(), {"answer": said} | ({"reason": reason} if reason else {}))
        with work() as w:
            rounds.answer(w, str(round_id), str(project_id), given)
    except (Invalid, Conflict) as error:
        return _again(round_id, error, str(project_id))
    done = _("Asked to be taken out; a coordinator reads your reason.")
    flash(done if said == WITHDRAWN else _("Confirmed: still correct."), "done")
    return redirect(f"/validation-rounds/{round_id}{_page()}", 303)


@blueprint.post("/<uuid:round_id>/remind")
@guards.role(COORDINATOR)
def remind(round_id: UUID) -> Answer:
    """Remind whoever has not answered."""
    try:
        with work() as w:
            told = rounds.remind(w, str(round_id), version())
    except Conflict as error:
        return _again(round_id, error)
    flash(ngettext("One person is reminded.", "%(num)s people are reminded.", told), "done")
    return redirect(f"/validation-rounds/{round_id}", 303)


@blueprint.post("/<uuid:round_id>/close")
@guards.role(COORDINATOR)
def close(round_id: UUID) -> Answer:
    """Close it and store the report."""
    try:
        with work() as w:
            rounds.close(w, str(round_id), version())
    except Conflict as error:
        return _again(round_id, error)
    flash(_("Closed. The report below is stored and can be read again."), "done")
    return redirect(f"/validation-rounds/{round_id}", 303)


def _again(round_id: UUID, error: Invalid | Conflict, project_id: str | None = None) -> Answer:
    with work(read_only=True) as w:
        status = 422 if isinstance(error, Invalid) else 409
        return round_page.page(w, str(round_id), (error, project_id)), status


def _page() -> str:
    given = request.form.get("page", "")
    return f"?page={int(given)}" if given.isascii() and given.isdigit() and len(given) < 6 else ""
