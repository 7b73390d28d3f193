"""How many questions there are, by queue, kind and state: the pairs of one group are one question in each queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from adam.domain.findings import KINDS, REOPENED
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
    """Count the findings of a query in two statements, which an index answers where nothing is asked of records."""
    bare = query.order_by(None).where(Finding.queue.in_(QUEUES))
    columns = (Finding.queue, Finding.kind, Finding.state)
    single = bare.with_only_columns(*columns, func.count()).where(Finding.group_key.is_(None))
    whole, kinds, states = Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for place, kind, state, number in session.execute(single.group_by(*columns)):
        queue = str(place)
        whole[queue] += number
        kinds[queue, kind] += number
        states[queue, state] += number
    for place, number, back, *has in session.execute(_grouped(bare)):
        queue = str(place)
        whole[queue] += number
        states[queue, REOPENED] += back
        kinds.update({(queue, kind): many for kind, many in zip(KINDS, has, strict=True)})
    return Tally(whole, kinds, states)


def _grouped(bare: Select[Any]) -> Select[Any]:
    """By queue: how many groups, how many of them were reopened, and how many have something of each kind."""
    asked = [(Finding.state, REOPENED), *((Finding.kind, kind) for kind in KINDS)]
    flags = [func.max(case((column == code, 1), else_=0)).label(code) for column, code in asked]
    each = bare.with_only_columns(Finding.queue, *flags).where(Finding.group_key.is_not(None))
    inner = each.group_by(Finding.queue, Finding.group_key).subquery()
    summed = [func.sum(inner.c[code]) for _, code in asked]
    return select(inner.c.queue, func.count(), *summed).group_by(inner.c.queue)


def total(session: Session, query: Select[Any]) -> int:
    """How many questions a query holds together."""
    bare = query.order_by(None).where(Finding.queue.in_(QUEUES)).with_only_columns
    grouped = bare(Finding.queue).where(Finding.group_key.is_not(None))
    grouped = grouped.group_by(Finding.queue, Finding.group_key)
    single = bare(func.count()).where(Finding.group_key.is_(None)).scalar_subquery()
    many = select(func.count()).select_from(grouped.subquery()).scalar_subquery()
    return session.scalar(select(single + many)) or 0
