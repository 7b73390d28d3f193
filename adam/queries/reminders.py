"""What somebody should be told as days go by, and was not told lately: findings, old records, records that end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import FOCAL_POINT, Actor
from adam.domain.findings import OPEN, REOPENED
from adam.models.accounts import Account
from adam.models.findings import Finding
from adam.models.messages import Message
from adam.models.partners import FocalPoint
from adam.models.projects import Project
from adam.queries import directory, visibility
from adam.queries.desk import OLD, RUNNING

SOON = timedelta(days=90)
NEWS = timedelta(days=7)
AGAIN = timedelta(days=300)
"""A record is spoken of once in so many days; a finding once."""


def readers(session: Session, on: date) -> list[Account]:
    """The accounts whose person answers for a partner on a day."""
    stands = select(FocalPoint.id).where(FocalPoint.account_id == Account.id, directory.answering(on))
    query = select(Account).where(Account.active, Account.role == FOCAL_POINT, stands.exists())
    return list(session.scalars(query.order_by(Account.id)))


def findings(actor: Actor, now: datetime) -> Select[Any]:
    """The ids of findings of this week that touch the actor's records and are open, the weightiest first."""
    query = select(Finding.id).where(
        visibility.findings(actor),
        Finding.state.in_((OPEN, REOPENED)),
        Finding.first_seen > now - NEWS,
        _untold(actor, "finding", Finding.id, None),
    )
    return query.order_by(Finding.score.desc(), Finding.id)


def to_confirm(actor: Actor, now: datetime) -> Select[Any]:
    """The ids of own running records that nobody confirmed for a year, the oldest first."""
    before = now.date() - OLD
    never = Project.last_confirmed_on.is_(None) & (Project.updated_at < datetime.combine(before, time(), UTC))
    query = _own(actor, "confirm", now).where(or_(Project.last_confirmed_on < before, never))
    return query.order_by(Project.updated_at, Project.id)


def ending(actor: Actor, now: datetime) -> Select[Any]:
    """The ids and days of own running records that end within 90 days, the nearest first."""
    today = now.date()
    query = _own(actor, "ending", now).where(Project.ends >= today, Project.ends <= today + SOON)
    return query.add_columns(Project.ends).order_by(Project.ends, Project.id)


def _own(actor: Actor, kind: str, now: datetime) -> Select[Any]:
    return select(Project.id).where(
        Project.owner == actor.partner,
        Project.merged_into.is_(None),
        Project.status.in_(RUNNING),
        visibility.projects(actor),
        _untold(actor, kind, Project.id, now - AGAIN),
    )


def _untold(actor: Actor, kind: str, key: Any, since: datetime | None) -> ColumnElement[bool]:
    told = select(Message.id).where(
        Message.account_id == actor.account, Message.kind == kind, Message.entity_id == key
    )
    return ~(told.where(Message.told_at > since) if since else told).exists()
