"""Where a finding stands in a queue, and which one comes before and after it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from adam.models.findings import Finding
from adam.queries.findings import standing_at

FAR = 1000
"""So far a place is counted; in a longer queue nobody asks whether it is the 3,412th."""


class Place(NamedTuple):
    """Its number (None when it is not in the queue, or too far down), of how many (None: too many to count),
    and the ids of the one before and the next."""

    number: int | None
    total: int | None
    before: str | None
    after: str | None


def place(session: Session, query: Select[Any], finding: Finding) -> Place:
    """The place of a finding in this queue; one that left it is looked for where it would stand."""
    keys = standing_at(Finding)
    pairs = zip(standing_at(finding), keys, strict=True)
    at = tuple_(*(literal(value, key.type) for value, key in pairs))
    here = tuple_(*keys)
    ids = query.order_by(None).with_only_columns(Finding.id)
    before = session.scalar(ids.where(here > at).order_by(*keys).limit(1))
    after = session.scalar(ids.where(here < at).order_by(*(key.desc() for key in keys)).limit(1))
    there = session.scalar(ids.where(Finding.id == finding.id))
    ahead = _count(session, ids.where(here > at)) if there else FAR + 1
    total = _count(session, ids)
    return Place(ahead + 1 if ahead <= FAR else None, total if total <= FAR else None, before, after)


def first(session: Session, query: Select[Any]) -> str | None:
    """The finding at the head of a queue."""
    ids = query.order_by(None).with_only_columns(Finding.id)
    return session.scalar(ids.order_by(*(key.desc() for key in standing_at(Finding))).limit(1))


def _count(session: Session, ids: Select[Any]) -> int:
    inner = ids.limit(FAR + 1).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0
