"""Questions about validation rounds: those one may see, their records, and who has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, true
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.rounds import OPEN, WAITING, Asked
from adam.errors import NotFound
from adam.models.project_parts import Assignment, ProjectCountry
from adam.models.projects import Project
from adam.models.rounds import RoundRecord, ValidationRound
from adam.queries import visibility


def visible(actor: Actor) -> Select[Any]:
    """The rounds that are there for this actor: all for coordinators, for a focal point those that ask its partner."""
    query = select(ValidationRound)
    if actor.sees_all_records:
        return query
    asked = select(RoundRecord.id).where(
        RoundRecord.round_id == ValidationRound.id, RoundRecord.partner == (actor.writes_for or "")
    )
    return query.where(asked.exists())


def one(session: Session, actor: Actor, round_id: str) -> ValidationRound:
    """The round, if it is there for this actor; raises NotFound otherwise."""
    found: ValidationRound | None = session.scalar(visible(actor).where(ValidationRound.id == round_id))
    if found is None:
        raise NotFound("There is no such validation round.")
    return found


def page(session: Session, actor: Actor, window: tuple[int, int]) -> Sequence[ValidationRound]:
    """The rounds, newest first; `window` is (offset, limit)."""
    query = visible(actor).order_by(ValidationRound.opened_at.desc(), ValidationRound.id)
    return session.scalars(query.offset(window[0]).limit(window[1])).all()


def in_scope(scope: Mapping[str, Any]) -> Select[Any]:
    """Id and partner of every accepted record that a scope means; what is left out means everything."""
    conditions: list[ColumnElement[bool]] = [Project.merged_into.is_(None)]
    if scope["partners"]:
        conditions.append(Project.owner.in_(scope["partners"]))
    if scope["statuses"]:
        conditions.append(Project.status.in_(scope["statuses"]))
    for table, column, codes in (
        (ProjectCountry, ProjectCountry.country, scope["countries"]),
        (Assignment, Assignment.pillar, scope["pillars"]),
    ):
        if codes:
            conditions.append(exists().where(table.project_id == Project.id, column.in_(codes)))
    query: Any = select(Project.id, Project.owner).where(*conditions)
    return query.order_by(Project.owner, Project.id)


def records(actor: Actor, round_id: str, answer: str | None = None) -> Select[Any]:
    """The records of a round that this actor may see: its own partner's, for coordinators all."""
    query: Any = (
        select(RoundRecord, Project)
        .join(Project, Project.id == RoundRecord.project_id)
        .where(RoundRecord.round_id == round_id, visibility.projects(actor), _own(actor))
    )
    if answer == WAITING:
        query = query.where(RoundRecord.answer.is_(None))
    elif answer:
        query = query.where(RoundRecord.answer == answer)
    return query


def _own(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.sees_all_records else RoundRecord.partner == (actor.writes_for or "")


def listed(session: Session, query: Select[Any], window: tuple[int, int]) -> Sequence[Any]:
    """A page of records with their round's row, what waits first."""
    ordered = query.order_by(RoundRecord.answer.is_not(None), RoundRecord.partner, RoundRecord.id)
    return session.execute(ordered.offset(window[0]).limit(window[1])).all()


def count(session: Session, query: Select[Any]) -> int:
    """How many records a query has."""
    inner = query.with_only_columns(RoundRecord.id).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def asked(session: Session, actor: Actor, round_id: str) -> list[Asked]:
    """Every record of a round that this actor may see, as its report counts it."""
    query = records(actor, round_id).with_only_columns(
        RoundRecord.project_id, RoundRecord.partner, RoundRecord.answer
    )
    rows = session.execute(query).all()
    pillars: dict[str, set[str]] = {}
    within = select(RoundRecord.project_id).where(RoundRecord.round_id == round_id)
    of_records = select(Assignment.project_id, Assignment.pillar).where(Assignment.project_id.in_(within))
    for project_id, pillar in session.execute(of_records.distinct()):
        pillars.setdefault(project_id, set()).add(pillar)
    return [Asked(row.partner, tuple(sorted(pillars.get(row.project_id, ()))), row.answer) for row in rows]


def titles(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Id → the record by name, of those that this actor may see."""
    columns = (Project.id, Project.reference, Project.title, Project.owner)
    query = select(*columns).where(Project.id.in_(ids), visibility.projects(actor))
    return {row.id: dict(row._mapping) for row in session.execute(query)} if ids else {}


def answered(actor: Actor, round_id: str, answer: str | None) -> Select[Any]:
    """The rows of a round alone, with this answer or all."""
    return records(actor, round_id, answer).with_only_columns(RoundRecord)


def waiting(session: Session, round_id: str) -> dict[str, int]:
    """Partner → how many of its records nobody has answered for."""
    query = select(RoundRecord.partner, func.count()).where(
        RoundRecord.round_id == round_id, RoundRecord.answer.is_(None)
    )
    return dict(session.execute(query.group_by(RoundRecord.partner)).all())


def open_for(session: Session, project_id: str, partner: str) -> Sequence[RoundRecord]:
    """The rows of open rounds that still ask this partner about a record."""
    query = select(RoundRecord).join(ValidationRound, ValidationRound.id == RoundRecord.round_id)
    return session.scalars(
        query.where(
            RoundRecord.project_id == project_id,
            RoundRecord.partner == partner,
            RoundRecord.answer.is_(None),
            ValidationRound.state == OPEN,
        )
    ).all()
