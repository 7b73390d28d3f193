"""Which records changed since when: the chain of the history numbers every change in the order of the commits.

Whoever appends to the chain holds its lock until the commit (services/history.py), so whoever sees an entry sees all
before it: a number is all that a reader needs to remember. The hash beside it proves that it is the same chain: after a
backup was put back, numbers are given out again, but never with the same hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from adam.models.history import HistoryEntry
from adam.models.partners import OrganizationIdentifier
from adam.models.project_parts import Identifier
from adam.queries.prepared import Prepared

RECORD, BODY, WORDS = "project", "organization", "vocabulary"
HARMLESS = ("project.read", "project.linked", "project.unlinked")
"""What is written down about a record and changes nothing in it."""
READ, LOOKED_AT = ".read", 20_000
NAMING = ("partners", "organizations")
"""Files of the vocabulary whose names stand in what is compared."""
CHUNK = 500
_NEWEST = select(func.max(HistoryEntry.id)).scalar_subquery()
_CHANGED = Prepared(
    select(HistoryEntry.id, HistoryEntry.hash)
    .where(HistoryEntry.id > _NEWEST - LOOKED_AT, HistoryEntry.action.not_like(f"%{READ}"))
    .order_by(HistoryEntry.id.desc())
    .limit(1)
)
_ENTRY = HistoryEntry.__table__.c
_SINCE = Prepared(
    select(_ENTRY.id, _ENTRY.hash, _ENTRY.entity, _ENTRY.entity_id, _ENTRY.action)
    .where(_ENTRY.id >= bindparam("number"))
    .order_by(_ENTRY.id)
)
"""Asked by every question to what is kept of all records, and so made once."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain of the history: 0 and an empty hash before its first entry."""

    number: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a mark, up to another: the records and organizations that changed, or `all` of them."""

    until: Mark
    records: frozenset[str] = frozenset()
    all: bool = False
    bodies: frozenset[str] = frozenset()


def last(session: Session) -> Mark:
    """The newest place that this session sees."""
    query = select(HistoryEntry.id, HistoryEntry.hash).order_by(HistoryEntry.id.desc()).limit(1)
    found = session.execute(query).first()
    return Mark(found.id, found.hash) if found else Mark()


def last_but_reading(session: Session) -> Mark:
    """The newest place at which something changed, as far as the last entries say it; else the newest of all.

    Who read what is confidential is written down too, at each look at a page that shows it: the last thousands may be
    of that kind.
    """
    found = _CHANGED.first(session)
    return Mark(found.id, found.hash) if found else last(session)


def stands(session: Any, mark: Mark) -> bool:
    """Whether this place is in the chain that the session (or connection) sees."""
    query = select(HistoryEntry.hash).where(HistoryEntry.id == mark.number)
    return not mark.number or bool(session.scalar(query) == mark.hash)


def since(session: Session, mark: Mark) -> Changes | None:
    """What changed after the mark; None where the chain that this session sees doesn't hold it.

    One small query where nothing happened.
    """
    rows = _SINCE.all(session, number=mark.number)
    if mark.number:
        if not rows or (rows[0].id, rows[0].hash) != (mark.number, mark.hash):
            return None
        rows = rows[1:]
    if not rows:
        return Changes(mark)
    records = {row.entity_id for row in rows if row.entity == RECORD and row.action not in HARMLESS}
    bodies = sorted({row.entity_id for row in rows if row.entity == BODY})
    every = any(row.entity == WORDS and row.entity_id in NAMING for row in rows)
    until = Mark(rows[-1].id, rows[-1].hash)
    found = frozenset(records | _reported_by(session, bodies))
    return Changes(until, found, every, frozenset(bodies))


def _reported_by(session: Session, bodies: list[str]) -> set[str]:
    """The records whose outside identifiers begin with one of these bodies': its name may stand as their reporter."""
    found: set[str] = set()
    for start in range(0, len(bodies), CHUNK):
        values = select(OrganizationIdentifier.value).where(
            OrganizationIdentifier.organization_id.in_(bodies[start : start + CHUNK])
        )
        found.update(session.scalars(select(Identifier.project_id).where(Identifier.owner.in_(values))))
    return found
