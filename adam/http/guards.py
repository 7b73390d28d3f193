"""Who may use a view. Every view declares one guard; a view without one answers nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.wrappers import Response

from adam.domain.actors import Actor
from adam.errors import Forbidden
from adam.http.faces import for_programs, is_static
from adam.http.work import actor

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Guard:
    """`name` for people who read the routes; `allows` judges who is signed in; `open` lets everybody through."""

    name: str
    allows: Callable[[Actor], bool]
    open: bool = False

    def __str__(self) -> str:
        """The name."""
        return self.name


class SignedOut(Unauthorized):
    """A form was sent when the session was over; a face that holds long forms gives the answers back."""


ANYONE = Guard("anyone", lambda _: True, open=True)
SIGNED_IN = Guard("signed in", lambda _: True)


def anyone(view: View) -> View:
    """Nobody needs to sign in for this; what is shown is the queries' business."""
    return _set(view, ANYONE)


def signed_in(view: View) -> View:
    """Every account and every token."""
    return _set(view, SIGNED_IN)


def role(*roles: str) -> Callable[[View], View]:
    """Accounts with one of these roles."""
    guard = Guard(f"role {' or '.join(roles)}", lambda asks: asks.role in roles)
    return lambda view: _set(view, guard)


def scope(*scopes: str) -> Callable[[View], View]:
    """Tokens that carry one of these scopes and whose account's role still has it."""
    guard = Guard(f"scope {' or '.join(scopes)}", lambda asks: bool(asks.scopes.intersection(scopes)))
    return lambda view: _set(view, guard)


def scope_if_signed_in(needed: str) -> Callable[[View], View]:
    """Anybody without a token; a token needs this scope: public records have no secrets, tokens have limits."""
    guard = Guard(
        f"anyone, or scope {needed}", lambda asks: not asks.signed_in or needed in asks.scopes, open=True
    )
    return lambda view: _set(view, guard)


def open_all(app: Flask, blueprint: str) -> None:
    """Let anyone use every view of a blueprint that isn't ours, such as the API's documentation."""
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith(f"{blueprint}."):
            _set(view, ANYONE)


def _set(view: View, guard: Guard) -> View:
    view.adam_guard = guard  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Deny, before every request, what no guard allows."""
    app.before_request(_check)
    app.register_error_handler(SignedOut, lambda _: redirect("/sign-in", 303))


def _check() -> Response | None:
    if request.endpoint is None or request.method == "OPTIONS" or is_static():
        return None
    guard = guard_of(current_app.view_functions[request.endpoint], request.method)
    if guard is None:
        raise NotFound
    asks = actor()
    if not asks.signed_in and not guard.open:
        return _ask_to_sign_in()
    if not guard.allows(asks):
        raise Forbidden(_refusal(guard))
    return None


NOT_YOURS = "This part is for another role."


def _refusal(guard: Guard) -> str:
    if for_programs() and "scope" in guard.name:
        return f"This token may not do that: it needs {guard}, which its account's role must allow too."
    return "Your account may see this, but not do it." if request.method != "GET" else NOT_YOURS


def guard_of(view: Callable[..., Any], method: str) -> Guard | None:
    """The guard of a function, of a class of methods, or of the method that would answer."""
    found: Guard | None = getattr(view, "adam_guard", None)
    view_class = getattr(view, "view_class", None)
    if found is None and view_class is not None:
        answers = getattr(view_class, method.lower(), None) or getattr(view_class, "get", None)
        found = getattr(answers, "adam_guard", None)
    return found


def _ask_to_sign_in() -> Response:
    if for_programs():
        raise Unauthorized("Send a bearer token: Authorization: Bearer …")
    if request.method != "GET":
        raise SignedOut
    return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'), safe='/')}", 303)
