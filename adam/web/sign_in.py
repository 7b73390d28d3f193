"""Signing in by password or by a link that works once, and signing out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adam.domain.actors import ROLE_NAMES
from adam.http import actors, guards
from adam.http.limits import SIGN_INS, limiter
from adam.http.work import actor, state, work
from adam.queries import accounts as known
from adam.services import accounts
from adam.web.paths import local

blueprint = Blueprint("sign_in", __name__)
Answer = Response | tuple[str, int] | str
LONGEST_PASSWORD = 200


@blueprint.get("/sign-in")
@guards.anyone
def ask() -> Answer:
    """The form; whoever is signed in goes on at once."""
    following = local(request.args.get("next"), "")
    return redirect(following or "/", 303) if actor().signed_in else _form(following, 200)


@blueprint.post("/sign-in")
@guards.anyone
@limiter.limit(SIGN_INS)
def enter() -> Answer:
    """Check the password; the page never says whether it was the address or the password that is wrong."""
    email, password = request.form.get("email", ""), request.form.get("password", "")[:LONGEST_PASSWORD]
    following = local(request.form.get("next"), "")
    errors = _missing(email, password)
    if errors:
        return _form(following, 422, errors)
    settings = state().settings
    with work(read_only=True) as w:
        claimed = accounts.claim(w, email, password)
    with work() as w:
        account = accounts.sign_in(w, claimed, settings.sign_in_failures)
        token = accounts.open_session(w, account, settings.session_hours, _held()) if account else None
    if token is None:
        return _form(following, 422, {"form": [_refusal()]})
    return _enter(token, following)


def _held() -> str | None:
    """The session that the browser has so far."""
    return request.cookies.get(actors.COOKIE)


def _enter(token: str, following: str) -> Response:
    session.clear()
    return actors.keep(redirect(following or "/", 303), token)


def _missing(email: str, password: str) -> dict[str, list[str]]:
    errors = {}
    if not email.strip():
        errors["email"] = [gettext("Give the e-mail address of your account.")]
    if not password:
        errors["password"] = [gettext("Give your password.")]
    return errors


def _refusal() -> str:
    return gettext(
        "This address and this password don't belong together. After %(number)s wrong passwords in a row "
        "an account rests for 15 minutes.",
        number=state().settings.sign_in_failures,
    )


def _form(following: str, status: int, errors: dict[str, list[str]] | None = None) -> tuple[str, int]:
    values = {"email": request.form.get("email", "")[:300]}
    html = render_template("sign_in.html", errors=errors or {}, values=values, next=following or None)
    return html, status


@blueprint.post("/sign-out")
@guards.anyone
def leave() -> Response:
    """End the session here and on the server."""
    with work() as w:
        accounts.close_session(w, _held())
    session.clear()
    flash(gettext("You are signed out."), "done")
    return actors.forget(redirect("/sign-in", 303))


@blueprint.get("/sign-in/link/<token>")
@guards.anyone
def ask_link(token: str) -> Answer:
    """One button: programs that look at a link before its reader does must not use it up."""
    _development_only()
    with work(read_only=True) as w:
        account = known.of_link(w.session, accounts.digest(token), w.now)
        who = accounts.actor_of(account) if account else None
    if who is None:
        return _used_up()
    return render_template("sign_in_link.html", name=who.label, role=gettext(ROLE_NAMES[who.role or ""]))


@blueprint.post("/sign-in/link/<token>")
@guards.anyone
@limiter.limit(SIGN_INS)
def enter_link(token: str) -> Answer:
    """Sign in, once."""
    _development_only()
    with work() as w:
        account = accounts.use_link(w, token)
        hours = state().settings.session_hours
        session_token = accounts.open_session(w, account, hours, _held()) if account else None
    return _used_up() if session_token is None else _enter(session_token, "")


def _development_only() -> None:
    if state().settings.env == "production":
        raise NotFound


def _used_up() -> tuple[str, int]:
    text = gettext("This link was used already or is over. A new one is printed by: adam links")
    return _form("", 410, {"form": [text]})
