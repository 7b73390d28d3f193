"""Questions about findings: one, the queue, counts by kind, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.findings import DECIDED, OPEN, REOPENED, siblings
from adam.errors import NotFound
from adam.models import project_parts as parts
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.queries import visibility

WAITING = (OPEN, REOPENED)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings; empty means all. `owner` is the partner of either record."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = WAITING
    country: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    text: str = ""
    project: str | None = None


def one(session: Session, actor: Actor, finding_id: str) -> Finding:
    """The finding, if it is there for this actor; raises NotFound otherwise."""
    found = session.scalar(select(Finding).where(Finding.id == finding_id, visibility.findings(actor)))
    if found is None:
        raise NotFound("There is no such finding.")
    return found


def listed(actor: Actor, filters: Filters) -> Select[Finding]:
    """The visible findings that pass the filters; not ordered."""
    query = select(Finding).where(visibility.findings(actor))
    if filters.states:
        query = query.where(Finding.state.in_(filters.states))
    if filters.kinds:
        query = query.where(Finding.kind.in_(filters.kinds))
    if filters.project:
        query = query.where(or_(Finding.a_id == filters.project, Finding.b_id == filters.project))
    if filters.country:
        query = query.where(_touch(parts.ProjectCountry, "country", filters.country, Finding.country))
    if filters.pillar:
        query = query.where(_touch(parts.Assignment, "pillar", filters.pillar, Finding.pillar))
    if filters.owner:
        query = query.where(_either(Project.owner.in_(filters.owner)))
    for word in filters.text.split()[:8]:
        query = query.where(_either(func.lower(Project.title).contains(word.lower(), autoescape=True)))
    return query


def _touch(table: Any, column: str, values: tuple[str, ...], own: Any) -> Any:
    """Both records of a pair stand in one of the places, or the finding is about a cell there."""
    ids = select(table.project_id).where(getattr(table, column).in_(values))
    return or_(Finding.a_id.in_(ids) & Finding.b_id.in_(ids), own.in_(values))


def _either(condition: Any) -> Any:
    return select(Project.id).where(Project.id.in_([Finding.a_id, Finding.b_id]), condition).exists()


def page(session: Session, query: Select[Finding], window: tuple[int, int]) -> Sequence[Finding]:
    """One page in the order of the queue: money at stake × certainty, then certainty; `window` is (offset, limit)."""
    weight = func.coalesce(Finding.stake, 0) * Finding.score
    ordered = query.order_by(weight.desc(), Finding.score.desc(), Finding.reference)
    return session.scalars(ordered.offset(window[0]).limit(window[1])).all()


def counts(session: Session, query: Select[Any]) -> dict[str, int]:
    """How many questions of each kind; the pairs of one group are one question."""
    inner = _questions(query)
    counted = select(inner.c.kind, func.count(inner.c.question.distinct())).group_by(inner.c.kind)
    return dict(session.execute(counted).all())


def total(session: Session, query: Select[Any]) -> int:
    """How many questions together; a group of several kinds is still one."""
    return session.scalar(select(func.count(_questions(query).c.question.distinct()))) or 0


def _questions(query: Select[Any]) -> Any:
    asked = func.coalesce(Finding.group_key, Finding.id).label("question")
    return query.order_by(None).with_only_columns(Finding.kind, asked).subquery()


def place(
    session: Session, query: Select[Finding], finding: Finding
) -> tuple[int, int, str | None, str | None]:
    """Where a finding stands in a queue: its number (0 when it isn't in it), of how many, the one before, the next."""
    weight = func.coalesce(Finding.stake, 0) * Finding.score
    ids = (
        query.order_by(None)
        .with_only_columns(Finding.id)
        .order_by(weight.desc(), Finding.score.desc(), Finding.reference)
    )
    queue = list(session.scalars(ids))
    if finding.id not in queue:
        return 0, len(queue), None, queue[0] if queue else None
    at = queue.index(finding.id)
    before = queue[at - 1] if at else None
    return at + 1, len(queue), before, queue[at + 1] if at + 1 < len(queue) else None


def judgements(session: Session, finding_id: str) -> Sequence[Judgement]:
    """What was decided, newest first."""
    query = select(Judgement).where(Judgement.finding_id == finding_id).order_by(Judgement.id.desc())
    return session.scalars(query).all()


def verdicts(session: Session, ids: Sequence[str]) -> dict[str, Judgement]:
    """Finding id to its newest judgement, of those that stand (the finding is decided)."""
    wanted = set(ids)
    query = (
        select(Judgement).join(Finding, Finding.id == Judgement.finding_id).where(Finding.state == DECIDED)
    )
    # Not by a list of ids: a report may hold more findings than a statement can have parameters.
    rows = session.scalars(query.order_by(Judgement.id)) if wanted else ()
    return {row.finding_id: row for row in rows if row.finding_id in wanted}


def standing(session: Session) -> list[tuple[str, str, str, bool]]:
    """Every verdict that stands on a pair: verdict, the two records, and whether they are parts beside each other."""
    newest = select(func.max(Judgement.id)).group_by(Judgement.finding_id)
    query = (
        select(Judgement.verdict, Finding.a_id, Finding.b_id, Finding.evidence)
        .join(Finding, Finding.id == Judgement.finding_id)
        .where(Judgement.id.in_(newest), Finding.state == DECIDED, Finding.a_id.is_not(None))
    )
    return [(row[0], row[1] or "", row[2] or "", siblings(row[3])) for row in session.execute(query)]
