"""How many questions there are, by queue, kind and state: the pairs of one group are one question in each queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select, case, func, null, select, union_all
from sqlalchemy.orm import Session

from adam.domain.findings import REOPENED
from adam.models.findings import Finding

QUEUES = ("record", "coordination", "decided")
"""Where findings stand that are counted; what no longer holds is not."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions stand in each queue: all of them, and of each kind; of groups the reopened alone by state."""

    whole: Mapping[str, int]
    kinds: Mapping[tuple[str, str], int]
    states: Mapping[tuple[str, str], int]

    def of(self, queue: str | None = None, kind: str | None = None, state: str | None = None) -> int:
        """How many questions stand in this queue (None: in all), of this kind or in this state (not both)."""
        queues = (queue,) if queue else QUEUES
        if kind:
            return sum(self.kinds.get((one, kind), 0) for one in queues)
        if state:
            return sum(self.states.get((one, state), 0) for one in queues)
        return sum(self.whole.get(one, 0) for one in queues)


def tally(session: Session, query: Select[Any]) -> Tally:
    """Count the findings of a query in one statement, which an index answers where nothing is asked of records."""
    whole, kinds, states = Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for place, kind, state, number in session.execute(_counted(query)):
        queue = str(place)
        if (kind is None) == (state is None):
            whole[queue] += number
        if kind is not None:
            kinds[queue, kind] += number
        if state is not None:
            states[queue, state] += number
    return Tally(whole, kinds, states)


def _counted(query: Select[Any]) -> CompoundSelect[Any]:
    """Queue, kind, state and number: of single findings with both; of groups each alone, and all of them with neither.

    Of groups only the reopened are counted by state.
    """
    columns = (Finding.queue, Finding.group_key, Finding.kind, Finding.state)
    bare = query.order_by(None).where(Finding.queue.in_(QUEUES))
    asked = bare.with_only_columns(*columns, func.count().label("number")).group_by(*columns).cte("asked")
    queue, key, kind, state, number = asked.c
    groups, alone, nothing = func.count(key.distinct()), key.is_(None), null()
    return union_all(
        select(queue, kind, state, func.sum(number)).where(alone).group_by(queue, kind, state),
        select(queue, kind, nothing, groups).where(~alone).group_by(queue, kind),
        select(queue, nothing, nothing, groups).where(~alone).group_by(queue),
        select(queue, nothing, state, groups).where(~alone, state == REOPENED).group_by(queue, state),
    )


def total(session: Session, query: Select[Any]) -> int:
    """How many questions a query holds together."""
    columns = (Finding.queue, Finding.group_key)
    bare = query.order_by(None).where(Finding.queue.in_(QUEUES))
    asked = bare.with_only_columns(*columns, func.count().label("number")).group_by(*columns).subquery()
    each = case((asked.c.group_key.is_(None), asked.c.number), else_=1)
    return session.scalar(select(func.sum(each))) or 0


def pairs(session: Session, query: Select[Any]) -> int:
    """How many findings a query holds, each pair of a group by itself."""
    return session.scalar(query.order_by(None).with_only_columns(func.count())) or 0
