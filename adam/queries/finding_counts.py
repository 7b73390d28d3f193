"""How many questions there are, by queue, kind and state: the pairs of one group are one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from adam.models.findings import Finding

Key = tuple[str, str, str]
"""Queue, kind and state."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a query holds: how many findings outside any group, and the groups, under each key."""

    alone: Mapping[Key, int]
    groups: Mapping[Key, frozenset[str]]

    def of(self, queue: str | None = None, kind: str | None = None, state: str | None = None) -> int:
        """How many questions stand in this queue, of this kind, in this state; None means any."""
        asked = (queue, kind, state)
        fits = [
            key
            for key in {*self.alone, *self.groups}
            if all(want in (None, have) for want, have in zip(asked, key, strict=True))
        ]
        together = frozenset[str]().union(*(self.groups.get(key, ()) for key in fits))
        return sum(self.alone.get(key, 0) for key in fits) + len(together)


def tally(session: Session, query: Select[Any]) -> Tally:
    """Count the findings of a query in two statements, however many there are."""
    columns = (Finding.queue, Finding.kind, Finding.state)
    bare = query.order_by(None)
    single = bare.with_only_columns(*columns, func.count()).where(Finding.group_key.is_(None))
    grouped = bare.with_only_columns(*columns, Finding.group_key).where(Finding.group_key.is_not(None))
    alone = {(row[0] or "", row[1], row[2]): row[3] for row in session.execute(single.group_by(*columns))}
    groups: dict[Key, set[str]] = {}
    for queue, kind, state, key in session.execute(grouped.distinct()):
        groups.setdefault((queue or "", kind, state), set()).add(key or "")
    return Tally(alone, {key: frozenset(members) for key, members in groups.items()})


def total(session: Session, query: Select[Any]) -> int:
    """How many questions a query holds together."""
    bare = query.order_by(None).with_only_columns
    grouped = bare(Finding.group_key).where(Finding.group_key.is_not(None)).distinct().subquery()
    single = bare(func.count()).where(Finding.group_key.is_(None)).scalar_subquery()
    many = select(func.count()).select_from(grouped).scalar_subquery()
    return session.scalar(select(single + many)) or 0
