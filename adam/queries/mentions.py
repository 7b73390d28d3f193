"""Questions about records of other partners that name one's own: which, how, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, union
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.mentions import CONFIRMED, DISPUTED, OPEN, Part
from adam.models.mentions import Mention
from adam.models.partners import Organization
from adam.models.project_parts import Contribution, ProjectOrganization
from adam.models.projects import Project
from adam.queries import visibility, windows

NAMING: tuple[Any, ...] = (ProjectOrganization, Contribution)
OLDEST = Mention.at


def listed(actor: Actor, state: str | None = None) -> Select[Project]:
    """The visible records of others that name one's own partner in a role or as payer; `state` is what it said."""
    partner = actor.writes_for or ""
    query = select(Project).where(
        Project.owner != partner,
        Project.merged_into.is_(None),
        visibility.projects(actor),
        Project.id.in_(union(*(_naming(table, partner) for table in NAMING))),
    )
    query = query.execution_options(**windows.NARROWED)
    said = select(Mention.id).where(
        Mention.project_id == Project.id, Mention.partner == partner, Mention.stands
    )
    if state == OPEN:
        return query.where(~said.exists())
    return query.where(said.where(Mention.verdict == state).exists()) if state else query


def _naming(table: Any, partner: str) -> Select[Any]:
    """The records with rows that somebody else states of a body of this partner."""
    ours = select(Organization.id).where(Organization.partner == partner)
    stated = or_(table.stated_by.is_(None), table.stated_by != partner)
    return select(table.project_id).where(table.organization_id.in_(ours), stated)


def page(session: Session, query: Select[Project], window: tuple[int, int]) -> Sequence[Project]:
    """One page, what changed last first; `window` is (offset, limit)."""
    keys = (Project.updated_at.desc(), Project.id)
    return session.scalars(windows.of(query, keys, window)).all()


def count(session: Session, query: Select[Project]) -> int:
    """How many."""
    return session.scalar(query.order_by(None).with_only_columns(func.count())) or 0


def parts(session: Session, ids: Iterable[str], partners: Iterable[str]) -> dict[tuple[str, str], Part]:
    """(record, partner) → the part of the record that names the partner, as others state it."""
    wanted, named = list(ids), list(partners)
    found: dict[tuple[str, str], Part] = {}
    if not wanted or not named:
        return found
    columns: dict[Any, tuple[Any, ...]] = {
        ProjectOrganization: (ProjectOrganization.role, Organization.id),
        Contribution: (Contribution.kind, Contribution.amount, Contribution.currency, Organization.id),
    }
    for table, values in columns.items():
        stated = or_(table.stated_by.is_(None), table.stated_by != Organization.partner)
        query = (
            select(table.project_id, Organization.partner, *values)
            .join(Organization, Organization.id == table.organization_id)
            .where(table.project_id.in_(wanted), Organization.partner.in_(named), stated)
        )
        for project_id, partner, *row in session.execute(query):
            part = found.setdefault((project_id, partner), Part([], []))
            (part.roles if table is ProjectOrganization else part.money).append(tuple(row))
    return found


def named_in(session: Session, project_id: str, owner: str) -> list[str]:
    """The other partners that a record names."""
    queries = [
        select(Organization.partner)
        .join(table, table.organization_id == Organization.id)
        .where(
            table.project_id == project_id, Organization.partner.is_not(None), Organization.partner != owner
        )
        for table in NAMING
    ]
    return sorted({code for query in queries for code in session.scalars(query) if code})


def said(session: Session, ids: Iterable[str], partner: str | None = None) -> list[Mention]:
    """What partners (or one) said of these records."""
    query = select(Mention).where(Mention.project_id.in_(list(ids)))
    return list(session.scalars(query.where(Mention.partner == partner) if partner else query))


def disputes(actor: Actor) -> Select[Mention, Project]:
    """Open disputes that are this actor's to see to: about its own records, or for coordinators all of others."""
    # No index on what records are asked for, nor from records to mentions: SQLite would walk the many for the few.
    record, owner, merged = (
        func.coalesce(column, "") for column in (Mention.project_id, Project.owner, Project.merged_into)
    )
    query = (
        select(Mention, Project)
        .join(Project, Project.id == record)
        .where(Mention.verdict == DISPUTED, Mention.stands, Mention.settled_at.is_(None))
        .where(merged == "", visibility.projects(actor))
    )
    if actor.coordinates:
        away = and_(Project.owner != actor.partner, Mention.partner != actor.partner)
        return query.where(away) if actor.partner else query
    return query.where(owner == (actor.writes_for or ""))


def open_disputes(session: Session, actor: Actor) -> int:
    """How many."""
    inner = disputes(actor).with_only_columns(Mention.id).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def confirmed_by_others(session: Session, actor: Actor) -> int:
    """How many of one's own partner's records another partner that they name calls right."""
    query = (
        select(func.count(Mention.project_id.distinct()))
        .join(Project, Project.id == Mention.project_id)
        .where(Project.owner == (actor.writes_for or ""), Mention.verdict == CONFIRMED, Mention.stands)
    )
    return session.scalar(query) or 0
