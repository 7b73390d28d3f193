"""What feeds and calendars hold: the records changed last, and what is due, as far as it is there for their reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.recommendations import LIVE
from adam.domain.rounds import OPEN
from adam.domain.visibility import CONFIDENTIAL
from adam.models.accounts import Account
from adam.models.cases import Case
from adam.models.feeds import FeedKey
from adam.models.meetings import Meeting
from adam.models.partners import FocalPoint, FocalPointCountry, Partner
from adam.models.project_parts import ProjectCountry
from adam.models.projects import Project
from adam.models.recommendations import Recommendation
from adam.models.rounds import ValidationRound
from adam.queries import accounts, cases, directory, meetings, projects, recommendations, rounds

NEWEST, MOST_DUE = 50, 500
RUNNING = ("pipeline", "active", "suspended")


def without_secrets(query: Select[Any], actor: Actor) -> Select[Any]:
    """Without confidential records of others: reading those is written down, and a feed is fetched by machines."""
    return query.where(or_(Project.visibility != CONFIDENTIAL, Project.owner == (actor.writes_for or "")))


def changed(session: Session, actor: Actor, filters: projects.Filters) -> Sequence[Project]:
    """The records that pass the filters, changed last first."""
    query = without_secrets(projects.matching(actor, filters), actor)
    return session.scalars(query.order_by(Project.updated_at.desc(), Project.id.desc()).limit(NEWEST)).all()


def ending(session: Session, actor: Actor, window: tuple[date, date]) -> Sequence[Project]:
    """Running records that end in these days, in the reader's countries or reported by its partner, soonest first."""
    countries = mine(session, actor, window[0])
    within = select(ProjectCountry.id).where(
        ProjectCountry.project_id == Project.id, ProjectCountry.country.in_(countries)
    )
    query = without_secrets(projects.matching(actor, projects.Filters(status=RUNNING)), actor)
    query = query.where(Project.ends.between(*window))
    query = query.where(or_(Project.owner == (actor.partner or ""), within.exists()))
    return session.scalars(query.order_by(Project.ends, Project.id).limit(MOST_DUE)).all()


def mine(session: Session, actor: Actor, on: date) -> list[str]:
    """The countries that the person of this account answers for, and the partner's own where it is one."""
    answers = (
        select(FocalPointCountry.country)
        .join(FocalPoint, FocalPoint.id == FocalPointCountry.focal_point_id)
        .where(FocalPoint.account_id == (actor.account or ""), directory.not_ended(on))
    )
    own = select(Partner.country).where(Partner.code == (actor.partner or ""), Partner.country.is_not(None))
    return sorted({code for query in (answers, own) for code in session.scalars(query) if code})


def open_rounds(session: Session, actor: Actor) -> Sequence[ValidationRound]:
    """The validation rounds that wait for answers and are there for this actor."""
    query = rounds.visible(actor).where(ValidationRound.state == OPEN)
    return session.scalars(query.order_by(ValidationRound.deadline, ValidationRound.id).limit(MOST_DUE)).all()


def held(session: Session, actor: Actor, window: tuple[date, date]) -> Sequence[Meeting]:
    """The meetings of these days that are there for this actor, soonest first."""
    query = meetings.visible(actor).where(Meeting.starts_on.between(*window))
    return session.scalars(query.order_by(Meeting.starts_on, Meeting.id).limit(MOST_DUE)).all()


def open_cases(session: Session, actor: Actor, today: date) -> Sequence[Case]:
    """The cases that wait for an agreement and are there for this actor, due soonest first."""
    query = cases.listed(actor, cases.Filters(state=cases.OPEN), today)
    return session.scalars(query.order_by(Case.due_on, Case.id).limit(MOST_DUE)).all()


def asked_of(session: Session, actor: Actor, window: tuple[date, date]) -> Sequence[Recommendation]:
    """Recommendations that are not carried out yet and due in these days: those to the reader's partner, else all."""
    partner = (actor.partner,) if actor.partner else ()
    filters = recommendations.Filters(status=LIVE, partner=partner)
    query = recommendations.listed(actor, filters).where(Recommendation.due.between(*window))
    return session.scalars(query.order_by(Recommendation.due, Recommendation.id).limit(MOST_DUE)).all()


def keys(session: Session, account_id: str) -> dict[str, FeedKey]:
    """The addresses that an account has, by their kind."""
    return {row.kind: row for row in session.scalars(select(FeedKey).where(FeedKey.account_id == account_id))}


def holder(session: Session, kind: str, secret_hash: str, on: date) -> Any:
    """The account whose address this is, and whether its person is `ended`; None once either is over."""
    return session.execute(
        select(Account, accounts.is_ended(on))
        .join(FeedKey, FeedKey.account_id == Account.id)
        .where(FeedKey.secret_hash == secret_hash, FeedKey.kind == kind, Account.active)
    ).first()
