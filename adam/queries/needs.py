"""Questions about recorded needs: those of a place, the open ones, one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from adam.errors import NotFound
from adam.models.findings import Need
from adam.queries.listings import Key

OPEN, CLOSED = "open", "closed"
STATES = (OPEN, CLOSED)
LARGEST = 2**31 - 1
MOST = 50
NEEDS = (Key(Need.id, True, int),)
"""Newest first."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which needs; empty means all."""

    country: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    state: tuple[str, ...] = ()


def listed(filters: Filters) -> Select[Need]:
    """The needs that pass; not ordered."""
    query = select(Need)
    for name in ("country", "pillar"):
        values = getattr(filters, name)
        if values:
            query = query.where(getattr(Need, name).in_(values))
    if set(filters.state) == {OPEN}:
        query = query.where(Need.closed_on.is_(None))
    if set(filters.state) == {CLOSED}:
        query = query.where(Need.closed_on.is_not(None))
    return query


def newest() -> tuple[Any, ...]:
    """The order of lists."""
    return (Need.id.desc(),)


def open_ones(session: Session) -> Sequence[Need]:
    """Every need that nobody closed, the oldest first."""
    return session.scalars(select(Need).where(Need.closed_on.is_(None)).order_by(Need.id)).all()


def stated(session: Session, country: str | None = None, pillar: str | None = None) -> Sequence[Need]:
    """What is needed in a country or under a pillar and still open, the newest first; at most fifty."""
    query = select(Need).where(Need.closed_on.is_(None))
    query = query.order_by(Need.recorded_on.desc(), Need.id).limit(MOST)
    if country:
        query = query.where(Need.country == country)
    return session.scalars(query.where(Need.pillar == pillar) if pillar else query).all()


def one(session: Session, number: int, *, locked: bool = False) -> Need:
    """The need of a number; raises NotFound."""
    query: Any = select(Need).where(Need.id == number)
    found = session.scalar(query.with_for_update() if locked else query) if 0 < number <= LARGEST else None
    if found is None:
        raise NotFound("There is no such need.")
    return found
