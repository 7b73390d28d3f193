"""Protects the forms of the web face against being sent from another site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect

from adam.http.faces import API, for_programs

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
_csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


class FormSessions(SecureCookieSessionInterface):
    """The cookie that a form's token is checked against; programs have none, and none is looked for."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; nothing for the API."""
        if request.path.startswith(API):
            return self.make_null_session(app)
        return super().open_session(app, request)


def register(app: Flask) -> None:
    """Every changing request of the web needs the token of its page; the API has no cookies to steal."""
    settings = app.extensions["adam"].settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="adam_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,
        # A form may stay open over lunch: the token lives as long as the browser's session.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = FormSessions()
    _csrf.init_app(app)
    app.before_request(_protect)


def signed_link(view: View) -> View:
    """A view that acts for the holder of a signed link and for no session: another site has nothing to borrow."""
    view.adam_signed_link = True  # type: ignore[attr-defined]
    return view


def _protect() -> None:
    if request.method not in CHANGING or request.endpoint is None or for_programs():
        return
    if not hasattr(current_app.view_functions[request.endpoint], "adam_signed_link"):
        _csrf.protect()
