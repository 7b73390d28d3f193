"""What is no longer needed goes: read messages, sent mails, old deliveries, kept answers, sessions, links, jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.webhooks import DELIVERED, DROPPED, FAILED, WAITING
from adam.models.accounts import SignIn, SignInLink, StoredAnswer
from adam.models.imports import Import
from adam.models.jobs import Job
from adam.models.messages import Mail, Message
from adam.models.webhooks import WebhookDelivery
from adam.services import idempotency, jobs, mails

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many days what is over is kept; 0 is for good."""

    messages: int
    mails: int
    deliveries: int


def of(settings: Any) -> Keeping:
    """What an installation keeps."""
    return Keeping(settings.keep_messages, settings.keep_mails, settings.keep_deliveries)


def tidy(make: sessionmaker[Session], keeping: Keeping, now: datetime | None = None) -> dict[str, int]:
    """Delete what is older, a thousand rows a transaction so that nobody waits; answers how many of what."""
    now = now or datetime.now(UTC)
    found = {}
    for name, model, conditions in _old(keeping, now):
        key = model.__table__.primary_key.columns
        total = 0
        while (number := _drop(make, model, (list(key), conditions))) > 0:
            total += number
        found[name] = total
    return found


def _old(keeping: Keeping, now: datetime) -> list[tuple[str, Any, tuple[Any, ...]]]:
    """Name, table and conditions of what is over. Messages go before the mails that carried them."""
    over = (WebhookDelivery.state.in_((DELIVERED, FAILED, DROPPED, WAITING)),)
    rows: list[tuple[str, Any, tuple[Any, ...]]] = [
        ("answers", StoredAnswer, (StoredAnswer.created_at <= now - idempotency.KEPT,)),
        ("sessions", SignIn, (SignIn.expires_at <= now,)),
        ("links", SignInLink, (SignInLink.expires_at <= now,)),
        ("jobs", Job, _jobs(now)),
    ]
    if keeping.messages:
        read = (Message.read_at <= now - timedelta(days=keeping.messages),)
        rows.append(("messages", Message, read))
    if keeping.mails:
        carried = select(Message.id).where(Message.mail_id == Mail.id)
        old = (
            Mail.state.in_((mails.SENT, mails.DROPPED)),
            Mail.created_at <= now - timedelta(days=keeping.mails),
        )
        rows.append(("mails", Mail, (*old, ~carried.exists())))
    if keeping.deliveries:
        past = WebhookDelivery.created_at <= now - timedelta(days=keeping.deliveries)
        rows.append(("deliveries", WebhookDelivery, (*over, past)))
    return rows


def _jobs(now: datetime) -> tuple[Any, ...]:
    """Jobs that are done; one of an import stays with it."""
    kept = select(Import.id).where(Import.job_id == Job.id)
    return Job.state == jobs.DONE, Job.finished_at <= now - timedelta(days=30), ~kept.exists()


def _drop(make: sessionmaker[Session], model: Any, what: tuple[list[Any], tuple[Any, ...]]) -> int:
    """One batch; nothing is opened for writing where nothing is old."""
    keys, conditions = what
    query = select(*keys).where(*conditions).limit(BATCH)
    with make() as session:
        session.connection(execution_options={"read_only": True, "postgresql_readonly": True})
        rows = session.execute(query).all()
    if not rows:
        return 0
    first = {row[0] for row in rows}
    chosen = (
        [keys[0].in_(first)]
        if len(keys) == 1
        else [keys[0].in_(first), keys[1].in_({row[1] for row in rows})]
    )
    with make() as session, session.begin():
        gone = session.execute(
            delete(model).where(*chosen, *conditions).execution_options(synchronize_session=False)
        )
        return int(gone.rowcount)  # type: ignore[attr-defined]
