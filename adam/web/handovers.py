"""Handing work over, and the links of invitations: what moves is shown before anybody says yes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound as NoPage
from werkzeug.wrappers import Response

from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT, system
from adam.errors import Invalid, NotFound
from adam.http import actors, guards
from adam.http.limits import SIGN_INS, limiter
from adam.http.work import state, work
from adam.queries import directory
from adam.queries import handovers as questions
from adam.schemas.accounts import PasswordSchema
from adam.schemas.faults import load as read
from adam.schemas.focal_points import HandoverSchema
from adam.services import accounts, handovers, invitations
from adam.services.handovers import Link
from adam.services.work import Work, working
from adam.web import handover_page
from adam.web.person_rows import errors_of

blueprint = Blueprint("handovers", __name__)
Page = str | tuple[str, int] | Response


@blueprint.get("/focal-points/<uuid:focal_point_id>/hand-over")
@guards.role(FOCAL_POINT, ADMINISTRATOR)
def ask(focal_point_id: UUID) -> str:
    """Name the successor."""
    return _form(str(focal_point_id), {}, {})


@blueprint.post("/focal-points/<uuid:focal_point_id>/hand-over")
@guards.role(FOCAL_POINT, ADMINISTRATOR)
def offer(focal_point_id: UUID) -> Page:
    """Offer the work to the successor."""
    key = str(focal_point_id)
    given = {name: request.form.get(name, "").strip() or None for name in ("name", "email", "day")}
    try:
        draft = read(HandoverSchema(), given)
        with work() as w:
            handover_id = handovers.offer(w, key, draft).id
    except Invalid as error:
        return _form(key, given, errors_of(error)), 422
    flash(_("The offer is on its way. Nothing changes until it is accepted."), "done")
    return redirect(f"/handovers/{handover_id}", 303)


def _form(key: str, values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    with work(read_only=True) as w:
        person = directory.person(w.session, key)
        if not (w.actor.role == ADMINISTRATOR or person.account_id == w.actor.account):
            raise NoPage
        context = {"id": person.id, "name": person.name, "partner": w.vocabulary.partner(person.partner)}
    return render_template("focal_points/hand_over.html", person=context, values=values, errors=errors)


@blueprint.get("/handovers/<uuid:handover_id>")
@guards.signed_in
def show(handover_id: UUID) -> str:
    """What is handed over, what moves, and where it stands."""
    with work(read_only=True) as w:
        handover = questions.one(w.session, w.actor, str(handover_id))
        page = handover_page.of(w, handover)
        page["may_answer"] = page["open"] and handover.account_id == w.actor.account
        page["may_withdraw"] = page["open"] and not page["may_answer"]
        page["may_withdraw"] &= w.actor.role == ADMINISTRATOR or handover.offered_by == w.actor.account
    return render_template("focal_points/handover.html", **page)


@blueprint.post("/handovers/<uuid:handover_id>/accept")
@guards.role(FOCAL_POINT)
def accept(handover_id: UUID) -> Response:
    """Take over."""
    with work() as w:
        handovers.accept(w, str(handover_id))
    flash(_("You have taken over."), "done")
    return redirect(f"/handovers/{handover_id}", 303)


@blueprint.post("/handovers/<uuid:handover_id>/decline")
@guards.role(FOCAL_POINT)
def decline(handover_id: UUID) -> Response:
    """Give it back."""
    with work() as w:
        handovers.decline(w, str(handover_id))
    flash(_("It is given back; nothing has changed."), "done")
    return redirect(f"/handovers/{handover_id}", 303)


@blueprint.post("/handovers/<uuid:handover_id>/withdraw")
@guards.role(FOCAL_POINT, ADMINISTRATOR)
def withdraw(handover_id: UUID) -> Response:
    """Take the offer back."""
    with work() as w:
        handovers.withdraw(w, str(handover_id))
    flash(_("The offer is withdrawn."), "done")
    return redirect(f"/handovers/{handover_id}", 303)


@blueprint.get("/invitations/<token>")
@guards.anyone
@limiter.limit(SIGN_INS)
def invited(token: str) -> Page:
    """Whoever holds the link chooses a password; every link that is worth nothing gets the same answer."""
    return _invited(token, {}, 200)


@blueprint.post("/invitations/<token>")
@guards.anyone
@limiter.limit(SIGN_INS)
def enter(token: str) -> Page:
    """Make the account, take over what is handed over, and sign in."""
    try:
        password = read(PasswordSchema(), {"password": request.form.get("password", "")})["password"]
        with _as_invited(token) as w:
            account = handovers.accept_link(w, Link(state().settings.secret_key, token), password)
            held = request.cookies.get(actors.COOKIE)
            session = accounts.open_session(w, account, state().settings.session_hours, held)
    except Invalid as error:
        return _invited(token, errors_of(error), 422)
    except NotFound as error:
        return _over(error)
    flash(_("Welcome. Your account is ready, and you are signed in."), "done")
    return actors.keep(redirect("/desk", 303), session)


@blueprint.post("/invitations/<token>/decline")
@guards.anyone
@limiter.limit(SIGN_INS)
def refuse(token: str) -> Page:
    """Give back what would be handed over; the link is over then."""
    try:
        with _as_invited(token) as w:
            handovers.decline_link(w, Link(state().settings.secret_key, token))
    except NotFound as error:
        return _over(error)
    return render_template("focal_points/invitation.html", declined=True)


def _as_invited(token: str) -> Any:
    """Work in the name of whom the link was sent to: the installation acts, history says for whom."""
    with work(read_only=True) as w:
        name = invitations.opened(w, state().settings.secret_key, token).name
        label = _("%(name)s, by invitation", name=name)
    return working(state().sessions, system(label), state().rules)


def _invited(token: str, errors: dict[str, list[str]], status: int) -> Page:
    try:
        with work(read_only=True) as w:
            invitation = invitations.opened(w, state().settings.secret_key, token)
            context = _words(w, invitation)
    except NotFound as error:
        return _over(error)
    return render_template(
        "focal_points/invitation.html", errors=errors, action=request.path, **context
    ), status


def _words(w: Work, invitation: Any) -> dict[str, Any]:
    handover = questions.of_invitation(w.session, invitation)
    return {
        "name": invitation.name,
        "by": invitation.invited_by,
        "email": invitation.email,
        "partner": w.vocabulary.partner(invitation.partner) if invitation.partner else "",
        "known": invitations.account_of(w, invitation) is not None,
        "handover": handover_page.of(w, handover) if handover else None,
        "path": f"/invitations/{request.view_args['token'] if request.view_args else ''}",
    }


def _over(error: NotFound) -> tuple[str, int]:
    return render_template("focal_points/invitation.html", over=str(error)), 410
