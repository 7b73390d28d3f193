"""Questions about the history: what was done to a record, a submission or a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.documents import differences
from adam.models.history import HistoryEntry

MOST = 50
TYPING = "submission.kept"
"""What a form that is kept while somebody writes leaves behind: many small steps, told as one."""
SIDE = {"updated_at", "version"}


Document = dict[str, Any]


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
    rows = session.scalars(query.order_by(HistoryEntry.id.desc()).limit(most * 10))
    return _together(_step(row) for row in rows)[:most]


def _together(steps: Iterable[Step]) -> list[Step]:
    """What one person wrote in one sitting as one step, dated by its last moment."""
    found: list[Step] = []
    for step in steps:
        later = found[-1] if found else None
        if later and later.action == TYPING and step.action == TYPING and later.actor == step.actor:
            found[-1] = later._replace(changed=sorted({*later.changed, *step.changed}))
        else:
            found.append(step)
    return found


def document_at(session: Session, submission_id: str, document: Document, version: int) -> Document:
    """A submission's document as it stood in an earlier version, from what it is now and what history kept since."""
    query = select(HistoryEntry).where(
        HistoryEntry.entity == "submission", HistoryEntry.entity_id == submission_id
    )
    found = dict(document)
    for row in session.scalars(query.order_by(HistoryEntry.id.desc())):
        if not row.before or not row.after or "document" not in row.before:
            continue
        if row.after.get("version", 0) <= version:
            break
        earlier = row.before["document"]
        found = found | earlier if row.action == TYPING else dict(earlier)
    return found


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
