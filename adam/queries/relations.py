"""Relations that name a record by its outside identifier: which record that is, once it is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.project_parts import Identifier, Relation
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


def naming(session: Session, actor: Actor, project_id: str, most: int) -> Sequence[Any]:
    """Who names this record in a relation of its own, as far as the actor may see: id, kind and role, first to begin.

    `role` is that of the record that says so: the "part" or the "whole".
    """
    values = session.scalars(select(Identifier.value).where(Identifier.project_id == project_id))
    own = [value for value, row in carrying(session, actor, values).items() if row.id == project_id]
    query = (
        select(Project.id, Relation.kind, Relation.role)
        .join(Project, Project.id == Relation.project_id)
        .where(or_(Relation.other_id == project_id, Relation.identifier.in_(own)), Project.id != project_id)
        .where(Project.merged_into.is_(None), visibility.projects(actor))
        .order_by(Project.begins, Project.reference, Relation.id)
    )
    return session.execute(query.limit(most)).all()
