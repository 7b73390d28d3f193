"""Webhooks on their pages: the list with a new one, and one with its log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT
from adam.domain.webhooks import ACTIVE, BY_ROLE, DELIVERY_STATES, PING
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import actor, state, work
from adam.queries import accounts as known
from adam.queries import listings
from adam.queries import webhooks as questions
from adam.schemas.faults import load as read
from adam.schemas.webhooks import WebhookSchema
from adam.services import destinations, webhooks
from adam.services.work import Work
from adam.web import pager
from adam.web.person_rows import errors_of

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
Page = Any
KEEPERS = (FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
MAKERS = (FOCAL_POINT, COORDINATOR)
EVENT_NAMES = {
    "submission.submitted": _l("A submission is handed in"),
    "submission.validated": _l("A submission is validated"),
    "submission.returned": _l("A submission is returned"),
    "submission.rejected": _l("A submission is rejected"),
    "submission.withdrawn": _l("A submission is withdrawn"),
    "submission.commented": _l("Somebody comments on a submission"),
    "finding.opened": _l("A question is opened"),
    "finding.decided": _l("A question is decided"),
    "finding.reopened": _l("A question is reopened"),
    "case.opened": _l("A case is opened"),
    "case.message": _l("Somebody writes in a case"),
    "case.closed": _l("A case is closed"),
    "report.ready": _l("A scheduled report is ready"),
    PING: _l("A test"),
}
STATE_NAMES = {
    "waiting": _l("waiting"),
    "sending": _l("being sent"),
    "delivered": _l("delivered"),
    "failed": _l("given up"),
    "dropped": _l("no longer to be seen"),
}


@blueprint.get("")
@guards.role(*KEEPERS)
def listed() -> str:
    """The webhooks one looks after, and the form of a new one."""
    return _list({"events": list(BY_ROLE.get(actor().role or "", ()))}, {})


@blueprint.post("")
@guards.role(*MAKERS)
def create() -> Page:
    """Tell an address from now on, and show its secret, this once."""
    form = request.form
    given = {"name": form.get("name", ""), "url": form.get("url", ""), "events": form.getlist("events")}
    try:
        draft = read(WebhookSchema(), given)
        with work() as w:
            hook = webhooks.create(w, draft, destinations.of(state().settings))
            key, secret = hook.id, webhooks.secret_of(state().settings.secret_key, hook)
    except Invalid as error:
        return _list(given, errors_of(error)), 422
    except Conflict as error:
        return _list(given, {"name": [str(error)]}), 409
    return _told(key, secret)


def _list(values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    with work(read_only=True) as w:
        rows = w.session.scalars(questions.listed(w.actor).order_by(*_newest(questions.ORDER))).all()
        items = _rows(w, list(rows))
    offered = BY_ROLE.get(actor().role or "", ())
    return render_template(
        "webhooks/list.html",
        items=items,
        values=values,
        errors=errors,
        may_make=actor().role in MAKERS,
        events=[{"value": one, "label": str(EVENT_NAMES[one]), "note": one} for one in offered],
    )


def _newest(keys: Any) -> Any:
    return (key.column.desc() for key in keys)


def _rows(w: Work, rows: list[Any]) -> list[dict[str, Any]]:
    people = known.known(w.session, (row.account_id for row in rows))
    numbers = questions.numbers(w.session, [row.id for row in rows])
    return [
        {
            "id": row.id,
            "name": row.name,
            "address": row.url,
            "owner": people[row.account_id].name,
            "own": row.account_id == w.actor.account,
            "events": [str(EVENT_NAMES[one]) for one in row.events],
            "active": row.state == ACTIVE,
            "reason": row.reason,
            "delivered": row.delivered_at,
            "failing": row.failing_since,
            "both_until": row.old_until if row.old_until and row.old_until > w.now else None,
            "waiting": numbers[row.id].get("waiting", 0) + numbers[row.id].get("sending", 0),
            "failed": numbers[row.id].get("failed", 0),
            "version": row.version,
        }
        for row in rows
    ]


@blueprint.get("/<uuid:webhook_id>")
@guards.role(*KEEPERS)
def show(webhook_id: UUID) -> str:
    """One webhook and its log."""
    return _show(str(webhook_id))


def _show(key: str, secret: str | None = None, fault: str | None = None) -> str:
    asked = request.args.get("state", "")
    states = (asked,) if asked in DELIVERY_STATES else ()
    with work(read_only=True) as w:
        hook = questions.one(w.session, w.actor, key)
        [row] = _rows(w, [hook])
        numbers = questions.numbers(w.session, [key])[key]
        query = questions.deliveries(key, states)
        offset, limit = pager.window()
        found = w.session.scalars(
            query.order_by(*_newest(questions.DELIVERIES)).offset(offset).limit(limit)
        ).all()
        total, log = listings.count(w.session, query), _log(w, list(found))
    return render_template(
        "webhooks/show.html",
        hook=row,
        log=log,
        tabs=_tabs(key, numbers, states),
        page=pager.links(len(log), total),
        secret=secret,
        fault=fault,
    )


def _log(w: Work, rows: list[Any]) -> list[dict[str, Any]]:
    tries = questions.tries(w.session, [row.id for row in rows])
    return [
        {
            "id": row.id,
            "event": str(EVENT_NAMES[row.kind]),
            "event_id": row.event_id,
            "at": row.created_at,
            "state": str(STATE_NAMES[row.state]),
            "bad": row.state == "failed",
            "over": row.finished_at is not None,
            "next": row.next_at if row.state == "waiting" else None,
            "tries": [
                {
                    name: getattr(one, name)
                    for name in ("number", "at", "took_ms", "status", "answer", "error")
                }
                for one in tries[row.id]
            ],
        }
        for row in rows
    ]


def _tabs(key: str, numbers: dict[str, int], states: tuple[str, ...]) -> list[dict[str, Any]]:
    place = f"/webhooks/{key}"
    every = {"label": _("All"), "url": place, "current": not states, "count": sum(numbers.values())}
    return [every] + [
        {"label": words, "url": f"{place}?state={one}", "current": one in states, "count": numbers[one]}
        for one, words in STATE_NAMES.items()
        if numbers.get(one)
    ]


def _told(key: str, secret: str) -> Any:
    response = make_response(_show(key, secret))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/<uuid:webhook_id>/rotate")
@guards.role(*MAKERS)
def rotate(webhook_id: UUID) -> Page:
    """A new secret, shown this once."""
    with work() as w:
        hook = webhooks.rotate(w, str(webhook_id))
        secret = webhooks.secret_of(state().settings.secret_key, hook)
    return _told(str(webhook_id), secret)


@blueprint.post("/<uuid:webhook_id>/pause")
@guards.role(*KEEPERS)
def pause(webhook_id: UUID) -> Page:
    """Send nothing until it goes on."""
    return _move(webhooks.pause, webhook_id, _("Paused: what happens meanwhile waits."))


@blueprint.post("/<uuid:webhook_id>/resume")
@guards.role(*KEEPERS)
def resume(webhook_id: UUID) -> Page:
    """Go on."""
    return _move(webhooks.resume, webhook_id, _("It goes on, and what waited is sent."))


@blueprint.post("/<uuid:webhook_id>/ping")
@guards.role(*KEEPERS)
def ping(webhook_id: UUID) -> Page:
    """Send a test."""
    done = _("A test is on its way: look at the log in a few seconds.")
    return _move(webhooks.ping, webhook_id, done)


@blueprint.post("/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/redeliver")
@guards.role(*KEEPERS)
def redeliver(webhook_id: UUID, delivery_id: UUID) -> Page:
    """Send one event once more."""
    done = _("It is on its way once more.")
    return _move(lambda w, key: webhooks.redeliver(w, key, str(delivery_id)), webhook_id, done)


@blueprint.post("/<uuid:webhook_id>/remove")
@guards.role(*KEEPERS)
def remove(webhook_id: UUID) -> Page:
    """Tell this address nothing more."""
    with work() as w:
        webhooks.remove(w, str(webhook_id))
    flash(_("Removed, and its log with it."), "done")
    return redirect("/webhooks", 303)


def _move(verb: Callable[..., Any], webhook_id: UUID, done: str) -> Page:
    key = str(webhook_id)
    try:
        with work() as w:
            verb(w, key)
    except Conflict as error:
        return _show(key, fault=str(error)), 409
    flash(done, "done")
    return redirect(f"/webhooks/{key}", 303)
