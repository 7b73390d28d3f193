"""Questions about the history: what was done to a record, a submission or a finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.documents import differences
from adam.models.history import HistoryEntry

MOST = 50
SIDE = {"updated_at", "version"}


class Step(NamedTuple):
    """One step: when, who, what, and which fields were changed by it."""

    at: datetime
    actor: str
    action: str
    changed: list[str]
    after: dict[str, Any]


def of(session: Session, entity: str, entity_id: str, most: int = MOST) -> list[Step]:
    """The last steps of one thing, newest first. Whether its reader may know is asked before."""
    query = select(HistoryEntry).where(HistoryEntry.entity == entity, HistoryEntry.entity_id == entity_id)
    rows = session.scalars(query.order_by(HistoryEntry.id.desc()).limit(most))
    return [_step(row) for row in rows]


def recent(session: Session, actions: Sequence[str], most: int = 10) -> list[Step]:
    """The last steps of these kinds, whatever they were done to, newest first."""
    query = select(HistoryEntry).where(HistoryEntry.action.in_(actions)).order_by(HistoryEntry.id.desc())
    return [_step(row) for row in session.scalars(query.limit(most))]


def _step(row: HistoryEntry) -> Step:
    before, after = (state.get("document", state) if state else {} for state in (row.before, row.after))
    changed = (
        [name for name in differences(before, after) if name not in SIDE] if row.before and row.after else []
    )
    return Step(row.at, row.actor, row.action, changed, row.after or {})
