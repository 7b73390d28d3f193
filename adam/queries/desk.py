"""Questions of the desk: what waits for whom, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from adam.domain import lifecycle
from adam.domain.actors import COORDINATOR, FOCAL_POINT, Actor
from adam.models.project_parts import Assignment, ProjectCountry
from adam.models.projects import Project
from adam.queries import finding_counts, findings, mentions, submissions, visibility, windows

RUNNING = ("pipeline", "active", "suspended")
SOON = timedelta(days=365)
OLD = timedelta(days=365)


def waiting(session: Session, actor: Actor) -> dict[str, int]:
    """Page to the number of things that wait there for this actor, for the navigation."""
    if actor.role == COORDINATOR:
        queue = submissions.count(session, submissions.to_decide(actor))
        return {
            "/validate": queue,
            "/findings": _open(session, actor),
            "/desk": mentions.open_disputes(session, actor),
        }
    if actor.role == FOCAL_POINT and actor.partner:
        mend = submissions.count(session, submissions.listed(actor, (lifecycle.RETURNED,), actor.partner))
        named = mentions.count(session, mentions.listed(actor, mentions.OPEN))
        disputed = mentions.open_disputes(session, actor)
        return {"/desk": mend + named + disputed + _open(session, actor)}
    return {}


def _open(session: Session, actor: Actor) -> int:
    return finding_counts.total(session, findings.listed(actor, findings.Filters()))


def to_confirm(session: Session, actor: Actor, today: date, window: tuple[int, int]) -> Sequence[Project]:
    """Running records of one's own partner that nobody confirmed for a year, the oldest first; (offset, limit)."""
    query = windows.of(_unconfirmed(actor, today), (Project.updated_at, Project.id), window)
    return session.scalars(query).all()


def number_to_confirm(session: Session, actor: Actor, today: date) -> int:
    """How many of them there are."""
    return session.scalar(_unconfirmed(actor, today).with_only_columns(func.count())) or 0


def _unconfirmed(actor: Actor, today: date) -> Select[Project]:
    before = today - OLD
    never = Project.last_confirmed_on.is_(None) & (Project.updated_at < datetime.combine(before, time(), UTC))
    return _own(actor).where(Project.status.in_(RUNNING), or_(Project.last_confirmed_on < before, never))


def ending(session: Session, actor: Actor, today: date, most: int) -> tuple[Sequence[Project], int]:
    """Records of one's own partner that end within 12 months, the nearest first; and how many."""
    query = _own(actor).where(
        Project.status.in_(RUNNING), Project.ends >= today, Project.ends <= today + SOON
    )
    return _first(session, query.order_by(Project.ends, Project.id), (0, most))


def records(session: Session, actor: Actor) -> dict[str, int]:
    """Status to the number of one's own partner's records."""
    # By the index of their owner: SQLite would go through all records in the order of their status.
    status = func.coalesce(Project.status, "")
    query = _own(actor).with_only_columns(status, func.count()).group_by(status)
    return dict(session.execute(query).all())


def proposed(session: Session, actor: Actor) -> int:
    """How many of one's own partner's records have a pillar that is only proposed."""
    waits = select(Assignment.id).where(Assignment.project_id == Project.id, Assignment.proposed).exists()
    return session.scalar(_own(actor).where(waits).with_only_columns(func.count())) or 0


def alone(session: Session, actor: Actor) -> int:
    """In how many cells (country and pillar) one's own partner is the only one whose running records one may see."""
    place, assigned = ProjectCountry, Assignment
    running = (
        select(place.country, assigned.pillar, Project.owner)
        .join(assigned, assigned.project_id == place.project_id)
        .join(Project, Project.id == place.project_id)
        .where(Project.status.in_(RUNNING), Project.merged_into.is_(None), visibility.projects(actor))
    )
    ours = running.where(Project.owner == actor.partner).with_only_columns(place.country, assigned.pillar)
    cells = ours.distinct().subquery()
    others = running.where(
        place.country == cells.c.country, assigned.pillar == cells.c.pillar, Project.owner != actor.partner
    ).correlate(cells)
    query = select(func.count()).select_from(cells).where(~others.exists())
    return session.scalar(query) or 0


def _own(actor: Actor) -> Select[Project]:
    return select(Project).where(
        Project.owner == actor.partner, visibility.projects(actor), Project.merged_into.is_(None)
    )


def _first(
    session: Session, query: Select[Project], window: tuple[int, int]
) -> tuple[Sequence[Project], int]:
    total = session.scalar(query.order_by(None).with_only_columns(func.count())) or 0
    return session.scalars(query.offset(window[0]).limit(window[1])).all(), total
