"""The courier: takes what waits for webhooks, says it as the receiver may see it now, signs, sends, and keeps a log."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import system
from adam.domain.webhooks import (
    ACTIVE,
    DELIVERED,
    DROPPED,
    FAILED,
    PAUSED,
    PING,
    SENDING,
    WAITING,
    pause_after,
    rest_after,
)
from adam.models.accounts import Account
from adam.models.webhooks import Webhook, WebhookDelivery, WebhookTry
from adam.queries import webhooks as questions
from adam.services import accounts, destinations, event_items, messages, outbox, webhooks
from adam.services.destinations import Answer, Reach
from adam.services.rules import Rules
from adam.services.work import Work, working

Sessions = sessionmaker[Session]
HOLD = timedelta(minutes=2)
AT_ONCE = 4
AT_A_TIME = 100
GONE = 410
log = logging.getLogger("adam.webhooks")


@dataclass(frozen=True, slots=True)
class Courier:
    """How webhooks are sent: `secret` is the key that their secrets are made of, `base` the address people use."""

    reach: Reach
    base: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery ready to be sent; without a body nothing is left that its owner may see."""

    webhook_id: str
    delivery_id: str
    number: int
    url: str
    headers: dict[str, str]
    body: bytes | None


def of(settings: Any) -> Courier:
    """The courier of an installation."""
    return Courier(destinations.of(settings), settings.public_url.rstrip("/"), settings.secret_key)


def deliver(make: Sessions, rules: Rules, courier: Courier, stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, a few at once and one at a time to each webhook; answers how many tries were made.

    Nobody waits for a slow receiver but those who come after it to the same webhook.
    """
    sent, running = 0, set[Future[None]]()
    with ThreadPoolExecutor(AT_ONCE, "webhook") as pool:
        while sent < AT_A_TIME and not stop():
            while len(running) < AT_ONCE and (key := _claim(make)):
                running.add(pool.submit(_deliver, make, rules, courier, key))
                sent += 1
            if not running:
                break
            running = wait(running, return_when=FIRST_COMPLETED)[1]
    return sent


def _claim(make: Sessions) -> str | None:
    """Take what has waited longest, or what somebody fell silent with; None where nothing is due."""
    now = datetime.now(UTC)
    with make() as session:
        session.connection(execution_options={"read_only": True, "postgresql_readonly": True})
        if session.scalar(questions.due(now)) is None:
            return None
    chosen = questions.due(now).with_for_update(skip_locked=True).scalar_subquery()
    claim = update(WebhookDelivery).where(WebhookDelivery.id == chosen)
    claim = claim.values(state=SENDING, tries=WebhookDelivery.tries + 1, next_at=now + HOLD)
    with make() as session, session.begin():
        taken = claim.returning(WebhookDelivery.id)
        return session.scalar(taken, execution_options={"synchronize_session": False})


def _deliver(make: Sessions, rules: Rules, courier: Courier, delivery_id: str) -> None:
    try:
        with working(make, system("webhooks"), rules, read_only=True) as w:
            parcel = _packed(w, courier, delivery_id)
        if parcel is None:
            return
        if parcel.body is None:
            _drop(make, parcel)
            return
        at, begun = datetime.now(UTC), monotonic()
        outcome = _tried(courier, parcel)
        took = round((monotonic() - begun) * 1000)
        with working(make, system("webhooks"), rules) as w:
            _settle(w, parcel, outcome, (at, took))
    except Exception:
        # It is tried again once the hold is over.
        log.exception("the delivery %s could not be made", delivery_id)


def _packed(w: Work, courier: Courier, delivery_id: str) -> Parcel | None:
    row = w.session.get(WebhookDelivery, delivery_id)
    hook = w.session.get(Webhook, row.webhook_id) if row else None
    if row is None or hook is None:
        return None
    account = w.session.get_one(Account, hook.account_id)
    data: dict[str, Any] | None = {} if row.kind == PING else None
    if data is None and account.active:
        data = event_items.seen(w, accounts.actor_at(w, account), row, courier.base)
    if data is None or not account.active:
        return Parcel(hook.id, row.id, row.tries, hook.url, {}, None)
    said = {"type": row.kind, "timestamp": row.created_at.isoformat(), "data": data}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    seconds = int(w.now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "ADAM-Webhooks/1",
        "webhook-id": row.event_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": webhooks.signature(courier.secret, hook, (row.event_id, seconds, body), w.now),
    }
    return Parcel(hook.id, row.id, row.tries, hook.url, headers, body)


def _tried(courier: Courier, parcel: Parcel) -> Answer | str:
    """What was answered, or why nothing was."""
    try:
        return destinations.send(courier.reach, parcel.url, parcel.body or b"", parcel.headers)
    except (destinations.Refused, destinations.Failed) as error:
        return str(error)


def _drop(make: Sessions, parcel: Parcel) -> None:
    with make() as session, session.begin():
        over = {"state": DROPPED, "next_at": None, "finished_at": datetime.now(UTC)}
        session.execute(_ours(parcel).values(**over))


def _ours(parcel: Parcel) -> Any:
    return update(WebhookDelivery).where(
        WebhookDelivery.id == parcel.delivery_id,
        WebhookDelivery.state == SENDING,
        WebhookDelivery.tries == parcel.number,
    )


def _settle(w: Work, parcel: Parcel, outcome: Answer | str, when: tuple[datetime, int]) -> None:
    """Write what became of a try, unless somebody else has taken the delivery since or the webhook is gone."""
    good = isinstance(outcome, Answer) and 200 <= outcome.status < 300
    gone = isinstance(outcome, Answer) and outcome.status == GONE
    pause = None if good or gone else pause_after(parcel.number)
    values: dict[str, Any] = {"state": WAITING, "next_at": w.now + pause} if pause else {"next_at": None}
    if not pause:
        values |= {"state": DELIVERED if good else FAILED, "finished_at": w.now}
    kept = {"synchronize_session": False}
    done = w.session.scalar(
        _ours(parcel).values(**values).returning(WebhookDelivery.id), execution_options=kept
    )
    if done is None:
        return
    _keep_try(w, parcel, outcome, when)
    hook = w.session.get_one(Webhook, parcel.webhook_id, with_for_update=True, populate_existing=True)
    if good:
        if hook.failing_since is not None:
            outbox.wake(w.session, hook.id, w.now)
        hook.delivered_at, hook.failing_since = w.now, None
        return
    hook.failing_since = hook.failing_since or w.now
    _let_rest(w, hook)
    if not pause:
        _given_up(w, hook, parcel, gone=gone)


def _let_rest(w: Work, hook: Webhook) -> None:
    """What else waits for an address that doesn't answer is not tried one after the other: it would hold up others."""
    until = w.now + rest_after(w.now - (hook.failing_since or w.now))
    waits = (WebhookDelivery.webhook_id == hook.id, WebhookDelivery.state == WAITING)
    later = update(WebhookDelivery).where(*waits, WebhookDelivery.next_at < until).values(next_at=until)
    w.session.execute(later.execution_options(synchronize_session=False))


def _keep_try(w: Work, parcel: Parcel, outcome: Answer | str, when: tuple[datetime, int]) -> None:
    answered = isinstance(outcome, Answer)
    before = select(func.count()).select_from(WebhookTry).where(WebhookTry.delivery_id == parcel.delivery_id)
    w.session.add(
        WebhookTry(
            delivery_id=parcel.delivery_id,
            number=(w.session.scalar(before) or 0) + 1,
            at=when[0],
            took_ms=when[1],
            status=outcome.status if isinstance(outcome, Answer) else None,
            answer=outcome.begins if isinstance(outcome, Answer) else None,
            error=None if answered else str(outcome)[:500],
        )
    )
    w.session.flush()


def _given_up(w: Work, hook: Webhook, parcel: Parcel, *, gone: bool) -> None:
    """The owner is told; where nothing else got through since, the webhook is paused and what waits is kept."""
    row = w.session.get_one(WebhookDelivery, parcel.delivery_id)
    through = hook.delivered_at is not None and hook.delivered_at > row.created_at
    said = "It answered 410 Gone." if gone else f"{row.kind} was given up after {parcel.number} tries."
    if hook.state == ACTIVE and (gone or not through):
        hook.state, hook.reason = PAUSED, said
        hook.version += 1
        w.record("webhook.paused", ("webhook", hook.id), {"state": ACTIVE}, {"state": PAUSED, "reason": said})
        said += " Nothing more is sent until you let it go on."
    w.session.flush()
    messages.tell(w, hook.account_id, "webhook_stopped", ("webhook", hook.id), title=hook.name, comment=said)
