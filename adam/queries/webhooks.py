"""Questions about webhooks: which are there for whoever asks, which listen, and what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from adam.domain.actors import FOCAL_POINT, Actor
from adam.domain.webhooks import ACTIVE, SENDING, WAITING
from adam.errors import NotFound
from adam.models.accounts import Account
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.reports import Report
from adam.models.submissions import Submission
from adam.models.webhooks import Webhook, WebhookDelivery, WebhookTry
from adam.queries import accounts, visibility
from adam.queries.listings import Key

ORDER = (Key(Webhook.created_at, True, datetime.fromisoformat), Key(Webhook.id, True))
DELIVERIES = (
    Key(WebhookDelivery.created_at, True, datetime.fromisoformat),
    Key(WebhookDelivery.id, True),
)


def listed(actor: Actor) -> Select[Any]:
    """The webhooks that this actor looks after: one's own partner's, all for administrators."""
    owners = select(Account.id).where(visibility.accounts(actor))
    return select(Webhook).where(Webhook.account_id.in_(owners))


def one(session: Session, actor: Actor, webhook_id: str) -> Webhook:
    """A webhook; raises NotFound where it is not there for this actor."""
    found: Webhook | None = session.scalar(listed(actor).where(Webhook.id == webhook_id))
    if found is None:
        raise NotFound("There is no such webhook.")
    return found


def listening(session: Session, on: date) -> list[tuple[Webhook, Account]]:
    """Every webhook of an account in use whose person still answers, with its owner; paused ones listen too."""
    query = select(Webhook, Account).join(Account, Account.id == Webhook.account_id).where(Account.active)
    over = and_(Account.role == FOCAL_POINT, accounts.is_ended(on))
    return [(row[0], row[1]) for row in session.execute(query.where(~over).order_by(Webhook.id))]


def told(actor: Actor, entity: str, ids: Sequence[str]) -> Select[Any]:
    """Those of these records of a kind that this actor is told of.

    A focal point of its own partner's submissions alone, and everybody of the reports that were made for them.
    """
    if entity == "report":
        return select(Report.id).where(Report.id.in_(ids), Report.author_id == actor.account)
    if entity == "case":
        return select(Case.id).where(Case.id.in_(ids), visibility.cases(actor))
    if entity == "finding":
        return select(Finding.id).where(Finding.id.in_(ids), visibility.findings(actor))
    own = Submission.partner == actor.writes_for if actor.writes_for else true()
    return select(Submission.id).where(Submission.id.in_(ids), visibility.submissions(actor), own)


def deliveries(webhook_id: str, states: Sequence[str] = ()) -> Select[Any]:
    """What was and is on its way to a webhook, in these states (empty means all)."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    return query.where(WebhookDelivery.state.in_(states)) if states else query


def delivery(session: Session, webhook_id: str, delivery_id: str) -> WebhookDelivery:
    """One of them; raises NotFound."""
    found: WebhookDelivery | None = session.scalar(
        deliveries(webhook_id).where(WebhookDelivery.id == delivery_id)
    )
    if found is None:
        raise NotFound("There is no such delivery.")
    return found


def tries(session: Session, ids: Sequence[str]) -> dict[str, list[WebhookTry]]:
    """The tries of these deliveries, the first first."""
    found: dict[str, list[WebhookTry]] = {key: [] for key in ids}
    query = select(WebhookTry).where(WebhookTry.delivery_id.in_(ids)).order_by(WebhookTry.id)
    for row in session.scalars(query):
        found[row.delivery_id].append(row)
    return found


def numbers(session: Session, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """By webhook: how many deliveries are in which state."""
    found: dict[str, dict[str, int]] = {key: {} for key in ids}
    columns = (WebhookDelivery.webhook_id, WebhookDelivery.state, func.count())
    query = select(*columns).where(WebhookDelivery.webhook_id.in_(ids))
    for key, state, number in session.execute(query.group_by(*columns[:2])):
        found[key][state] = number
    return found


def due(now: datetime) -> Select[Any]:
    """The delivery that has waited longest at an active webhook to which nothing is being sent at this moment."""
    busy = aliased(WebhookDelivery)
    sending = select(busy.webhook_id).where(busy.state == SENDING, busy.next_at > now)
    active = select(Webhook.id).where(Webhook.state == ACTIVE)
    waits = or_(WebhookDelivery.state == WAITING, WebhookDelivery.state == SENDING)
    query = select(WebhookDelivery.id).where(
        waits,
        WebhookDelivery.next_at <= now,
        WebhookDelivery.webhook_id.in_(active),
        WebhookDelivery.webhook_id.not_in(sending),
    )
    return query.order_by(WebhookDelivery.next_at, WebhookDelivery.id).limit(1)
