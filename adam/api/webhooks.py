"""Webhooks: what is told at which address, its secret, and the log of what was delivered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import state, work
from adam.queries import accounts as known
from adam.queries import webhooks as questions
from adam.schemas.api_answers import page_of
from adam.schemas.api_queries import PageQuery
from adam.schemas.webhooks import (
    DeliveriesQuery,
    NewWebhookAnswer,
    WebhookAnswer,
    WebhookDeliveryAnswer,
    WebhookPatchSchema,
    WebhookSchema,
)
from adam.services import destinations, webhooks
from adam.services.work import Work

blueprint = Blueprint("webhooks", __name__, "Addresses that are told what happens.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
MAKERS, KEEPERS = ("submit", "coordinate"), ("submit", "coordinate", "admin")
OWN = ("id", "name", "url", "events", "state", "reason", "version")
DELIVERY = ("id", "event_id", "entity", "entity_id", "state")
TRY = ("number", "took_ms", "status", "answer", "error")
ONE = "/webhooks/<record:webhook_id>"


@route("/webhooks", methods=["GET"])
@guards.scope(*KEEPERS)
@arguments(PageQuery, location="query")
@response(200, page_of(WebhookAnswer))
def listed(_asked: dict[str, Any]) -> Response:
    """Webhooks that are yours to look after, newest first"""
    with work(read_only=True) as w:
        return answers.page(w, questions.listed(w.actor), questions.ORDER, lambda rows: _shown(w, rows))


@route("/webhooks", methods=["POST"])
@guards.scope(*MAKERS)
@arguments(WebhookSchema)
@response(201, NewWebhookAnswer)
def create(body: Body) -> Response:
    """Tell an address what happens: its `secret` is in this answer and nowhere else

    Focal points are told of their partner's submissions, coordinators of all that are no drafts, and of findings.
    Only https to public addresses; no redirect is followed.
    """
    draft = body.taken()
    with work() as w:
        hook = webhooks.create(w, draft, destinations.of(state().settings))
        shown = _shown(w, [hook])[0]
        etag = answers.versioned(hook.version, shown)
        return _secret(answers.created(shown | _with(hook), f"/api/v1/webhooks/{hook.id}", etag))


@route(ONE, methods=["GET"])
@guards.scope(*KEEPERS)
@response(200, WebhookAnswer)
def one(webhook_id: str) -> Response:
    """One webhook with the numbers of its deliveries"""
    with work(read_only=True) as w:
        return _answer(w, questions.one(w.session, w.actor, webhook_id))


@route(ONE, methods=["PATCH"])
@guards.scope(*MAKERS)
@arguments(WebhookPatchSchema)
@response(200, WebhookAnswer)
def change(body: Body, webhook_id: str) -> Response:
    """Change name, address or events; only whoever made it"""
    version, draft = answers.expected(), body.taken()
    with work() as w:
        reach = destinations.of(state().settings)
        return _answer(w, webhooks.change(w, webhook_id, (draft, version), reach))


@route(ONE, methods=["DELETE"])
@guards.scope(*KEEPERS)
@response(204)
def remove(webhook_id: str) -> Response:
    """Tell this address nothing more; the log goes too"""
    version = answers.expected()
    with work() as w:
        webhooks.remove(w, webhook_id, version)
    return Response(status=204)


@route(f"{ONE}/pause", methods=["POST"])
@guards.scope(*KEEPERS)
@response(200, WebhookAnswer)
def pause(webhook_id: str) -> Response:
    """Send nothing until it goes on; what happens meanwhile waits"""
    return _move(webhooks.pause, webhook_id)


@route(f"{ONE}/resume", methods=["POST"])
@guards.scope(*KEEPERS)
@response(200, WebhookAnswer)
def resume(webhook_id: str) -> Response:
    """Go on, and send what waits"""
    return _move(webhooks.resume, webhook_id)


@route(f"{ONE}/rotate", methods=["POST"])
@guards.scope(*MAKERS)
@response(200, NewWebhookAnswer)
def rotate(webhook_id: str) -> Response:
    """A new secret; for 24 hours every message is signed with both"""
    version = answers.expected()
    with work() as w:
        hook = webhooks.rotate(w, webhook_id, version)
        shown = _shown(w, [hook])[0]
        return _secret(answers.one(shown | _with(hook), answers.versioned(hook.version, shown)))


@route(f"{ONE}/ping", methods=["POST"])
@guards.scope(*KEEPERS)
@response(202, WebhookDeliveryAnswer)
def ping(webhook_id: str) -> Response:
    """Send an event that says nothing; the log tells what became of it"""
    with work() as w:
        return _delivery(w, webhooks.ping(w, webhook_id), 202)


@route(f"{ONE}/deliveries", methods=["GET"])
@guards.scope(*KEEPERS)
@arguments(DeliveriesQuery, location="query")
@response(200, page_of(WebhookDeliveryAnswer))
def deliveries(asked: dict[str, Any], webhook_id: str) -> Response:
    """The log, newest first, each with its tries; kept for 30 days"""
    with work(read_only=True) as w:
        hook = questions.one(w.session, w.actor, webhook_id)
        query = questions.deliveries(hook.id, asked["state"])
        return answers.page(w, query, questions.DELIVERIES, lambda rows: _deliveries(w, rows))


@route(f"{ONE}/deliveries/<record:delivery_id>/redeliver", methods=["POST"])
@guards.scope(*KEEPERS)
@response(202, WebhookDeliveryAnswer)
def redeliver(webhook_id: str, delivery_id: str) -> Response:
    """Send once more what was delivered or given up, under the same event id"""
    with work() as w:
        return _delivery(w, webhooks.redeliver(w, webhook_id, delivery_id), 202)


def _move(verb: Callable[..., Any], webhook_id: str) -> Response:
    version = answers.expected()
    with work() as w:
        return _answer(w, verb(w, webhook_id, version))


def _with(hook: Any) -> dict[str, str]:
    return {"secret": webhooks.secret_of(state().settings.secret_key, hook)}


def _secret(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(w: Work, hook: Any) -> Response:
    shown = _shown(w, [hook])[0]
    return answers.one(shown, answers.versioned(hook.version, shown))


def _delivery(w: Work, row: Any, status: int) -> Response:
    return answers.one(_deliveries(w, [row])[0], status=status)


def _shown(w: Work, rows: Sequence[Any]) -> list[dict[str, Any]]:
    people = known.known(w.session, (row.account_id for row in rows))
    numbers = questions.numbers(w.session, [row.id for row in rows])
    return [
        {name: getattr(row, name) for name in OWN}
        | {"owner": people[row.account_id].email, "deliveries": numbers[row.id]}
        | {name: _moment(getattr(row, name)) for name in ("created_at", "delivered_at", "failing_since")}
        | {"old_secret_until": _moment(row.old_until if row.old_until and row.old_until > w.now else None)}
        for row in rows
    ]


def _deliveries(w: Work, rows: Sequence[Any]) -> list[dict[str, Any]]:
    tries = questions.tries(w.session, [row.id for row in rows])
    return [
        {name: getattr(row, name) for name in DELIVERY}
        | {"type": row.kind}
        | {name: _moment(getattr(row, name)) for name in ("created_at", "next_at", "finished_at")}
        | {
            "tries": [
                {name: getattr(one, name) for name in TRY} | {"at": _moment(one.at)} for one in tries[row.id]
            ]
        }
        for row in rows
    ]


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
