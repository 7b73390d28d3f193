"""Questions about recommendations: the compendium, one, its projects, what is overdue, and the needs they state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.recommendations import LIVE
from adam.domain.searches import Term, place
from adam.errors import NotFound
from adam.models.projects import Project
from adam.models.recommendations import (
    Recommendation,
    RecommendationCountry,
    RecommendationPartner,
    RecommendationProject,
)
from adam.queries import visibility


@dataclass(frozen=True, slots=True)
class Filters:
    """Which recommendations; empty means all."""

    pillar: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    meeting: str | None = None
    project: str | None = None
    overdue_on: date | None = None
    text: str = ""


def listed(actor: Actor, filters: Filters) -> Select[Any]:
    """The recommendations that are there for this actor and pass the filters; the public has none."""
    query = select(Recommendation)
    if not (actor.signed_in or actor.system):
        return query.where(false())
    return query.where(*_conditions(actor, filters))


def _conditions(actor: Actor, filters: Filters) -> Iterable[ColumnElement[bool]]:
    own = Recommendation
    for column, values in ((own.pillar, filters.pillar), (own.status, filters.status)):
        if values:
            yield column.in_(values)
    for table, column, values in (
        (RecommendationCountry, RecommendationCountry.country, filters.country),
        (RecommendationPartner, RecommendationPartner.partner, filters.partner),
    ):
        if values:
            yield own.id.in_(select(table.recommendation_id).where(column.in_(values)))
    if filters.meeting:
        yield own.meeting_id == filters.meeting
    if filters.project:
        linked = links(actor).with_only_columns(RecommendationProject.recommendation_id)
        yield own.id.in_(linked.where(Project.id == filters.project))
    if filters.overdue_on:
        yield and_(own.status.in_(LIVE), own.due < filters.overdue_on)
    for word in filters.text.split()[:8]:
        text = word.lower()
        yield or_(
            *(
                func.lower(column).contains(text, autoescape=True)
                for column in (own.title, func.coalesce(own.text, ""), own.reference)
            )
        )


def one(session: Session, actor: Actor, recommendation_id: str) -> Recommendation:
    """The recommendation, if it is there for this actor; raises NotFound otherwise."""
    query = listed(actor, Filters()).where(Recommendation.id == recommendation_id)
    found: Recommendation | None = session.scalar(query)
    if found is None:
        raise NotFound("There is no such recommendation.")
    return found


def page(session: Session, query: Select[Any], window: tuple[int, int]) -> Sequence[Recommendation]:
    """One page of the compendium, pillar by pillar; `window` is (offset, limit)."""
    ordered = query.order_by(Recommendation.pillar, Recommendation.reference)
    return session.scalars(ordered.offset(window[0]).limit(window[1])).all()


def overdue(session: Session, query: Select[Any], most: int) -> Sequence[Recommendation]:
    """The first ones of a list by their day."""
    return session.scalars(query.order_by(Recommendation.due, Recommendation.reference).limit(most)).all()


def holding(session: Session, actor: Actor, sought: Sequence[Term]) -> list[Any]:
    """Those that hold all that is looked for and are there for this actor: first those that do in their titles."""
    own = Recommendation
    columns = (own.id, own.reference, own.title, own.text, own.outcome, own.status)
    query = listed(actor, Filters()).with_only_columns(*columns).order_by(own.reference)
    placed = ((place(sought, row.title, _said(row)), row) for row in session.execute(query))
    return [row for _, row in sorted(((at, row) for at, row in placed if at is not None), key=itemgetter(0))]


def _said(row: Any) -> str:
    return " ".join(text for text in (row.reference, row.text, row.outcome) if text)


def total(session: Session, query: Select[Any]) -> int:
    """How many recommendations a list has."""
    inner = query.order_by(None).with_only_columns(Recommendation.id).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def by_status(session: Session, query: Select[Any]) -> dict[str, int]:
    """Status → how many of a list."""
    inner = query.order_by(None).with_only_columns(Recommendation.status).subquery()
    counted = select(inner.c.status, func.count()).group_by(inner.c.status)
    return dict(session.execute(counted).all())


def links(actor: Actor) -> Select[Any]:
    """The links to projects that are there for this actor, with the project; merged ones are left out."""
    columns: tuple[Any, ...] = (RecommendationProject, Project)
    query = select(*columns).join(Project, Project.id == RecommendationProject.project_id)
    return query.where(visibility.projects(actor), Project.merged_into.is_(None))


def projects(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, list[Any]]:
    """Recommendation → the (link, project) pairs that the actor may see, oldest link first."""
    found: dict[str, list[Any]] = {key: [] for key in ids}
    query = links(actor).where(RecommendationProject.recommendation_id.in_(list(found)))
    for link, project in session.execute(query.order_by(RecommendationProject.id)) if found else ():
        found[link.recommendation_id].append((link, project))
    return found


@dataclass(frozen=True, slots=True)
class Stated:
    """A need that a recommendation states: of a country, a pillar and, where it names one, a kind of help."""

    recommendation_id: str
    reference: str
    title: str
    country: str
    pillar: str
    assistance_type: str | None
    due: date | None


def needs(session: Session) -> list[Stated]:
    """Every need that recommendations state which are neither done nor dropped."""
    own = Recommendation
    columns = (own.id, own.reference, own.title, RecommendationCountry.country, own.pillar)
    query = (
        select(*columns, own.assistance_type, own.due)
        .join(RecommendationCountry, RecommendationCountry.recommendation_id == own.id)
        .where(own.status.in_(LIVE))
        .order_by(own.reference, RecommendationCountry.id)
    )
    return [Stated(*row) for row in session.execute(query)]


def carried_out(session: Session, projects: Select[str]) -> dict[str, int]:
    """Recommendation → how many of these projects are linked with it; those with none are left out."""
    table = RecommendationProject
    query = select(table.recommendation_id, func.count()).where(table.project_id.in_(projects))
    return dict(session.execute(query.group_by(table.recommendation_id)).all())
