"""The outbox of webhooks: what happened is put there in the same transaction, for those who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.webhooks import BY_ROLE, ENTITIES, OF_HISTORY, WAITING
from adam.models import new_id
from adam.models.webhooks import WebhookDelivery
from adam.queries import webhooks as questions
from adam.services import bulk
from adam.services.history import Change

CHUNK = 500
KEPT = ("state", "version", "comment", "verdict", "due_on", "outcome", "text", "outcome_text", "name")
"""What only that moment knows; everything else is looked up when it is sent, as the receiver may see it then."""
Event = tuple[str, str, str, dict[str, Any]]
Seen = dict[tuple[str | None, ...], set[str]]


def write(session: Session, changes: Iterable[Change], now: datetime) -> None:
    """Put what these changes are events of on its way to every webhook whose owner may see it."""
    events = [event for change in changes if (event := _event(change))]
    hooks = questions.listening(session, now.date()) if events else []
    if not hooks:
        return
    session.flush()
    named = [(new_id(), event) for event in events]
    seen: Seen = {}
    rows = []
    for hook, account in hooks:
        kinds = set(hook.events).intersection(BY_ROLE.get(account.role, ()))
        wanted = [(key, event) for key, event in named if event[0] in kinds]
        who = Actor(account.role, account.partner, account.id)
        for entity in ENTITIES:
            of_kind = [(key, event) for key, event in wanted if event[1] == entity]
            there = _there(session, who, (entity, [event[2] for _, event in of_kind]), seen)
            rows += [_row(hook.id, key, event, now) for key, event in of_kind if event[2] in there]
    bulk.add(session, WebhookDelivery, rows)


def _event(change: Change) -> Event | None:
    kind = OF_HISTORY.get(change.action)
    if kind is None:
        return None
    after = change.after or {}
    details = {name: after[name] for name in KEPT if after.get(name) is not None}
    return kind, change.entity, change.entity_id, details


def _there(session: Session, who: Actor, asked: tuple[str, Sequence[str]], seen: Seen) -> set[str]:
    """Those of these ids that this actor is told of; asked once for all who see the same."""
    entity, ids = asked
    key = (who.role, who.partner, entity, who.account if entity == "report" else None)
    if key not in seen and ids:
        listed = sorted(set(ids))
        parts = [listed[at : at + CHUNK] for at in range(0, len(listed), CHUNK)]
        seen[key] = {one for part in parts for one in session.scalars(questions.told(who, entity, part))}
    return seen.get(key, set())


def _row(webhook_id: str, event_id: str, event: Event, now: datetime) -> dict[str, Any]:
    kind, entity, entity_id, details = event
    return {
        "id": new_id(),
        "webhook_id": webhook_id,
        "event_id": event_id,
        "kind": kind,
        "entity": entity,
        "entity_id": entity_id,
        "details": details,
        "created_at": now,
        "state": WAITING,
        "tries": 0,
        "next_at": now,
        "finished_at": None,
    }


def put(session: Session, webhook_id: str, kind: str, now: datetime) -> WebhookDelivery:
    """One event that concerns one webhook alone, such as a ping."""
    row = WebhookDelivery(**_row(webhook_id, new_id(), (kind, "webhook", webhook_id, {}), now))
    session.add(row)
    session.flush()
    return row


def wake(session: Session, webhook_id: str, now: datetime) -> None:
    """Let all that waits for a webhook be tried at once: it answers again, or somebody lets it go on."""
    waits = (WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.state == WAITING)
    due = update(WebhookDelivery).where(*waits, WebhookDelivery.next_at > now).values(next_at=now)
    session.execute(due.execution_options(synchronize_session=False))
