"""Relations that name a record by its outside identifier: which record that is, once it is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.project_parts import Identifier
from adam.models.projects import Project
from adam.queries import visibility


def carrying(session: Session, actor: Actor, identifiers: Iterable[str]) -> dict[str, Any]:
    """Identifier → id, reference and title of the one record that carries it and is there for this actor.

    An identifier that several records carry names none of them: choosing one silently would be a guess.
    """
    wanted = sorted(set(identifiers))
    if not wanted:
        return {}
    columns = (Identifier.value, Project.id, Project.reference, Project.title)
    query = (
        select(*columns)
        .join(Project, Project.id == Identifier.project_id)
        .where(Identifier.value.in_(wanted), Project.merged_into.is_(None), visibility.projects(actor))
        .distinct()
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row.value].append(row)
    return {value: rows[0] for value, rows in found.items() if len(rows) == 1}
