"""Nobody gets in by accident: every route says who may use it."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask

from adam.domain.actors import ROLES, Actor
from adam.http.guards import Guard, guard_of

WITHOUT_GUARD = {"static"}
# The coordinators' queue is a place to read, whatever its name.
QUEUES = {"/validate"}


def test_every_route_declares_its_guard(app: Flask):
    unguarded = [
        f"{endpoint}: {view.__module__}.{view.__qualname__}"
        for endpoint, registered in app.view_functions.items()
        if endpoint.rsplit(".", 1)[-1] not in WITHOUT_GUARD
        for view in _views(registered)
        if not hasattr(view, "adam_guard")
    ]

    assert not unguarded, "decorate these with a guard of adam.http.guards:\n" + "\n".join(unguarded)


def test_nothing_is_changed_by_reading(app: Flask):
    changing = ("delete", "remove", "withdraw", "validate", "reject", "return", "judge", "sign-out")

    found = [
        f"{rule.endpoint}: {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.methods is not None
        and "GET" in rule.methods
        and rule.rule.rsplit("/", 1)[-1] in changing
        and "POST" not in rule.methods
        and rule.rule not in QUEUES
    ]

    assert not found, "what changes something is a POST:\n" + "\n".join(found)


def test_every_route_belongs_to_a_face(app: Flask):
    strangers = [
        f"{endpoint}: {view.__module__}"
        for endpoint, registered in app.view_functions.items()
        if endpoint.rsplit(".", 1)[-1] not in WITHOUT_GUARD
        for view in _views(registered)
        if view.__module__.startswith("adam.")
        and not view.__module__.startswith(("adam.api", "adam.web", "adam.http"))
    ]

    assert not strangers, "views live in adam/api and adam/web:\n" + "\n".join(strangers)


CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
FOR_STRANGERS = {
    "/sign-in",
    "/sign-in/link/<token>",
    "/sign-out",
    "/preferences",
    "/invitations/<token>",
    "/invitations/<token>/decline",
    "/messages/unsubscribe/<token>",
}


def test_a_token_that_only_reads_reaches_nothing_that_changes(app: Flask):
    readers = [Actor(role=role, account="a", scopes=frozenset({"read"})) for role in ROLES]

    reached = [
        rule.rule
        for rule, guard in _changing(app)
        if rule.rule.startswith("/api/") and any(guard.allows(one) for one in readers)
    ]

    assert not reached, "these need another scope than read:\n" + "\n".join(reached)


def test_strangers_send_only_what_signs_in_or_carries_a_signed_link(app: Flask):
    open_to_all = {rule.rule for rule, guard in _changing(app) if guard.open}

    assert open_to_all == FOR_STRANGERS


def _changing(app: Flask) -> Iterator[tuple[Any, Guard]]:
    """Every route that changes something, once a method, with its guard."""
    for rule in app.url_map.iter_rules():
        for method in sorted(CHANGING & (rule.methods or set())):
            guard = guard_of(app.view_functions[rule.endpoint], method)
            assert guard is not None, rule.rule
            yield rule, guard


def _views(registered: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """The function that answers, or each method of a class that does."""
    view_class = getattr(registered, "view_class", None)
    if view_class is None or hasattr(registered, "adam_guard"):
        yield registered
        return
    for method in sorted(view_class.methods or ()):
        yield getattr(view_class, method.lower())
