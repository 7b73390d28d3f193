"""Groups of findings: many records of one activity are one question, not a question for each pair of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from adam.models.findings import Finding


class Group(NamedTuple):
    """How many pairs and records a group has, and the most that is at stake in one pair."""

    pairs: int
    records: int
    stake: Any


def heads(query: Select[Any]) -> Select[Any]:
    """The findings of a query that belong to no group, and one finding for each group."""
    first = (
        query.order_by(None)
        .with_only_columns(func.min(Finding.id))
        .where(Finding.group_key.is_not(None))
        .group_by(Finding.group_key)
    )
    return query.where(or_(Finding.group_key.is_(None), Finding.id.in_(first)))


def of(session: Session, query: Select[Any], keys: Sequence[str]) -> dict[str, Group]:
    """Group key to what is in it, of the findings of a query."""
    if not keys:
        return {}
    pairs = query.order_by(None).with_only_columns(
        Finding.group_key, Finding.a_id, Finding.b_id, Finding.stake
    )
    inner = pairs.where(Finding.group_key.in_(keys)).subquery()
    counted = select(inner.c.group_key, func.count(), func.max(inner.c.stake)).group_by(inner.c.group_key)
    members: dict[str, set[str]] = {}
    for key, a, b in session.execute(select(inner.c.group_key, inner.c.a_id, inner.c.b_id)):
        members.setdefault(key, set()).update((a, b))
    return {key: Group(pairs, len(members[key]), stake) for key, pairs, stake in session.execute(counted)}


def inside(query: Select[Any], key: str) -> Select[Any]:
    """The findings of one group."""
    return query.where(Finding.group_key == key)


def count(session: Session, query: Select[Any]) -> int:
    """How many findings a query has."""
    inner = query.order_by(None).with_only_columns(Finding.id).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0
