"""Questions of the desk: what waits for whom, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from adam.domain import lifecycle
from adam.domain.actors import COORDINATOR, FOCAL_POINT, Actor
from adam.models.project_parts import Assignment
from adam.models.projects import Project
from adam.queries import findings, submissions, visibility

RUNNING = ("pipeline", "active", "suspended")
SOON = timedelta(days=365)
OLD = timedelta(days=365)


def waiting(session: Session, actor: Actor) -> dict[str, int]:
    """Page to the number of things that wait there for this actor, for the navigation."""
    if actor.role == COORDINATOR:
        queue = submissions.count(session, submissions.listed(actor, (lifecycle.SUBMITTED,)))
        return {"/validate": queue, "/findings": _open(session, actor)}
    if actor.role == FOCAL_POINT and actor.partner:
        mend = submissions.count(session, submissions.listed(actor, (lifecycle.RETURNED,), actor.partner))
        return {"/desk": mend + _open(session, actor)}
    return {}


def _open(session: Session, actor: Actor) -> int:
    return findings.total(session, findings.listed(actor, findings.Filters()))


def to_confirm(session: Session, actor: Actor, today: date, most: int) -> tuple[Sequence[Project], int]:
    """Running records of one's own partner that nobody confirmed for a year, the oldest first; and how many."""
    before = today - OLD
    never = Project.last_confirmed_on.is_(None) & (Project.updated_at < datetime.combine(before, time(), UTC))
    query = _own(actor).where(Project.status.in_(RUNNING), or_(Project.last_confirmed_on < before, never))
    return _first(session, query.order_by(Project.updated_at, Project.id), most)


def ending(session: Session, actor: Actor, today: date, most: int) -> tuple[Sequence[Project], int]:
    """Records of one's own partner that end within 12 months, the nearest first; and how many."""
    query = _own(actor).where(
        Project.status.in_(RUNNING), Project.ends >= today, Project.ends <= today + SOON
    )
    return _first(session, query.order_by(Project.ends, Project.id), most)


def records(session: Session, actor: Actor) -> dict[str, int]:
    """Status to the number of one's own partner's records."""
    inner = _own(actor).with_only_columns(Project.status, Project.id).subquery()
    return dict(session.execute(select(inner.c.status, func.count()).group_by(inner.c.status)).all())


def proposed(session: Session, actor: Actor) -> int:
    """How many of one's own partner's records have a pillar that is only proposed."""
    waits = select(Assignment.id).where(Assignment.project_id == Project.id, Assignment.proposed).exists()
    return session.scalar(select(func.count()).select_from(_own(actor).where(waits).subquery())) or 0


def _own(actor: Actor) -> Select[Project]:
    return select(Project).where(
        Project.owner == actor.partner, visibility.projects(actor), Project.merged_into.is_(None)
    )


def _first(session: Session, query: Select[Project], most: int) -> tuple[Sequence[Project], int]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return session.scalars(query.limit(most)).all(), total
