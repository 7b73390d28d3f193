"""Recorded needs: the list, a new one, one with its answers, and closing it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.actors import COORDINATOR
from adam.errors import Conflict, Invalid, Stale
from adam.http import guards
from adam.http.work import work
from adam.queries import listings
from adam.queries import needs as questions
from adam.schemas.faults import load
from adam.schemas.needs import NeedPatch, NeedSchema
from adam.services import gaps, needs
from adam.web import choices, need_rows, pager
from adam.web.round_page import errors as errors_of

blueprint = Blueprint("needs", __name__, url_prefix="/needs")
Answer = Any
FIELDS = ("country", "pillar", "commitment", "assistance_type", "statement", "recorded_on", "source")
GONE = "Somebody changed this need meanwhile: look at it again."


@blueprint.get("")
@guards.signed_in
def listed() -> str:
    """The needs that are recorded, the newest first; open ones unless others are asked for."""
    state = request.args.get("state", questions.OPEN)
    wanted = (state,) if state in questions.STATES else ()
    with work(read_only=True) as w:
        countries = tuple(
            code for code in request.args.getlist("country")[:50] if code in w.vocabulary.countries
        )
        query = questions.listed(questions.Filters(country=countries, state=wanted))
        total = listings.count(w.session, query)
        offset, limit = pager.window()
        found = w.session.scalars(query.order_by(*questions.newest()).offset(offset).limit(limit)).all()
        answered = gaps.answers(w, countries)
        return render_template(
            "needs/list.html",
            lede=ngettext("One need.", "%(num)s needs.", total),
            rows=[need_rows.row(need, answered.get(need.id)) for need in found],
            pager=pager.links(len(found), total),
            filters=_filters(state),
            may_enter=w.actor.coordinates,
        )


def _filters(state: str) -> list[dict[str, Any]]:
    country = {
        "name": "country",
        "label": _("Country"),
        "options": choices.countries(g.vocabulary),
        "value": request.args.get("country", ""),
        "all": _("All countries"),
    }
    states = [choices.choice(questions.OPEN, _("Open")), choices.choice(questions.CLOSED, _("Closed"))]
    everything = choices.choice("any", _("Open and closed"))
    return [
        country,
        {"name": "state", "label": _("State"), "options": [*states, everything], "value": state, "all": None},
    ]


@blueprint.get("/new")
@guards.role(COORDINATOR)
def new() -> str:
    """The form of a new need."""
    given = {name: request.args.get(name, "") for name in ("country", "pillar", "assistance_type")}
    return _form(given, {}, None)


@blueprint.post("/new")
@guards.role(COORDINATOR)
def create() -> Answer:
    """Enter it."""
    values = _values()
    try:
        draft = load(
            NeedSchema(), {name: text or None for name, text in values.items() if text or name in OPTIONAL}
        )
        with work() as w:
            number = needs.record(w, draft).id
    except Invalid as error:
        return _form(values, errors_of(error), None), 422
    flash(_("The need is recorded."), "done")
    return redirect(f"/needs/{number}", 303)


OPTIONAL = ("commitment", "assistance_type")


def _values() -> dict[str, str]:
    return {name: request.form.get(name, "").replace("\x00", "").strip() for name in FIELDS}


@blueprint.get("/<int:need_id>")
@guards.signed_in
def show(need_id: int) -> str:
    """One need."""
    return _show(need_id, {})


def _show(need_id: int, errors: dict[str, list[str]]) -> str:
    with work(read_only=True) as w:
        need = questions.one(w.session, need_id)
        answered = gaps.answers(w, (need.country,)).get(need.id)
        return render_template(
            "needs/show.html",
            need=need_rows.row(need, answered),
            version=need.version,
            may_change=w.actor.coordinates,
            errors=errors,
        )


@blueprint.get("/<int:need_id>/edit")
@guards.role(COORDINATOR)
def edit(need_id: int) -> str:
    """The form of a recorded need."""
    with work(read_only=True) as w:
        need = questions.one(w.session, need_id)
        values = {name: getattr(need, name) or "" for name in FIELDS} | {"version": need.version}
    return _form(values, {}, need_id)


@blueprint.post("/<int:need_id>/edit")
@guards.role(COORDINATOR)
def change(need_id: int) -> Answer:
    """Change it."""
    values = _values()
    try:
        draft = load(NeedPatch(), {name: text or None for name, text in values.items()})
        with work() as w:
            needs.change(w, need_id, draft, _version())
    except Invalid as error:
        return _form(values | {"version": request.form.get("version", "")}, errors_of(error), need_id), 422
    except Stale:
        flash(_(GONE), "bad")
        return redirect(f"/needs/{need_id}", 303)
    flash(_("The need is changed."), "done")
    return redirect(f"/needs/{need_id}", 303)


@blueprint.post("/<int:need_id>/close")
@guards.role(COORDINATOR)
def close(need_id: int) -> Answer:
    """Close it with a reason, or open it again."""
    reason = request.form.get("closed_reason", "").replace("\x00", "").strip()
    again = request.form.get("action") == "reopen"
    try:
        with work() as w:
            if again:
                needs.reopen(w, need_id, _version())
            else:
                draft = load(NeedPatch(), {"closed": True} | ({"closed_reason": reason} if reason else {}))
                needs.close(w, need_id, draft["closed_reason"], _version())
    except Invalid as error:
        return _show(need_id, errors_of(error)), 422
    except (Conflict, Stale):
        flash(_(GONE), "bad")
        return redirect(f"/needs/{need_id}", 303)
    flash(_("The need is open again.") if again else _("The need is closed."), "done")
    return redirect(f"/needs/{need_id}", 303)


def _version() -> int | None:
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None


def _form(values: dict[str, Any], errors: dict[str, list[str]], need_id: int | None) -> str:
    words = g.vocabulary
    inner = [
        choices.choice(code, f"{code} {row.title}", row.pillar) for code, row in words.commitments.items()
    ]
    lists = {
        "countries": choices.countries(words),
        "pillars": [choices.choice(code, f"{code}. {row.title}") for code, row in words.pillars.items()],
        "commitments": inner,
        "assistance_types": choices.named(words.assistance_types),
    }
    summary = [{"href": f"#{key}", "text": text} for key, texts in errors.items() for text in texts]
    return render_template(
        "needs/form.html", choices=lists, values=values, errors=errors, summary=summary, need_id=need_id
    )
