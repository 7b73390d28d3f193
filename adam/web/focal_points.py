"""The directory of focal points, as pages and as vCards; and what administrators do with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from adam.domain.actors import ADMINISTRATOR
from adam.errors import Invalid
from adam.exchange import vcards
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import directory, history
from adam.queries import handovers as questions
from adam.schemas.faults import load as read
from adam.schemas.focal_points import FocalPointSchema
from adam.services import focal_points, invitations
from adam.web import person_rows

blueprint = Blueprint("focal_points", __name__)
Page = str | tuple[str, int] | Answer


@blueprint.get("/focal-points")
@guards.anyone
def listed() -> str:
    """Who answers today, by partner, pillar and country; names and addresses for those who are signed in."""
    with work(read_only=True) as w:
        query = person_rows.asked(w)
        people = directory.shown_focal_points(w.session, w.session.scalars(query))
        rows = [person_rows.row(w, person) for person in people]
        waiting = person_rows.unanswered(w) if actor().sees_all_records else []
        fields = person_rows.fields(w)
    return render_template(
        "focal_points/list.html",
        rows=rows,
        filters=fields,
        named=actor().signed_in,
        waiting=waiting,
        manages=actor().role == ADMINISTRATOR,
        query=request.query_string.decode("ascii", "ignore"),
    )


@blueprint.get("/focal-points.vcf")
@guards.signed_in
def cards() -> Response:
    """All of the list as vCards, for an address book."""
    with work(read_only=True) as w:
        people = directory.shown_focal_points(w.session, w.session.scalars(person_rows.asked(w)))
        file = vcards.written(person_rows.card(w, person) for person in people)
    return _file(file, "focal-points.vcf")


@blueprint.get("/focal-points/<uuid:focal_point_id>.vcf")
@guards.signed_in
def card(focal_point_id: UUID) -> Response:
    """One person as a vCard."""
    with work(read_only=True) as w:
        person = directory.person(w.session, str(focal_point_id))
        [shown] = directory.shown_focal_points(w.session, [person])
        file = vcards.written([person_rows.card(w, shown)])
    return _file(file, "focal-point.vcf")


def _file(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/vcard", headers=headers)


@blueprint.get("/focal-points/<uuid:focal_point_id>")
@guards.signed_in
def show(focal_point_id: UUID) -> str:
    """One person: what they answer for, what waits, and what was changed."""
    return _show(str(focal_point_id), {})


def _show(focal_point_id: str, errors: dict[str, list[str]]) -> str:
    with work(read_only=True) as w:
        person = directory.person(w.session, focal_point_id)
        [shown] = directory.shown_focal_points(w.session, [person])
        manages = w.actor.role == ADMINISTRATOR
        ended = person.until is not None and person.until <= w.today
        own = person.account_id is not None and person.account_id == w.actor.account
        invitation = questions.open_invitation(w.session, focal_point_id=person.id)
        handover = questions.standing(w.session, person.id)
        context = {
            "person": person_rows.row(w, shown),
            "card": f"/focal-points/{person.id}.vcf",
            "ended": ended,
            "manages": manages,
            "may_hand_over": (manages or own) and not ended and handover is None,
            "handover": f"/handovers/{handover.id}" if handover and (manages or own) else None,
            "account": person.account_id is not None,
            "invited_until": invitation.expires_at if invitation else None,
            "changes": person_rows.changes(history.of(w.session, "focal_point", person.id))
            if manages
            else [],
            "errors": errors,
        }
    return render_template("focal_points/show.html", **context)


@blueprint.get("/focal-points/new")
@guards.role(ADMINISTRATOR)
def ask() -> str:
    """The form for somebody whom a partner has named."""
    values = {"partner": request.args.get("partner", ""), "invite": "yes"}
    return _form(values, {})


@blueprint.post("/focal-points/new")
@guards.role(ADMINISTRATOR)
def designate() -> Page:
    """Enter who answers for a partner, and invite them where that is asked for."""
    form = request.form
    given: dict[str, Any] = {
        name: form.get(name, "").strip() or None
        for name in ("partner", "name", "email", "kind", "since", "until")
    }
    given |= {name: form.getlist(name) for name in ("pillars", "countries")}
    try:
        draft = read(FocalPointSchema(), given)
        with work() as w:
            person = focal_points.designate(w, draft)
            person_id, name = person.id, person.name
            if form.get("invite") and person.email:
                invitations.invite(w, person_id)
    except Invalid as error:
        return _form(given | {"invite": form.get("invite")}, person_rows.errors_of(error)), 422
    flash(_("%(name)s is entered.", name=name), "done")
    return redirect(f"/focal-points/{person_id}", 303)


def _form(values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    with work(read_only=True) as w:
        choices = person_rows.choices(w)
    return render_template("focal_points/new.html", values=values, errors=errors, **choices)


@blueprint.post("/focal-points/<uuid:focal_point_id>/end")
@guards.role(ADMINISTRATOR)
def end(focal_point_id: UUID) -> Page:
    """Enter that somebody no longer answers."""
    key = str(focal_point_id)
    try:
        day = person_rows.day_of(request.form.get("until"))
        with work() as w:
            person = focal_points.end(w, key, day or w.today)
            name = person.name
    except Invalid as error:
        return _show(key, person_rows.errors_of(error)), 422
    flash(_("It is entered until when %(name)s answers.", name=name), "done")
    return redirect(f"/focal-points/{key}", 303)


@blueprint.post("/focal-points/<uuid:focal_point_id>/invite")
@guards.role(ADMINISTRATOR)
def invite(focal_point_id: UUID) -> Page:
    """Send the link to an account, or send it again."""
    key = str(focal_point_id)
    try:
        with work() as w:
            address = invitations.invite(w, key).email
    except Invalid as error:
        return _show(key, person_rows.errors_of(error)), 422
    flash(
        _("An invitation to %(address)s is on its way; links sent before are over.", address=address), "done"
    )
    return redirect(f"/focal-points/{key}", 303)


@blueprint.post("/focal-points/<uuid:focal_point_id>/revoke")
@guards.role(ADMINISTRATOR)
def revoke(focal_point_id: UUID) -> Page:
    """Make the link worthless."""
    with work() as w:
        invitation = questions.open_invitation(w.session, focal_point_id=str(focal_point_id))
        if invitation is not None:
            invitations.revoke(w, invitation.id)
    flash(_("The invitation is revoked: its link opens nothing any more."), "done")
    return redirect(f"/focal-points/{focal_point_id}", 303)
