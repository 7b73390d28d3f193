"""Questions about the whole history: who did what to what and when, as far as whoever asks may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.history import HistoryEntry
from adam.queries import visibility


@dataclass(frozen=True, slots=True)
class Filters:
    """What entries must be: within one filter any value counts, several filters must all hold; empty means all."""

    entity: Sequence[str] = ()
    entity_id: str | None = None
    action: Sequence[str] = ()
    account: str | None = None
    actor: str = ""
    since: date | None = None
    until: date | None = None


def listed(actor: Actor, filters: Filters) -> Select[Any]:
    """The entries there for this actor; the last day counts whole, in UTC."""
    query = select(HistoryEntry).where(visibility.history(actor))
    for column, values in ((HistoryEntry.entity, filters.entity), (HistoryEntry.action, filters.action)):
        if values:
            query = query.where(column.in_(values))
    if filters.entity_id:
        query = query.where(HistoryEntry.entity_id == filters.entity_id)
    if filters.account:
        query = query.where(HistoryEntry.actor_id == filters.account)
    if filters.actor.strip():
        wanted = filters.actor.strip().lower()
        query = query.where(func.lower(HistoryEntry.actor).contains(wanted, autoescape=True))
    if filters.since:
        query = query.where(HistoryEntry.at >= _midnight(filters.since))
    if filters.until:
        query = query.where(HistoryEntry.at < _midnight(filters.until) + timedelta(days=1))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def kinds(session: Session, actor: Actor) -> list[str]:
    """What there are entries about, for whoever asks."""
    query = select(HistoryEntry.entity).where(visibility.history(actor)).distinct()
    return sorted(session.scalars(query))
