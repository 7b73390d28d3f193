"""Verbs of webhooks: subscribe, change, pause, resume, give a new secret, ping, send again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from adam.domain.webhooks import ACTIVE, BOTH_SIGN, BY_ROLE, PAUSED, PING, SENDING, WAITING
from adam.errors import Conflict, Forbidden, Invalid, Problem, Stale
from adam.models import new_id
from adam.models.webhooks import Webhook, WebhookDelivery
from adam.queries import webhooks as questions
from adam.services import destinations, outbox
from adam.services.destinations import Reach
from adam.services.work import Work

MOST = 10
PREFIX = "whsec_"
KEPT = ("name", "url", "events", "state", "reason")


def create(w: Work, draft: dict[str, Any], reach: Reach) -> Webhook:
    """Tell an address from now on, from a WebhookSchema draft.

    Raises Forbidden for roles that are told nothing, Invalid for an address that may not be asked or an event that
    is not for the role, Conflict beyond ten webhooks.
    """
    _may(w)
    _judge(w, draft, reach)
    own = select(func.count()).select_from(Webhook).where(Webhook.account_id == w.actor.account)
    if (w.session.scalar(own) or 0) >= MOST:
        raise Conflict(f"You have {MOST} webhooks already: remove one first.", "too_many")
    hook = Webhook(
        id=new_id(),
        account_id=w.actor.account,
        name=draft["name"],
        url=draft["url"],
        events=_events(w, draft["events"]),
        state=ACTIVE,
        reason=None,
        salt=secrets.token_hex(16),
        created_at=w.now,
        version=1,
    )
    w.session.add(hook)
    w.session.flush()
    w.record("webhook.created", _key(hook), None, _state(hook))
    return hook


def change(w: Work, webhook_id: str, asked: tuple[dict[str, Any], int | None], reach: Reach) -> Webhook:
    """Change what a draft of WebhookPatchSchema names; `asked` is (draft, version). Raises as `create`, and Stale."""
    draft, version = asked
    hook = held(w, webhook_id, version)
    _owned(w, hook)
    _judge(w, draft, reach)
    before = _state(hook)
    for name in ("name", "url"):
        if name in draft:
            setattr(hook, name, draft[name])
    if "events" in draft:
        hook.events = _events(w, draft["events"])
    return _kept(w, hook, "webhook.changed", before)


def remove(w: Work, webhook_id: str, version: int | None = None) -> None:
    """Tell this address nothing more; its log goes with it."""
    hook = held(w, webhook_id, version)
    w.record("webhook.removed", _key(hook), _state(hook), None)
    w.session.delete(hook)
    w.session.flush()


def pause(w: Work, webhook_id: str, version: int | None = None, reason: str | None = None) -> Webhook:
    """Send nothing until it goes on; what happens meanwhile waits. Raises Conflict where it is paused."""
    hook = held(w, webhook_id, version)
    if hook.state == PAUSED:
        raise Conflict("This webhook is paused already.", "state")
    before = _state(hook)
    hook.state, hook.reason = PAUSED, reason
    return _kept(w, hook, "webhook.paused", before)


def resume(w: Work, webhook_id: str, version: int | None = None) -> Webhook:
    """Go on: what waited is sent. Raises Conflict where it is not paused."""
    hook = held(w, webhook_id, version)
    if hook.state == ACTIVE:
        raise Conflict("This webhook is active.", "state")
    before = _state(hook)
    hook.state, hook.reason, hook.failing_since = ACTIVE, None, None
    outbox.wake(w.session, hook.id, w.now)
    return _kept(w, hook, "webhook.resumed", before)


def rotate(w: Work, webhook_id: str, version: int | None = None) -> Webhook:
    """A new secret; for 24 hours the old one signs beside it."""
    hook = held(w, webhook_id, version)
    _owned(w, hook)
    before = _state(hook)
    hook.old_salt, hook.old_until = hook.salt, w.now + BOTH_SIGN
    hook.salt = secrets.token_hex(16)
    return _kept(w, hook, "webhook.rotated", before)


def ping(w: Work, webhook_id: str) -> WebhookDelivery:
    """Send an event that says nothing, to see whether it gets there. Raises Conflict for a paused webhook."""
    hook = held(w, webhook_id)
    if hook.state != ACTIVE:
        raise Conflict("This webhook is paused: let it go on first.", "state")
    return outbox.put(w.session, hook.id, PING, w.now)


def redeliver(w: Work, webhook_id: str, delivery_id: str) -> WebhookDelivery:
    """Send once more what is over, under the same event id; raises Conflict for what is on its way."""
    hook = held(w, webhook_id)
    row = questions.delivery(w.session, hook.id, delivery_id)
    if row.state in (WAITING, SENDING):
        raise Conflict("This is on its way already.", "state")
    row.state, row.tries, row.next_at, row.finished_at = WAITING, 0, w.now, None
    w.session.flush()
    return row


def held(w: Work, webhook_id: str, version: int | None = None) -> Webhook:
    """A webhook that the actor looks after, held until the work ends; raises NotFound, Stale."""
    questions.one(w.session, w.actor, webhook_id)
    query = select(Webhook).where(Webhook.id == webhook_id).with_for_update()
    hook: Webhook = w.session.scalars(query.execution_options(populate_existing=True)).one()
    if version is not None and version != hook.version:
        raise Stale()
    return hook


def secret_of(key: str, hook: Webhook) -> str:
    """The secret of a webhook, made of the installation's secret key: shown when it is made, stored nowhere."""
    return PREFIX + base64.b64encode(_secret(key, hook.id, hook.salt)).decode("ascii")


def signature(key: str, hook: Webhook, signed: tuple[str, int, bytes], now: datetime) -> str:
    """The header webhook-signature over (event id, seconds, body): one for each secret that is good at `now`."""
    event_id, seconds, body = signed
    salts = [hook.salt]
    if hook.old_salt and hook.old_until and hook.old_until > now:
        salts.append(hook.old_salt)
    text = f"{event_id}.{seconds}.".encode() + body
    digests = [hmac.digest(_secret(key, hook.id, salt), text, hashlib.sha256) for salt in salts]
    return " ".join(f"v1,{base64.b64encode(digest).decode('ascii')}" for digest in digests)


def _secret(key: str, webhook_id: str, salt: str) -> bytes:
    return hmac.digest(key.encode(), f"webhook|{webhook_id}|{salt}".encode(), hashlib.sha256)


def _may(w: Work) -> None:
    if w.actor.account is None or w.actor.role not in BY_ROLE:
        raise Forbidden("Webhooks are for focal points and coordinators.")
    if "read" not in w.actor.scopes:
        raise Forbidden("A webhook tells what its owner may read: this token needs the scope read too.")


def _owned(w: Work, hook: Webhook) -> None:
    """A new address or secret would tell whoever sets it what the owner is told."""
    _may(w)
    if hook.account_id != w.actor.account:
        raise Forbidden("Only whoever made a webhook changes where it goes; others pause or remove it.")


def _judge(w: Work, draft: dict[str, Any], reach: Reach) -> None:
    problems = []
    if "url" in draft:
        try:
            destinations.check(reach, draft["url"])
        except destinations.Refused as error:
            problems.append(Problem("#/url", "address", str(error)))
    offered = BY_ROLE[w.actor.role or ""]
    for place, name in enumerate(draft.get("events", ())):
        if name not in offered:
            sentence = f"{name} is for coordinators: choose of {', '.join(offered)}."
            problems.append(Problem(f"#/events/{place}", "not_for_role", sentence))
    if problems:
        raise Invalid(problems)


def _events(w: Work, wanted: list[str]) -> list[str]:
    offered = BY_ROLE[w.actor.role or ""]
    return [name for name in offered if not wanted or name in wanted]


def _kept(w: Work, hook: Webhook, action: str, before: dict[str, Any]) -> Webhook:
    hook.version += 1
    w.session.flush()
    w.record(action, _key(hook), before, _state(hook))
    return hook


def _state(hook: Webhook) -> dict[str, Any]:
    return {name: getattr(hook, name) for name in KEPT} | {"version": hook.version}


def _key(hook: Webhook) -> tuple[str, str]:
    return ("webhook", hook.id)
