"""All accepted records, prepared for comparing and kept in memory until one of them changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import select

from adam.matching import Index
from adam.models.projects import Project
from adam.queries import comparing
from adam.queries.comparing import Facts
from adam.services.records import record_of
from adam.services.work import Work


@dataclass(frozen=True, slots=True)
class Register:
    """The index that answers for one record, and the facts of every record in it, by id."""

    index: Index
    facts: dict[str, Facts]


_kept: dict[str, tuple[str, Register]] = {}
_lock = Lock()


def stamp(w: Work) -> str:
    """Changes when a record is added, merged, changed or converted at a new rate, or when the rules change."""
    columns = (Project.id, Project.fingerprint, Project.visibility, Project.version)
    query = select(*columns).where(Project.merged_into.is_(None))
    digest = hashlib.sha256(w.rules.version.encode())
    for row in w.session.execute(query.order_by(Project.id)):
        digest.update("|".join(map(str, row)).encode())
    return digest.hexdigest()


def current(w: Work) -> Register:
    """The register of this database as this work sees it."""
    database, now = str(w.session.get_bind().engine.url), stamp(w)
    kept = _kept.get(database)
    if kept and kept[0] == now:
        return kept[1]
    with _lock:
        facts = comparing.facts(w.session)
        fresh = Register(Index([record_of(item) for item in facts.values()], w.rules.policy), facts)
        _kept[database] = (now, fresh)
    return fresh
