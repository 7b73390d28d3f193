"""What others say about us: their records that name us, to be confirmed or disputed; and how disputes are settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from adam.domain.actors import COORDINATOR, FOCAL_POINT
from adam.domain.mentions import CONFIRMED, DISPUTED, OPEN, Part
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import mentions as questions
from adam.queries import projects
from adam.schemas.faults import load
from adam.schemas.submissions import CommentSchema
from adam.services import mentions
from adam.services.work import Work
from adam.web import filters, pager
from adam.web.labels import label

blueprint = Blueprint("mentions", __name__)
Answer = Response | str | tuple[str, int]
STATES = (OPEN, CONFIRMED, DISPUTED)


@blueprint.get("/mentions")
@guards.role(FOCAL_POINT)
def listed() -> str:
    """Records of others that name one's own partner, by what was said of them."""
    with work(read_only=True) as w:
        state = request.args.get("state", OPEN)
        state = state if state in STATES else OPEN
        query = questions.listed(w.actor, state)
        total = questions.count(w.session, query)
        found = questions.page(w.session, query, pager.window())
        return render_template(
            "mentions/list.html",
            who=w.vocabulary.partner(w.actor.partner or ""),
            tabs=_tabs(w, state, total),
            mentions=rows(w, found),
            state=state,
            pager=pager.links(len(found), total),
        )


def _tabs(w: Work, state: str, total: int) -> list[dict[str, Any]]:
    names = {OPEN: _("To answer"), CONFIRMED: _("Confirmed"), DISPUTED: _("Disputed")}
    return [
        {
            "label": names[one],
            "url": pager.url(state=one, page=None),
            "current": one == state,
            "count": total if one == state else questions.count(w.session, questions.listed(w.actor, one)),
        }
        for one in STATES
    ]


def rows(w: Work, found: Sequence[Any]) -> list[dict[str, Any]]:
    """Each record with how it names one's partner, what was said of it, and what can be said."""
    partner = w.actor.writes_for or ""
    ids = [row.id for row in found]
    parts = questions.parts(w.session, ids, [partner])
    said = {one.project_id: one for one in questions.said(w.session, ids, partner)}
    return [_row(w, row, parts.get((row.id, partner)), said.get(row.id)) for row in found]


def _row(w: Work, row: Any, part: Part | None, said: Any) -> dict[str, Any]:
    confirm = {"label": _("That is so"), "url": f"/projects/{row.id}/mention", "method": "post"}
    dispute = {"label": _("Dispute"), "url": f"/projects/{row.id}/dispute"}
    answered = said is not None and said.stands
    return {
        "title": row.title,
        "url": f"/projects/{row.id}",
        "reference": row.reference,
        "text": sentence(w, row, part),
        "said": _said(said) if answered else None,
        "again": _("It has changed since you answered.") if said is not None and not said.stands else None,
        "actions": [confirm, dispute]
        if not answered
        else [dispute]
        if said.verdict == CONFIRMED
        else [confirm],
    }


def _said(said: Any) -> str:
    day = filters.day(said.at)
    if said.verdict == CONFIRMED:
        return _("Confirmed %(day)s by %(by)s.", day=day, by=said.author)
    told = _("Disputed %(day)s by %(by)s: %(reason)s", day=day, by=said.author, reason=said.reason or "")
    if said.settled_at:
        return f"{told} {_('Settled by %(by)s: %(word)s', by=said.settled_by, word=said.settlement)}"
    return told


def sentence(w: Work, row: Any, part: Part | None) -> str:
    """How a record names one's partner: "Norway names you as implementing in Ghana; commitment 1.0 m USD." """
    owner = w.vocabulary.partner(row.owner)
    if part is None:
        return owner
    roles = sorted({label(role, "role").lower() for role, _ in part.roles})
    places = filters.country_names([one["country"] for one in row.document.get("countries") or []])
    money = [
        f"{label(kind, 'contribution').lower()} {filters.plain(filters.millions(amount, currency))}"
        for kind, amount, currency, _ in part.money[:3]
    ]
    named = _("%(owner)s names you as %(roles)s", owner=owner, roles=", ".join(roles) or _("payer"))
    return f"{named} ({places}){'; ' if money else ''}{', '.join(money)}."


@blueprint.post("/projects/<uuid:project_id>/mention")
@guards.role(FOCAL_POINT)
def confirm(project_id: UUID) -> Answer:
    """That is so."""
    try:
        with work() as w:
            mentions.confirm(w, str(project_id))
    except Conflict as error:
        flash(str(error), "bad")
        return redirect(_back(), 303)
    flash(_("Confirmed. You are asked again if what it says about you changes."), "done")
    return redirect(_back(), 303)


def _back() -> str:
    return "/mentions" if request.form.get("back") == "mentions" else "/desk"


@blueprint.get("/projects/<uuid:project_id>/dispute")
@guards.role(FOCAL_POINT)
def ask(project_id: UUID) -> Answer:
    """Why it is disputed."""
    with work(read_only=True) as w:
        return _form(w, str(project_id))


@blueprint.post("/projects/<uuid:project_id>/dispute")
@guards.role(FOCAL_POINT)
def dispute(project_id: UUID) -> Answer:
    """Dispute it with a reason."""
    key = str(project_id)
    try:
        with work() as w:
            mentions.dispute(w, key, load(CommentSchema(), _given())["comment"])
    except (Invalid, Conflict) as error:
        with work(read_only=True) as w:
            missing = isinstance(error, Invalid)
            told = _("Say in a sentence what is not so.") if missing else str(error)
            return _form(w, key, {"comment" if missing else "form": [told]}), 422 if missing else 409
    flash(_("Disputed. The partner that reports it and the coordinators are told."), "done")
    return redirect("/mentions?state=disputed", 303)


def _given() -> dict[str, str]:
    given = request.form.get("comment", "").replace("\r\n", "\n").strip()
    return {"comment": given} if given else {}


def _form(w: Work, project_id: str, errors: dict[str, list[str]] | None = None) -> str:
    row = projects.one(w.session, w.actor, project_id)
    partner = w.actor.writes_for or ""
    part = questions.parts(w.session, [row.id], [partner]).get((row.id, partner))
    return render_template(
        "mentions/dispute.html",
        project={"title": row.title, "reference": row.reference, "url": f"/projects/{row.id}"},
        text=sentence(w, row, part),
        owner=w.vocabulary.partner(row.owner),
        errors=errors or {},
        comment=request.form.get("comment", ""),
    )


@blueprint.post("/mentions/<int:mention_id>/settle")
@guards.role(COORDINATOR)
def settle(mention_id: int) -> Answer:
    """Settle a dispute with a word."""
    back = "/disputes"
    try:
        with work() as w:
            mentions.settle(w, mention_id, load(CommentSchema(), _given())["comment"])
    except Invalid:
        flash(_("Say in a sentence how it is settled."), "bad")
        return redirect(back, 303)
    except Conflict as error:
        flash(str(error), "bad")
        return redirect(back, 303)
    flash(_("Settled; both partners are told."), "done")
    return redirect(back, 303)


@blueprint.get("/disputes")
@guards.role(FOCAL_POINT, COORDINATOR)
def disputes() -> str:
    """Open disputes: about one's own records, or for coordinators all."""
    with work(read_only=True) as w:
        query = questions.disputes(w.actor)
        total = questions.open_disputes(w.session, w.actor)
        window = pager.window()
        found = w.session.execute(query.order_by(questions.OLDEST).offset(window[0]).limit(window[1])).all()
        return render_template(
            "mentions/disputes.html",
            disputes=[disputed(w, mention, project) for mention, project in found],
            settles=w.actor.coordinates,
            pager=pager.links(len(found), total),
        )


def disputed(w: Work, mention: Any, project: Any) -> dict[str, Any]:
    """One open dispute."""
    return {
        "id": mention.id,
        "title": project.title,
        "url": f"/projects/{project.id}",
        "update_url": f"/projects/{project.id}/update",
        "reference": project.reference,
        "owner": w.vocabulary.partner(project.owner),
        "partner": w.vocabulary.partner(mention.partner),
        "reason": mention.reason,
        "by": mention.author,
        "when": mention.at,
    }
