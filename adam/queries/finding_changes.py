"""What changed on the records of a finding since it was decided: why it was reopened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.findings import DECIDING_FIELDS
from adam.domain.visibility import fields_for
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from adam.queries import history

MOST = 400
"""So many entries at most are looked through for one page."""


def since(
    session: Session, actor: Actor, decided: Mapping[tuple[str, str], datetime]
) -> dict[tuple[str, str], list[str]]:
    """The deciding fields that changed on either of two records after a moment, in the order of the policy.

    `decided` is the pair of records to when it was decided. The history of a record is for those who may read all of
    it: of others nothing is said.
    """
    entries = _entries(session, actor, decided)
    found = {}
    for pair, at in decided.items():
        names = {
            name for key in pair for when, changed in entries.get(key, ()) if when > at for name in changed
        }
        found[pair] = [name for name in DECIDING_FIELDS if name in names]
    return found


def _entries(
    session: Session, actor: Actor, decided: Mapping[tuple[str, str], datetime]
) -> dict[str, list[tuple[datetime, list[str]]]]:
    ids = sorted({key for pair in decided for key in pair})
    if not ids:
        return {}
    owners = session.execute(select(Project.id, Project.owner).where(Project.id.in_(ids))).all()
    readable = [key for key, owner in owners if fields_for(actor, owner) == "all"]
    query = select(HistoryEntry).where(
        HistoryEntry.entity == "project",
        HistoryEntry.entity_id.in_(readable),
        HistoryEntry.at > min(decided.values()),
    )
    rows = session.scalars(query.order_by(HistoryEntry.id.desc()).limit(MOST)).all()
    found: dict[str, list[tuple[datetime, list[str]]]] = {}
    for row in rows:
        if row.before:
            names = history.changed(history.flat(row.before), history.flat(row.after))
            found.setdefault(row.entity_id, []).append((row.at, names))
    return found
