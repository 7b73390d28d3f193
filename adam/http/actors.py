"""Finds out who asks: the web by its cookie, the API by its bearer token, never one by the other."""

from __future__ import annotations

from flask import Flask, g, request
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from adam.domain.actors import ANONYMOUS, Actor
from adam.http.faces import for_programs, is_static
from adam.http.work import state
from adam.services import accounts, tokens

COOKIE = "adam_session"
LONGEST = 200


def register(app: Flask) -> None:
    """Set g.actor before every request."""
    app.before_request(_load)


def _load() -> None:
    g.actor = ANONYMOUS
    if is_static():
        return
    if for_programs():
        token = _bearer()
        if token is not None:
            g.actor = tokens.actor_of_token(state().sessions.kw["bind"], token) or _refuse()
        return
    cookie = request.cookies.get(COOKIE)
    if cookie and len(cookie) <= LONGEST:
        g.actor = _signed_in(cookie) or ANONYMOUS


def _bearer() -> str | None:
    """The token of the Authorization header; None without that header. Raises Unauthorized for anything else."""
    given = request.headers.get("Authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not 0 < len(token) <= LONGEST:
        _refuse()
    return token


def _refuse() -> Actor:
    raise Unauthorized("This token isn't known, is over or was revoked: ask for a new one.")


def _signed_in(cookie: str) -> Actor | None:
    with state().sessions() as session:
        session.connection(execution_options={"read_only": True})
        return accounts.actor_of_session(session, cookie)


def keep(response: Response, token: str) -> Response:
    """Hand the browser its session."""
    settings = state().settings
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings.session_hours * 3600,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """Take the session back from the browser."""
    response.delete_cookie(COOKIE, secure=state().settings.secure_cookies, httponly=True, samesite="Lax")
    return response
