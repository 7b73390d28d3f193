"""Writes what was done, chained by hashes, in the transaction of the change; and checks the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.documents import Written, written
from adam.models.history import HistoryEntry
from adam.queries.prepared import Prepared
from adam.services import bulk
from adam.services.counters import lock

START = "0" * 64
CHAIN = "history"
_LAST = Prepared(select(HistoryEntry.__table__.c.hash).order_by(HistoryEntry.__table__.c.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `before` and `after` are JSON documents, None where there was or is nothing."""

    action: str
    entity: str
    entity_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def write(session: Session, changes: Iterable[Change], who: tuple[str | None, str], at: datetime) -> None:
    """Append the changes; `who` is an account's id or None, and a label. Writers wait for each other here."""
    listed = list(changes)
    if not listed:
        return
    session.flush()
    lock(session, CHAIN)
    last = _LAST.scalar(session) or START
    rows = []
    for change in listed:
        row = {
            "at": at,
            "actor_id": who[0],
            "actor": who[1],
            "action": change.action,
            "entity": change.entity,
            "entity_id": change.entity_id,
            "before": _written(change.before),
            "after": _written(change.after),
        }
        last = row["hash"] = digest(last, row)
        rows.append(row)
    bulk.add(session, HistoryEntry, rows)


def digest(previous: str, row: dict[str, Any]) -> str:
    """The hash of an entry: SHA-256 over the hash before it and the entry's fields as canonical JSON."""
    fields = [row[name] for name in ("actor_id", "actor", "action", "entity", "entity_id")]
    begun = written([row["at"].isoformat(), *fields])
    changed = (_written(row[name]) or "null" for name in ("before", "after"))
    text = ",".join((previous + begun[:-1], *changed)) + "]"
    return hashlib.sha256(text.encode()).hexdigest()


def _written(document: dict[str, Any] | Written | None) -> Written | None:
    return document if document is None or isinstance(document, Written) else written(document)


def first_broken(session: Session) -> int | None:
    """The id of the first entry whose hash doesn't follow from the one before; None when the chain holds."""
    last = START
    query = select(HistoryEntry).order_by(HistoryEntry.id).execution_options(yield_per=1000)
    with session.scalars(query) as entries:
        for entry in entries:
            row = {column.key: getattr(entry, column.key) for column in HistoryEntry.__table__.columns}
            if digest(last, row) != entry.hash:
                return entry.id
            last = entry.hash
    return None
