"""Groups of findings: many records of one activity are one question, not a question for each pair of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from adam.models.findings import Finding

MOST_RECORDS = 60


class Group(NamedTuple):
    """How many pairs and records a group has, of which kinds, and the most that is at stake in one pair."""

    pairs: int
    records: int
    kinds: dict[str, int]
    stake: Any


def of(session: Session, query: Select[Any], keys: Sequence[str]) -> dict[str, Group]:
    """Group key to what is in it, of the findings of a query; two statements, however many pairs there are."""
    if not keys:
        return {}
    columns = (Finding.group_key, Finding.kind, Finding.a_id, Finding.b_id, Finding.stake)
    pairs = query.order_by(None).with_only_columns(*columns).where(Finding.group_key.in_(keys)).cte("pairs")
    counted = select(pairs.c.group_key, pairs.c.kind, func.count(), func.max(pairs.c.stake))
    sides = union(select(pairs.c.group_key, pairs.c.a_id), select(pairs.c.group_key, pairs.c.b_id)).subquery()
    sized = session.execute(select(sides.c.group_key, func.count()).group_by(sides.c.group_key))
    records: dict[str, int] = {row[0] or "": row[1] for row in sized}
    found: dict[str, Group] = {}
    for key, kind, number, stake in session.execute(counted.group_by(pairs.c.group_key, pairs.c.kind)):
        known = found.get(key, Group(0, records[key], {}, None))
        most = max((one for one in (known.stake, stake) if one is not None), default=None)
        found[key] = Group(known.pairs + number, known.records, known.kinds | {kind: number}, most)
    return found


def records(session: Session, query: Select[Any]) -> list[str]:
    """The ids of the first records of the findings of a query."""
    pairs = query.order_by(None).with_only_columns(Finding.a_id, Finding.b_id).cte("pairs")
    both = union(select(pairs.c.a_id), select(pairs.c.b_id)).subquery()
    ids = session.scalars(select(both.c[0]).order_by(both.c[0]).limit(MOST_RECORDS))
    return [key for key in ids if key]
