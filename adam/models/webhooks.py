"""Webhooks: who wants to be told what at which address, what is on its way there, and how each try went."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Moment, Name, Order, Ref


class Webhook(Base):
    """One address that somebody wants events sent to. No secret is stored: it is made of the secret key and `salt`.

    `old_salt` signs too until `old_until`, so that a receiver has time to learn a new secret. `failing_since` is the
    first failure since the last success.
    """

    __tablename__ = "webhooks"
    id: Mapped[Id]
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[Name]
    url: Mapped[Name]
    events: Mapped[list[Any]]
    state: Mapped[Code] = mapped_column(index=True)
    reason: Mapped[Name | None]
    salt: Mapped[Code]
    old_salt: Mapped[Code | None]
    old_until: Mapped[Moment | None]
    created_at: Mapped[Moment]
    delivered_at: Mapped[Moment | None]
    failing_since: Mapped[Moment | None]
    version: Mapped[int]


class WebhookDelivery(Base):
    """One event on its way to one address, written in the transaction of what happened: the outbox.

    `event_id` is the same for every address and every try. `next_at` is when to try (again); for one that is being
    sent, when whoever sends it counts as gone. `details` are what only that moment knows.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index(None, "state", "next_at"), Index(None, "webhook_id", "created_at"))
    id: Mapped[Id]
    webhook_id: Mapped[Ref] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    event_id: Mapped[Ref]
    kind: Mapped[Code]
    entity: Mapped[Code]
    entity_id: Mapped[Name]
    details: Mapped[dict[str, Any]]
    created_at: Mapped[Moment]
    state: Mapped[Code]
    tries: Mapped[int]
    next_at: Mapped[Moment | None]
    finished_at: Mapped[Moment | None]


class WebhookTry(Base):
    """One try: when, how long it took, what was answered (its first bytes), or what went wrong."""

    __tablename__ = "webhook_tries"
    id: Mapped[Order]
    delivery_id: Mapped[Ref] = mapped_column(
        ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    at: Mapped[Moment]
    took_ms: Mapped[int]
    status: Mapped[int | None]
    answer: Mapped[Name | None]
    error: Mapped[Name | None]
